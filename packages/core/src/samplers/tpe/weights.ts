/** How many of `finished` trials are taken as good: a tenth, at most 25 where there is one objective. */
export function belowCount(finished: number, objectives: number): number {
  const tenth = Math.ceil(0.1 * finished)
  return objectives > 1 ? tenth : Math.min(tenth, 25)
}

/** Observations up to this many, and the latest this many of more, weigh 1. */
const FULL_WEIGHTS = 25

/** The weights of a number of observations, by age. */
export interface AgeWeights {
  /** Places from here on weigh 1, those before `first` + place * `slope`. */
  readonly ramp: number
  readonly first: number
  readonly slope: number
  /** Of them all. */
  readonly sum: number
}

/** 1 for the latest 25, and rising evenly from 1 / count to 1 over those before (Optuna 5.0, default_weights). */
export function ageWeights(count: number): AgeWeights {
  const ramp = Math.max(0, count - FULL_WEIGHTS)
  const first = 1 / count
  const slope = ramp > 1 ? (1 - first) / (ramp - 1) : 0
  // Added up one by one: candidates that only the prior reaches differ by rounding, and are to differ as they always did.
  let sum = 0
  for (let place = 0; place < ramp; place++) sum += first + place * slope
  for (let place = ramp; place < count; place++) sum += 1
  return { ramp, first, slope, sum }
}

/** The weight of the observation at `place`, 0 the oldest of `count`. */
export function ageWeight(place: number, count: number): number {
  const ramp = count - FULL_WEIGHTS
  if (place >= ramp) return 1
  return ramp === 1 ? 1 / count : 1 / count + (place * (1 - 1 / count)) / (ramp - 1)
}
