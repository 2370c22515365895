export interface Standardized {
  /** With mean 0 and population standard deviation 1. */
  readonly values: Float64Array
  readonly mean: number
  readonly deviation: number
}

/** Infinite values are moved to the largest or smallest finite one first; NaN counts as -Infinity. */
export function standardize(raw: ArrayLike<number>): Standardized {
  const values = Float64Array.from(raw, (value) => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value))
  const finite = values.filter(Number.isFinite)
  const low = finite.reduce((a, b) => Math.min(a, b), finite[0] ?? 0)
  const high = finite.reduce((a, b) => Math.max(a, b), finite[0] ?? 0)
  const clipped = values.map((value) => Math.min(high, Math.max(low, value)))
  const mean = clipped.reduce((sum, value) => sum + value / clipped.length, 0)
  const variance = clipped.reduce((sum, value) => sum + (value - mean) ** 2 / clipped.length, 0)
  const deviation = Math.max(1e-12, Math.sqrt(variance))
  return { values: clipped.map((value) => (value - mean) / deviation), mean, deviation }
}
