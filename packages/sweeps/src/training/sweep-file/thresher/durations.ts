const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }

/** Seconds of a duration that the schema has let through: `90`, `90s`, `1h 30m`. */
export function secondsOf(duration: number | string): number {
  if (typeof duration === 'number') return duration
  let seconds = 0
  for (const [, amount, unit] of duration.matchAll(/(\d+(?:\.\d+)?)\s*([smhd])/g)) {
    seconds += Number(amount) * UNITS[unit!]!
  }
  return seconds
}
