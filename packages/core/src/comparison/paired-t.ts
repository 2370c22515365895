import { studentTwoSided, studentUpperTail } from '../mathematics/student-t.js'

/** What the paired differences of one candidate are. */
export interface Differences {
  readonly count: number
  readonly mean: number
  /** With count - 1 in the denominator; 0 where all are the same up to rounding; NaN below two. */
  readonly deviation: number
}

/** Differences whose deviation is below this share of the values' size are rounding. */
const ROUNDING = 1e-12

/**
 * @param scale the largest size of the values whose differences these are
 */
export function describeDifferences(differences: readonly number[], scale: number): Differences {
  const count = differences.length
  const mean = differences.reduce((sum, difference) => sum + difference, 0) / count
  if (count < 2) return { count, mean, deviation: Number.NaN }
  const squares = differences.reduce((sum, difference) => sum + (difference - mean) ** 2, 0)
  const deviation = Math.sqrt(squares / (count - 1))
  return { count, mean, deviation: deviation <= ROUNDING * scale ? 0 : deviation }
}

/** Two-sided p-value of the paired t-test; needs two differences that are not all the same. */
export function pairedT({ count, mean, deviation }: Differences): number {
  return studentTwoSided((mean * Math.sqrt(count)) / deviation, count - 1)
}

/**
 * P-value of the two one-sided t-tests that the mean difference lies within (-margin, margin): the larger of the two.
 * D. J. Schuirmann, Journal of Pharmacokinetics and Biopharmaceutics 15(6), 1987.
 */
export function equivalenceT({ count, mean, deviation }: Differences, margin: number): number {
  const error = deviation / Math.sqrt(count)
  const above = studentUpperTail((mean + margin) / error, count - 1)
  const below = studentUpperTail((margin - mean) / error, count - 1)
  return Math.max(above, below)
}
