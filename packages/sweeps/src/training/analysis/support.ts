import { normalCdf, normalQuantile } from '@thresher/core'
import { repeatsNeeded } from './repeats-needed.js'

/** What a difference in a table of one run each can and cannot support. Plain data; in the metric's unit. */
export interface SingleRunSupport {
  /** The difference it is about: the leader's from the baseline. */
  readonly difference: number
  readonly candidates: number
  /** It would be beyond noise only where runs of one setting deviate by less than this. */
  readonly beyondNoiseBelow: number
  /**
   * Where runs of one setting deviate by this much, the luckiest of as many candidates that are all exactly as good as
   * the baseline stands out by the difference, on average; null with one candidate.
   */
  readonly luckAt: number | null
  /** How many runs of each of the two, on the same seeds, would tell the difference, by the noise there may be. */
  readonly repeats: readonly RepeatsFor[]
}

interface RepeatsFor {
  /** Of a run about its setting's mean. */
  readonly deviation: number
  /** Of each of the two settings; null where more than a thousand. */
  readonly runs: number | null
}

/**
 * What one run each says of the leader's difference. Of the noise nothing is known, so everything is said for the noise
 * there may be: z-tests at `level`, over all candidates for the table as it is (Bonferroni, the first step of Holm's),
 * for one candidate chosen beforehand where it is run again.
 *
 * @param difference not 0
 */
export function singleRunSupport(difference: number, candidates: number, level: number): SingleRunSupport {
  const size = Math.abs(difference)
  const alpha = 1 - level
  return {
    difference,
    candidates,
    beyondNoiseBelow: size / (Math.SQRT2 * normalQuantile(1 - alpha / candidates / 2)),
    luckAt: candidates < 2 ? null : size / expectedMaximum(candidates),
    repeats: [0.5, 1, 2, 4].map((times) => ({
      deviation: size * times,
      runs: repeatsNeeded(size, size * times, alpha) ?? null,
    })),
  }
}

const STEPS = 2000

/** The expected largest of `count` independent standard normal values, by the trapezoidal rule; 1e-9 or better. */
export function expectedMaximum(count: number): number {
  // E max = integral over x > 0 of (1 - F^n) minus integral over x < 0 of F^n, with F^n = P(max <= x).
  const reach = 10
  const width = reach / STEPS
  let sum = 0
  for (let i = 0; i <= STEPS; i++) {
    const x = i * width
    const weight = i === 0 || i === STEPS ? 0.5 : 1
    sum += weight * (1 - normalCdf(x) ** count - normalCdf(-x) ** count)
  }
  return sum * width
}
