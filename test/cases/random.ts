import { createRandom, type Random } from '@thresher/core'

export { createRandom, type Random }

/** A uniform element of a list that is not empty. */
export function pick<T>(random: Random, values: readonly T[]): T {
  return values[random.int(values.length)]!
}

/** A uniform integer from `low` to `high`, both included. */
export function between(random: Random, low: number, high: number): number {
  return low + random.int(high - low + 1)
}

/** A uniform number in [low, high). */
export function uniform(random: Random, low: number, high: number): number {
  return low + random.next() * (high - low)
}
