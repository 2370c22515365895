import { dot } from '../../mathematics/linear-algebra.js'
import { type Eigen, symmetricEigen } from '../../mathematics/symmetric-eigen.js'
import type { Random } from '../../random.js'
import { type StrategyParameters, strategyParameters } from './strategy-parameters.js'

/** A search distribution, N(mean, sigma^2 C), with what it is adapted by; nothing changes it. */
export interface SearchState {
  readonly mean: Float64Array
  readonly sigma: number
  readonly covariance: Float64Array
  readonly eigen: Eigen
  readonly sigmaPath: Float64Array
  readonly covariancePath: Float64Array
  /** Updates so far. */
  readonly updates: number
  readonly parameters: StrategyParameters
}

export function initialState(mean: Float64Array, sigma: number, population: number): SearchState {
  const d = mean.length
  const covariance = new Float64Array(d * d)
  for (let i = 0; i < d; i++) covariance[i * d + i] = 1
  return {
    mean,
    sigma,
    covariance,
    eigen: symmetricEigen(covariance, d),
    sigmaPath: new Float64Array(d),
    covariancePath: new Float64Array(d),
    updates: 0,
    parameters: strategyParameters(d, population),
  }
}

/** A point drawn from the distribution; it may lie outside the unit cube. */
export function sample(state: SearchState, random: Random): Float64Array {
  const d = state.mean.length
  const scaled = state.eigen.values.map((value) => Math.sqrt(value) * random.normal())
  return state.mean.map((m, i) => m + state.sigma * dot(state.eigen.vectors, i * d, scaled, 0, d))
}

/**
 * The point of [0, 1] that a coordinate stands for: mirrored at the bounds, again and again. To the search the
 * objective is defined everywhere, and an optimum at a bound is one like any other.
 */
export function reflect(coordinate: number): number {
  const phase = Math.abs(coordinate) % 2
  return phase > 1 ? 2 - phase : phase
}

/**
 * The distribution after a generation: weighted recombination, cumulation of the step size and of the covariance's
 * path, rank-one and rank-mu update with negative weights for the worse half. N. Hansen, "The CMA evolution strategy:
 * a tutorial", arXiv:1604.00772, 2016, figure 6.
 * @param ranked the generation's points, best first
 */
export function update(state: SearchState, ranked: readonly Float64Array[]): SearchState {
  const { mean, sigma, parameters } = state
  const { weights, effective, sigmaRate, pathRate, rankOneRate, rankMuRate, expectedLength } = parameters
  const d = mean.length
  const steps = ranked.map((x) => x.map((value, i) => (value - mean[i]!) / sigma))
  const shift = new Float64Array(d)
  for (const [k, step] of steps.entries()) {
    if (weights[k]! > 0) for (let i = 0; i < d; i++) shift[i]! += weights[k]! * step[i]!
  }
  const whitenedShift = whiten(state.eigen, shift)
  const sigmaGain = Math.sqrt(sigmaRate * (2 - sigmaRate) * effective)
  const sigmaPath = state.sigmaPath.map((p, i) => (1 - sigmaRate) * p + sigmaGain * whitenedShift[i]!)
  const length = Math.sqrt(dot(sigmaPath, 0, sigmaPath, 0, d))
  const updates = state.updates + 1
  // While the step size still grows fast the covariance's path stands still.
  const stalled =
    length / Math.sqrt(1 - (1 - sigmaRate) ** (2 * updates)) >= (1.4 + 2 / (d + 1)) * expectedLength
  const pathGain = stalled ? 0 : Math.sqrt(pathRate * (2 - pathRate) * effective)
  const covariancePath = state.covariancePath.map((p, i) => (1 - pathRate) * p + pathGain * shift[i]!)

  const weightSum = weights.reduce((sum, weight) => sum + weight, 0)
  const lost = stalled ? rankOneRate * pathRate * (2 - pathRate) : 0
  const covariance = state.covariance.map((c) => (1 + lost - rankOneRate - rankMuRate * weightSum) * c)
  addOuter(covariance, covariancePath, rankOneRate)
  for (const [k, step] of steps.entries()) {
    const weight = weights[k]!
    const whitened = weight < 0 ? whiten(state.eigen, step) : step
    const shrink = weight < 0 ? d / Math.max(Number.MIN_VALUE, dot(whitened, 0, whitened, 0, d)) : 1
    addOuter(covariance, step, rankMuRate * weight * shrink)
  }
  const eigen = symmetricEigen(covariance, d)
  const floor = 1e-20 * Math.max(eigen.values[d - 1]!, Number.MIN_VALUE)
  return {
    mean: mean.map((m, i) => m + sigma * shift[i]!),
    sigma: sigma * Math.exp((sigmaRate / parameters.sigmaDamping) * (length / expectedLength - 1)),
    covariance,
    eigen: { ...eigen, values: eigen.values.map((value) => Math.max(floor, value)) },
    sigmaPath,
    covariancePath,
    updates,
    parameters,
  }
}

/** C^-1/2 v. */
function whiten({ values, vectors }: Eigen, v: Float64Array): Float64Array {
  const d = v.length
  const result = new Float64Array(d)
  for (let j = 0; j < d; j++) {
    let along = 0
    for (let i = 0; i < d; i++) along += vectors[i * d + j]! * v[i]!
    along /= Math.sqrt(values[j]!)
    for (let i = 0; i < d; i++) result[i]! += vectors[i * d + j]! * along
  }
  return result
}

function addOuter(matrix: Float64Array, v: Float64Array, weight: number): void {
  const d = v.length
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < d; j++) matrix[i * d + j]! += weight * v[i]! * v[j]!
  }
}
