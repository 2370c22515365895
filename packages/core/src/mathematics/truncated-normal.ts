import type { Random } from '../random.js'
import { logNormalCdf, logNormalPdf, normalCdf, normalQuantile, normalQuantileOfLog } from './normal.js'

/**
 * log P(a < X <= b) of a standard normal X, a < b. In a tail it is the difference of two logarithms there, by symmetry
 * always the lower one; of a narrow interval the Taylor series around the middle, where the difference would cancel.
 */
export function logNormalMass(a: number, b: number): number {
  if (!(a < b)) return a === b ? -Infinity : Number.NaN
  const middle = 0.5 * (a + b)
  const half = 0.5 * (b - a)
  if (half * (1 + Math.abs(middle)) < 0.02) return narrowMass(middle, half)
  if (a >= 0) return tailMass(-b, -a)
  if (b <= 0) return tailMass(a, b)
  return Math.log1p(-normalCdf(a) - normalCdf(-b))
}

/** Logarithm of the density at x of a standard normal truncated to [a, b]. */
export function logTruncatedPdf(x: number, a: number, b: number): number {
  return x < a || x > b ? -Infinity : logNormalPdf(x) - logNormalMass(a, b)
}

/** The x in [a, b] below which a share q of a standard normal truncated to [a, b] lies. */
export function truncatedQuantile(q: number, a: number, b: number): number {
  if (!(q > 0 && q < 1)) return q === 0 ? a : q === 1 ? b : Number.NaN
  if (a >= 0) return -lowerQuantile(1 - q, q, -b, -a)
  return lowerQuantile(q, 1 - q, a, b)
}

/** One draw from a normal with the mean and the standard deviation, truncated to [low, high]. */
export function drawTruncated(
  random: Random,
  mean: number,
  deviation: number,
  low: number,
  high: number,
): number {
  const x = truncatedQuantile(random.next(), (low - mean) / deviation, (high - mean) / deviation)
  return Math.min(high, Math.max(low, mean + deviation * x))
}

/** The quantile where a < 0; `rest` is 1 - q, which may be known better than by the difference. */
function lowerQuantile(q: number, rest: number, a: number, b: number): number {
  const share = rest * normalCdf(a) + q * normalCdf(b)
  if (share > 0.5) return within(-normalQuantile(rest * normalCdf(-a) + q * normalCdf(-b)), a, b)
  if (share > 1e-290) return within(normalQuantile(share), a, b)
  const logShare = logSum(logNormalCdf(a), Math.log(q) + logNormalMass(a, b))
  return within(normalQuantileOfLog(logShare), a, b)
}

function within(x: number, a: number, b: number): number {
  return Math.min(b, Math.max(a, x))
}

function logSum(x: number, y: number): number {
  const larger = Math.max(x, y)
  return larger === -Infinity ? larger : larger + Math.log1p(Math.exp(-Math.abs(x - y)))
}

/** Both ends below 0. */
function tailMass(a: number, b: number): number {
  const logB = logNormalCdf(b)
  return logB + Math.log(-Math.expm1(logNormalCdf(a) - logB))
}

/** Hermite series of the integral over middle +- half. */
function narrowMass(middle: number, half: number): number {
  const m2 = middle * middle
  const h2 = half * half
  const second = (h2 / 6) * (m2 - 1)
  const fourth = ((h2 * h2) / 120) * ((m2 - 6) * m2 + 3)
  const sixth = ((h2 * h2 * h2) / 5040) * (((m2 - 15) * m2 + 45) * m2 - 15)
  return Math.log(2 * half) + logNormalPdf(middle) + Math.log1p(second + fourth + sixth)
}
