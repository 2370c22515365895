import { type DifferentiableFunction, minimizeLbfgsb } from '../../mathematics/lbfgs-b.js'
import {
  cholesky,
  choleskyInverse,
  dot,
  solveLower,
  solveLowerTransposed,
} from '../../mathematics/linear-algebra.js'
import type { Observations } from './gaussian-process.js'
import { type KernelParameters, matern52, matern52Slope } from './kernel.js'

/** The least variance of the noise, and the whole of it where the objective is deterministic. */
export const MINIMUM_NOISE = 1e-6

/** The kernel that a search for the fit starts from, and what remains where it fails. */
function initialKernel(dimension: number): KernelParameters {
  return { inverseSquaredLengths: new Float64Array(dimension).fill(1), scale: 1, noise: 1 }
}

/**
 * Logarithm of the prior of a kernel, without constants: on each inverse squared length s, -0.1 / s - 0.1 s; on the
 * scale Gamma(2, 1); on the noise Gamma(1.1, 30) (Optuna 5.0, _gp/prior.py).
 */
export function logPrior({ inverseSquaredLengths, scale, noise }: KernelParameters): number {
  let sum = Math.log(scale) - scale + 0.1 * Math.log(noise) - 30 * noise
  for (const s of inverseSquaredLengths) sum -= 0.1 / s + 0.1 * s
  return sum
}

/**
 * The kernel with the largest marginal likelihood times prior, as far as a local search from `start` finds it, and
 * failing that from {@link initialKernel}. The searched variables are log s, log scale and log(noise - 1e-6).
 */
export function fitKernel(
  observations: Observations,
  deterministic: boolean,
  start?: KernelParameters,
): KernelParameters {
  const dimension = observations.categorical.length
  const objective = penalisedLikelihood(observations, deterministic)
  const fallback = initialKernel(dimension)
  for (const kernel of start === undefined ? [fallback] : [start, fallback]) {
    const raw = new Float64Array(dimension + (deterministic ? 1 : 2))
    for (let i = 0; i < dimension; i++) raw[i] = Math.log(kernel.inverseSquaredLengths[i]!)
    raw[dimension] = Math.log(kernel.scale)
    if (!deterministic) raw[dimension + 1] = Math.log(kernel.noise - 0.99 * MINIMUM_NOISE)
    const minimum = minimizeLbfgsb(objective, raw, { gradientTolerance: 1e-2 })
    // A line search that ends in rounding error has still improved the fit.
    if (minimum.converged || minimum.iterations > 0) return kernelOf(minimum.x, dimension, deterministic)
  }
  return fallback
}

/** The search's variables as a kernel. */
function kernelOf(raw: Float64Array, dimension: number, deterministic: boolean): KernelParameters {
  return {
    inverseSquaredLengths: raw.slice(0, dimension).map(Math.exp),
    scale: Math.exp(raw[dimension]!),
    noise: MINIMUM_NOISE + (deterministic ? 0 : Math.exp(raw[dimension + 1]!)),
  }
}

/**
 * Minus the logarithm of marginal likelihood, without its constant, times prior, as a function of the search's
 * variables; Infinity where the covariance has no Cholesky factor. With P = a a' - C^-1 and a = C^-1 y the
 * likelihood's derivative by a parameter t is tr(P dC/dt) / 2 (Rasmussen and Williams, 2006, equation 5.9).
 */
export function penalisedLikelihood(
  { points, values, categorical }: Observations,
  deterministic: boolean,
): DifferentiableFunction {
  const n = values.length
  const d = categorical.length
  const squares = squaredDifferences(points, n, categorical)
  const covariance = new Float64Array(n * n)
  const slopes = new Float64Array((n * (n - 1)) / 2)
  const correlations = new Float64Array((n * (n - 1)) / 2)

  return (raw, gradient) => {
    const kernel = kernelOf(raw, d, deterministic)
    const { inverseSquaredLengths, scale, noise } = kernel
    for (let row = 0, pair = 0; row < n; row++) {
      for (let column = 0; column < row; column++, pair++) {
        const q = dot(squares, pair * d, inverseSquaredLengths, 0, d)
        const correlation = matern52(q)
        correlations[pair] = correlation
        slopes[pair] = matern52Slope(q)
        covariance[row * n + column] = scale * correlation
      }
      covariance[row * n + row] = scale + noise
    }
    if (!cholesky(covariance, n)) return Number.POSITIVE_INFINITY
    const weights = values.slice()
    solveLower(covariance, n, weights)
    let value = dot(weights, 0, weights, 0, n) / 2 - logPrior(kernel)
    for (let i = 0; i < n; i++) value += Math.log(covariance[i * n + i]!)

    solveLowerTransposed(covariance, n, weights)
    const inverse = choleskyInverse(covariance, n)
    const byLengths = new Float64Array(d)
    let byScale = 0
    let trace = 0
    for (let row = 0, pair = 0; row < n; row++) {
      for (let column = 0; column < row; column++, pair++) {
        const p = weights[row]! * weights[column]! - inverse[row * n + column]!
        byScale += p * correlations[pair]!
        const slope = p * slopes[pair]!
        for (let i = 0; i < d; i++) byLengths[i]! += slope * squares[pair * d + i]!
      }
      trace += weights[row]! * weights[row]! - inverse[row * n + row]!
    }
    for (let i = 0; i < d; i++) {
      const s = inverseSquaredLengths[i]!
      gradient[i] = -s * scale * byLengths[i]! - 0.1 / s + 0.1 * s
    }
    gradient[d] = -scale * (byScale + trace / 2) - 1 + scale
    if (!deterministic) gradient[d + 1] = -(noise - MINIMUM_NOISE) * (trace / 2 + 0.1 / noise - 30)
    return value
  }
}

/** d numbers a pair of points, the pairs in the order of a lower triangle's rows. */
function squaredDifferences(points: Float64Array, n: number, categorical: Uint8Array): Float64Array {
  const d = categorical.length
  const squares = new Float64Array(((n * (n - 1)) / 2) * d)
  let next = 0
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < row; column++) {
      for (let i = 0; i < d; i++) {
        const difference = points[row * d + i]! - points[column * d + i]!
        squares[next++] = categorical[i] === 1 ? Number(difference !== 0) : difference * difference
      }
    }
  }
  return squares
}
