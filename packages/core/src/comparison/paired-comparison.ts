import type { Direction } from '../study/study-snapshot.js'

/** A setting's values, one a seed. */
export type SeedValues = ReadonlyMap<number, number>

export type PairedVerdict =
  /** Its mean differs from the baseline's, at the error rate over all candidates. */
  | 'better'
  | 'worse'
  /** The difference is smaller than `equivalence`, at the same error rate; or every seed gives the same value. */
  | 'same'
  /** The seeds carry neither. */
  | 'undecided'

export interface CompareOptions {
  readonly direction: Direction
  /** 1 - the error rate over all candidates, and the coverage of the intervals, in (0, 1); 0.95 where not given. */
  readonly level?: number
  /** The difference that does not matter, in the metric's unit, above 0; no `same` of differing values where absent. */
  readonly equivalence?: number
  /** With what probability the seeds asked for should find the difference named, in (0, 1); 0.8 where not given. */
  readonly power?: number
  /**
   * How many seeds a candidate gets at most, where verdicts are read after each seed rather than once: a level is then
   * spent on every look, most of it on the last. Where not given, verdicts hold for one look, at the end.
   */
  readonly planned?: number
  /**
   * How many candidates are still to come, where verdicts are read while a study goes on and adds them: the correction
   * counts them too, lest the first few be judged as if they were all. 0 where not given.
   */
  readonly toCome?: number
  /** Of the bootstrap and of random sign patterns; 0 where not given. */
  readonly seed?: number
}

/** How many seeds would settle what. */
export interface SeedPlan {
  /** Beyond those there are; undefined where more than a thousand. */
  readonly more: number | undefined
  /** The difference to be found: `equivalence`, else the one observed. */
  readonly difference: number
}

/** `bootstrapInterval`, `permutationPValue`, `plan` and `reason` are getters, worked out when they are first read. */
export interface PairedComparison {
  readonly id: string
  /** From 1. */
  readonly rank: number
  /** Seeds of the candidate and of the baseline: what the comparison rests on. */
  readonly seeds: readonly number[]
  /** Seeds that the candidate has and the baseline lacks: left out. */
  readonly unpaired: readonly number[]
  /** Means over `seeds`; NaN without any. */
  readonly mean: number
  readonly baselineMean: number
  /** The candidate's value minus the baseline's, seed by seed, in the order of `seeds`. */
  readonly differences: readonly number[]
  /** Their mean. */
  readonly difference: number
  readonly standardError: number
  /** Student-t interval of the mean difference, for this candidate alone; NaN with one seed. */
  readonly interval: readonly [low: number, high: number]
  /** Percentile bootstrap interval of the same. */
  readonly bootstrapInterval: readonly [low: number, high: number]
  /** Two-sided, paired t-test; the sign-flip test's where all differences are alike. 1 with one seed. */
  readonly pValue: number
  /** Two-sided sign-flip permutation test: no normality assumed, and never below 2^(1 - seeds). */
  readonly permutationPValue: number
  /** `pValue` corrected over all candidates (Holm): the verdict rests on it. */
  readonly adjustedPValue: number
  readonly verdict: PairedVerdict
  /** For people: `undecided: 4 more seeds would settle a difference of 0.0031`. */
  readonly reason: string
  /** Where undecided, and something is known of the noise. */
  readonly plan: SeedPlan | undefined
}
