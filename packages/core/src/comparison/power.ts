import { normalCdf, normalQuantile } from '../mathematics/normal.js'
import { noncentralT, studentTwoSidedQuantile } from '../mathematics/student-t.js'

/** Candidates of a ranking share few levels and degrees of freedom. */
let known = new Map<string, number>()

/** The t with P(|T| >= t) = alpha. */
export function criticalOf(alpha: number, freedom: number): number {
  const key = `${alpha} ${freedom}`
  let critical = known.get(key)
  if (critical === undefined) {
    if (known.size > 10_000) known = new Map()
    critical = studentTwoSidedQuantile(alpha, freedom)
    known.set(key, critical)
  }
  return critical
}

/**
 * The power of a two-sided paired t-test at level `alpha` with `count` seeds: the probability that it finds a true
 * mean difference of `difference` where differences have the standard deviation `deviation`; by the noncentral t
 * distribution (J. Cohen, "Statistical power analysis for the behavioral sciences", 2nd ed., 1988, section 2.3).
 */
export function powerOf(count: number, difference: number, deviation: number, alpha: number): number {
  if (count < 2) return 0
  if (deviation === 0) return difference === 0 ? 0 : 1
  const critical = criticalOf(alpha, count - 1)
  const shift = (Math.abs(difference) / deviation) * Math.sqrt(count)
  const upper = 1 - noncentralT(critical, count - 1, shift)
  return Math.min(1, Math.max(0, upper + noncentralT(-critical, count - 1, shift)))
}

/**
 * The fewest seeds with which {@link powerOf} is at least `power`; undefined above `most`. The standard deviation is
 * taken as known, so what comes of few seeds is a rough guide.
 */
export function seedsNeeded(
  difference: number,
  deviation: number,
  alpha: number,
  power: number,
  most: number,
): number | undefined {
  const enough = (count: number) => powerOf(count, difference, deviation, alpha) >= power
  // With the normal distribution for Student's; the answer is a few seeds further up.
  const z = normalQuantile(1 - alpha / 2) + normalQuantile(power)
  const guess = (z * deviation) / difference
  if (guess * guess > most) return undefined
  let count = Math.max(2, Math.floor(guess * guess))
  while (count > 2 && enough(count - 1)) count--
  while (!enough(count)) {
    if (++count > most) return undefined
  }
  return count
}

/**
 * The level of the look after `count` of `planned` seeds, where the ranking is read after each: increments of the
 * spending function that resembles O'Brien and Fleming's bounds, 2 - 2 Phi(z / sqrt(count / planned)), which add up to
 * `alpha` (K. K. G. Lan, D. L. DeMets, Biometrika 70(3), 1983). Each look stands alone, so the sum bounds the error.
 */
export function levelOfLook(count: number, planned: number, alpha: number): number {
  const z = normalQuantile(1 - alpha / 2)
  const spent = (seeds: number) => (seeds < 2 ? 0 : 2 * normalCdf(-z / Math.sqrt(seeds / planned)))
  return spent(count) - spent(count - 1)
}
