import { type Acquisition, logMeanExp } from './acquisition.js'
import type { Boxes } from './box-decomposition.js'
import { logImprovement, logImprovementSlope } from './expected-improvement.js'
import { addLogFeasibility, type ModelledConstraint, pullBackFeasibility } from './feasibility.js'
import type { Posterior } from './posterior.js'

/**
 * The logarithm of the expected hypervolume improvement for several independent objectives, all maximised, times the
 * probability that the constraints are met. The improvement at y is the sum over the boxes of the products over the
 * objectives of clamp(y - lower, 0, upper - lower), and with independent objectives the expectation of a product is
 * the product of expectations, each the difference of two expected improvements: no sampling is needed. M. Emmerich,
 * A. Deutz, J. W. Klinkenberg, "Hypervolume-based expected improvement", IEEE CEC 2011; the logarithm as in S. Ament
 * et al., NeurIPS 2023.
 *
 * Each posterior has one sample: running trials are imagined at their means (D. Ginsbourger et al., 2010, "Kriging
 * believer").
 */
export class HypervolumeAcquisition implements Acquisition {
  readonly lengthScales: Float64Array
  readonly #objectives: readonly Posterior[]
  readonly #boxes: Boxes | undefined
  readonly #constraints: readonly ModelledConstraint[]
  readonly #terms: Float64Array
  /** Of each box and objective: log of the expectation, and its derivatives by mean and by deviation. */
  readonly #logs: Float64Array
  readonly #byMean: Float64Array
  readonly #byDeviation: Float64Array

  /** @param boxes what is not dominated yet; undefined where nothing is feasible and only that counts */
  constructor(
    objectives: readonly Posterior[],
    boxes: Boxes | undefined,
    constraints: readonly ModelledConstraint[] = [],
  ) {
    this.#objectives = objectives
    this.#boxes = boxes
    this.#constraints = constraints
    const count = boxes?.count ?? 0
    this.#terms = new Float64Array(count)
    this.#logs = new Float64Array(count * objectives.length)
    this.#byMean = new Float64Array(count * objectives.length)
    this.#byDeviation = new Float64Array(count * objectives.length)
    this.lengthScales = new Float64Array(objectives[0]!.process.kernel.inverseSquaredLengths.length)
    for (const { process } of objectives) {
      for (const [i, s] of process.kernel.inverseSquaredLengths.entries()) {
        this.lengthScales[i]! += 1 / Math.sqrt(s) / objectives.length
      }
    }
  }

  evaluate(x: Float64Array, gradient?: Float64Array): number {
    const feasibility = new Float64Array(1)
    addLogFeasibility(this.#constraints, x, feasibility)
    if (gradient !== undefined) {
      gradient.fill(0)
      pullBackFeasibility(this.#constraints, x, Float64Array.of(1), gradient)
    }
    const boxes = this.#boxes
    if (boxes === undefined) return feasibility[0]!

    const m = this.#objectives.length
    const terms = this.#terms
    terms.fill(0)
    for (const [j, posterior] of this.#objectives.entries()) {
      posterior.at(x)
      for (let b = 0; b < boxes.count; b++) {
        const place = b * m + j
        this.#expect(place, posterior, boxes.lower[place]!, boxes.upper[place]!, gradient !== undefined)
        terms[b]! += this.#logs[place]!
      }
    }
    const value = logMeanExp(terms) + Math.log(boxes.count)
    if (gradient !== undefined) {
      for (const [j, posterior] of this.#objectives.entries()) {
        let byMean = 0
        let byDeviation = 0
        for (let b = 0; b < boxes.count; b++) {
          byMean += terms[b]! * this.#byMean[b * m + j]!
          byDeviation += terms[b]! * this.#byDeviation[b * m + j]!
        }
        posterior.pullBack(x, Float64Array.of(byMean), byDeviation, gradient)
      }
    }
    return value + feasibility[0]!
  }

  /**
   * log E[clamp(Y - lower, 0, upper - lower)] of a normal Y: with h the improvement, s (h(z_lower) - h(z_upper)) for
   * z = (mean - bound) / s.
   */
  #expect(place: number, posterior: Posterior, lower: number, upper: number, slopes: boolean): void {
    const { deviation } = posterior
    const mean = posterior.means[0]!
    const zLower = (mean - lower) / deviation
    const logLower = logImprovement(zLower)
    const zUpper = (mean - upper) / deviation
    const bounded = upper < Number.POSITIVE_INFINITY
    const logUpper = bounded ? logImprovement(zUpper) : Number.NEGATIVE_INFINITY
    // Above 0 by rounding alone where the box is thin.
    const share = Math.max(Number.MIN_VALUE, -Math.expm1(logUpper - logLower))
    this.#logs[place] = Math.log(deviation) + logLower + Math.log(share)
    if (!slopes) return
    const ratio = bounded ? Math.exp(logUpper - logLower) : 0
    const slopeLower = logImprovementSlope(zLower)
    const slopeUpper = bounded ? logImprovementSlope(zUpper) * ratio : 0
    this.#byMean[place] = (slopeLower - slopeUpper) / share / deviation
    const swing = zLower * slopeLower - (bounded ? zUpper * slopeUpper : 0)
    this.#byDeviation[place] = (1 - swing / share) / deviation
  }
}
