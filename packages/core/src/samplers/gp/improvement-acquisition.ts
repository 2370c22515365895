import type { Acquisition } from './acquisition.js'
import { logMeanExp } from './acquisition.js'
import { densityOverImprovement, logImprovement, logImprovementSlope } from './expected-improvement.js'
import { addLogFeasibility, type ModelledConstraint, pullBackFeasibility } from './feasibility.js'
import type { Posterior } from './posterior.js'

/**
 * The logarithm of the expected improvement on the best feasible value, for one objective that is maximised, times
 * the probability that the constraints are met. Trials that are running are imagined: in each sample their values
 * are drawn from the process, the best of them may set the mark, and the improvement over it is integrated exactly;
 * the mean over the samples is, but for what no choice of x changes, the expected improvement of the whole batch
 * (D. Ginsbourger, R. Le Riche, L. Carraro, "Kriging is well-suited to parallelize optimization", 2010).
 */
export class ImprovementAcquisition implements Acquisition {
  readonly lengthScales: Float64Array
  readonly #objective: Posterior
  readonly #constraints: readonly ModelledConstraint[]
  /** The value to improve on in each sample; undefined where nothing is feasible yet and only that counts. */
  readonly #marks: Float64Array | undefined
  readonly #terms: Float64Array

  /** @param best the best feasible value, undefined where there is none */
  constructor(
    objective: Posterior,
    best: number | undefined,
    constraints: readonly ModelledConstraint[] = [],
  ) {
    this.#objective = objective
    this.#constraints = constraints
    this.lengthScales = objective.process.kernel.inverseSquaredLengths.map((s) => 1 / Math.sqrt(s))
    this.#terms = new Float64Array(objective.samples)
    this.#marks = best === undefined ? undefined : marksOf(objective, best, constraints)
  }

  evaluate(x: Float64Array, gradient?: Float64Array): number {
    const terms = this.#terms
    terms.fill(0)
    const marks = this.#marks
    const objective = this.#objective
    if (marks !== undefined) {
      objective.at(x)
      const logDeviation = Math.log(objective.deviation)
      for (let s = 0; s < terms.length; s++) {
        terms[s] = logDeviation + logImprovement((objective.means[s]! - marks[s]!) / objective.deviation)
      }
    }
    addLogFeasibility(this.#constraints, x, terms)
    const value = logMeanExp(terms)
    if (gradient === undefined) return value

    gradient.fill(0)
    pullBackFeasibility(this.#constraints, x, terms, gradient)
    if (marks === undefined) return value
    const byMeans = new Float64Array(terms.length)
    let byDeviation = 0
    for (let s = 0; s < terms.length; s++) {
      const z = (objective.means[s]! - marks[s]!) / objective.deviation
      byMeans[s] = (terms[s]! * logImprovementSlope(z)) / objective.deviation
      byDeviation += (terms[s]! * densityOverImprovement(z)) / objective.deviation
    }
    objective.pullBack(x, byMeans, byDeviation, gradient)
    return value
  }
}

/** In each sample the best of what is known and of the imagined values that are feasible there. */
function marksOf(
  objective: Posterior,
  best: number,
  constraints: readonly ModelledConstraint[],
): Float64Array {
  return Float64Array.from({ length: objective.samples }, (_, s) => {
    const feasible = objective.imaginedValues(s).map(() => 1)
    for (const { posterior, threshold } of constraints) {
      for (const [k, value] of posterior.imaginedValues(s).entries()) if (value < threshold) feasible[k] = 0
    }
    let mark = best
    for (const [k, value] of objective.imaginedValues(s).entries()) {
      if (feasible[k] === 1) mark = Math.max(mark, value)
    }
    return mark
  })
}
