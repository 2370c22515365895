/** How many of `finished` trials are taken as good: a tenth, at most 25 where there is one objective. */
export function belowCount(finished: number, objectives: number): number {
  const tenth = Math.ceil(0.1 * finished)
  return objectives > 1 ? tenth : Math.min(tenth, 25)
}

/** Observations up to this many, and the latest this many of more, weigh 1. */
export const FULL_WEIGHTS = 25

/**
 * The weight of the observation at `place`, 0 the oldest of `count`: 1 for the latest 25, and rising evenly from
 * 1 / count to 1 over those before (Optuna 5.0, default_weights).
 */
export function ageWeight(place: number, count: number): number {
  const ramp = count - FULL_WEIGHTS
  if (place >= ramp) return 1
  return ramp === 1 ? 1 / count : 1 / count + (place * (1 - 1 / count)) / (ramp - 1)
}
