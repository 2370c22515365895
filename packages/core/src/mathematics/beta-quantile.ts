import { incompleteBeta } from './incomplete-beta.js'

/** More halvings than it takes to get from any interval of doubles to two neighbours. */
const MOST_HALVINGS = 2200

/**
 * The x in [0, 1] with I_x(a, b) = p, a and b > 0, to the precision of `incompleteBeta`: by halving, of the exponent
 * where the ends are far apart, since with a small `a` half of the mass may lie below 1e-100.
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? 0 : p === 1 ? 1 : Number.NaN
  let low = 0
  let high = 1
  for (let i = 0; i < MOST_HALVINGS; i++) {
    const middle = between(low, high)
    if (middle <= low || middle >= high) break
    if (incompleteBeta(middle, a, b) < p) low = middle
    else high = middle
  }
  return high
}

function between(low: number, high: number): number {
  if (low === 0) return high > 1e-300 ? high * 1e-8 : high / 2
  return high > 4 * low ? Math.sqrt(low) * Math.sqrt(high) : low + (high - low) / 2
}
