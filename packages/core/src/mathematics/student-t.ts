import { incompleteBeta } from './incomplete-beta.js'
import { logGamma } from './log-gamma.js'
import { normalCdf } from './normal.js'

/** P(|T| >= |t|) of Student's distribution with `freedom` > 0 degrees of freedom. */
export function studentTwoSided(t: number, freedom: number): number {
  if (!Number.isFinite(t)) return Number.isNaN(t) ? Number.NaN : 0
  return incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5)
}

/** P(T >= t). */
export function studentUpperTail(t: number, freedom: number): number {
  const half = studentTwoSided(t, freedom) / 2
  return t >= 0 ? half : 1 - half
}

/** The t with P(|T| >= t) = p, for p in (0, 1), to about 12 digits. */
export function studentTwoSidedQuantile(p: number, freedom: number): number {
  let high = 1
  while (studentTwoSided(high, freedom) > p) high *= 2
  let low = 0
  for (let i = 0; i < 200 && high - low > 1e-13 * high; i++) {
    const middle = (low + high) / 2
    if (studentTwoSided(middle, freedom) > p) low = middle
    else high = middle
  }
  return (low + high) / 2
}

const INTERVALS = 400

/**
 * P(T' <= t) of the noncentral distribution with `freedom` degrees of freedom and noncentrality `delta`: the mean of
 * Phi(t s - delta) over s, the square root of chi-squared over its degrees of freedom, by Simpson's rule. Absolute
 * error below 1e-8, which is plenty for a power.
 */
export function noncentralT(t: number, freedom: number, delta: number): number {
  const spread = 9 / Math.sqrt(freedom)
  const low = Math.max(0, 1 - spread)
  const width = (1 + spread - low) / INTERVALS
  const logScale = Math.LN2 + (freedom / 2) * Math.log(freedom / 2) - logGamma(freedom / 2)
  let sum = 0
  for (let i = 0; i <= INTERVALS; i++) {
    const s = low + i * width
    const density =
      s === 0 && freedom > 1
        ? 0
        : Math.exp(logScale + (freedom === 1 ? 0 : (freedom - 1) * Math.log(s)) - (freedom * s * s) / 2)
    const weight = i === 0 || i === INTERVALS ? 1 : i % 2 === 1 ? 4 : 2
    sum += weight * density * normalCdf(t * s - delta)
  }
  return (sum * width) / 3
}
