import { seedsNeeded } from '@thresher/core'

/** More repeats than this are nobody's plan. */
export const MOST_REPEATS = 1000
const POWER = 0.8

/**
 * How many runs of each of two settings, on the same seeds, find a true difference with {@link POWER} by a two-sided
 * paired t-test at level `alpha`, for one candidate that was chosen beforehand. Differences are taken to deviate by
 * sqrt(2) times what runs do: a seed that is lucky for one setting is no luck for the other. Undefined above
 * {@link MOST_REPEATS}.
 *
 * @param difference above 0, in the unit of `deviation`
 * @param deviation of runs of one setting, above 0
 */
export function repeatsNeeded(difference: number, deviation: number, alpha: number): number | undefined {
  return seedsNeeded(difference, Math.SQRT2 * deviation, alpha, POWER, MOST_REPEATS)
}
