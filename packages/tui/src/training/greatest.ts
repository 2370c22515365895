/** The greatest of values, at least `least`; any number of them, which spread arguments are not good for. */
export function greatest(values: Iterable<number>, least = 0): number {
  let found = least
  for (const value of values) if (value > found) found = value
  return found
}
