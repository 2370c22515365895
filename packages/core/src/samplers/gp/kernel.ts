/** What the likelihood is maximised over. */
export interface KernelParameters {
  /** One over the squared length-scale, a parameter each. */
  readonly inverseSquaredLengths: Float64Array
  /** The prior variance of the function. */
  readonly scale: number
  /** The variance of the observations' noise. */
  readonly noise: number
}

/**
 * Matern's correlation of smoothness 5/2 at squared distance q: exp(-r) (1 + r + r^2 / 3) with r = sqrt(5 q).
 * C. E. Rasmussen, C. K. I. Williams, "Gaussian Processes for Machine Learning", 2006, equation 4.17.
 */
export function matern52(q: number): number {
  const r = Math.sqrt(5 * q)
  return Math.exp(-r) * (1 + r + (5 / 3) * q)
}

/** Its derivative by q, also at 0: -5/6 exp(-r) (1 + r). */
export function matern52Slope(q: number): number {
  const r = Math.sqrt(5 * q)
  return (-5 / 6) * Math.exp(-r) * (1 + r)
}

/**
 * The squared distance of two points, dimension by dimension, weighted: of numbers the squared difference, of
 * categories 1 where they differ (Hamming).
 */
export function squaredDistance(
  a: Float64Array,
  aStart: number,
  b: Float64Array,
  bStart: number,
  weights: Float64Array,
  categorical: Uint8Array,
): number {
  let sum = 0
  for (let i = 0; i < weights.length; i++) {
    const difference = a[aStart + i]! - b[bStart + i]!
    if (categorical[i] === 1) sum += difference === 0 ? 0 : weights[i]!
    else sum += weights[i]! * difference * difference
  }
  return sum
}
