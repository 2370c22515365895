import { logNormalCdf, scaledTail } from '../../mathematics/normal.js'
import type { Posterior } from './posterior.js'

/** A constraint: feasible where the modelled value is at least the threshold. */
export interface ModelledConstraint {
  readonly posterior: Posterior
  readonly threshold: number
}

/** Adds to each sample's term the logarithms of the probabilities that x meets the constraints. */
export function addLogFeasibility(
  constraints: readonly ModelledConstraint[],
  x: Float64Array,
  terms: Float64Array,
): void {
  for (const { posterior, threshold } of constraints) {
    posterior.at(x)
    for (let s = 0; s < terms.length; s++) {
      terms[s]! += logNormalCdf((posterior.means[s]! - threshold) / posterior.deviation)
    }
  }
}

/** Adds the gradient of a weighted sum over the samples of what {@link addLogFeasibility} added at x. */
export function pullBackFeasibility(
  constraints: readonly ModelledConstraint[],
  x: Float64Array,
  weights: Float64Array,
  gradient: Float64Array,
): void {
  const byMeans = new Float64Array(weights.length)
  for (const { posterior, threshold } of constraints) {
    let byDeviation = 0
    for (let s = 0; s < weights.length; s++) {
      const z = (posterior.means[s]! - threshold) / posterior.deviation
      byMeans[s] = (weights[s]! * densityOverCdf(z)) / posterior.deviation
      byDeviation -= byMeans[s]! * z
    }
    posterior.pullBack(x, byMeans, byDeviation, gradient)
  }
}

/** The derivative of log cdf(z): the density over the distribution function, without underflow. */
function densityOverCdf(z: number): number {
  const inverse = Math.sqrt(2 * Math.PI)
  if (z < 0) return 1 / (inverse * scaledTail(-z))
  const density = Math.exp((-z * z) / 2)
  return density / (inverse * (1 - density * scaledTail(z)))
}
