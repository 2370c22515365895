import { dot } from '../../mathematics/linear-algebra.js'
import type { GaussianProcess } from './gaussian-process.js'

/** Keeps the logarithm of a standard deviation finite where a point was tried. */
const STABILISER = 1e-12

/**
 * A Gaussian process at one point after another, in each of several samples of what its imagined points turn out to
 * be, and the way back from a function of the means and the deviation to its gradient. Without imagined points there
 * is one sample.
 */
export class Posterior {
  readonly process: GaussianProcess
  readonly samples: number
  /** At the last point, one a sample. */
  readonly means: Float64Array
  /** At the last point; the same in every sample. */
  deviation = 0
  readonly #normals: Float64Array
  readonly #byWhitened: Float64Array

  /** @param normals standard normals, `process.imagined` a sample, sample by sample */
  constructor(process: GaussianProcess, normals: Float64Array) {
    this.process = process
    this.samples = process.imagined === 0 ? 1 : normals.length / process.imagined
    this.means = new Float64Array(this.samples)
    this.#normals = normals
    this.#byWhitened = new Float64Array(process.size)
  }

  at(x: Float64Array): void {
    const { process } = this
    this.deviation = Math.sqrt(process.whiten(x) + STABILISER)
    const mean = process.mean()
    const { imagined, size } = process
    if (imagined === 0) {
      this.means[0] = mean
      return
    }
    for (let s = 0; s < this.samples; s++) {
      this.means[s] = mean + dot(process.whitened, size - imagined, this.#normals, s * imagined, imagined)
    }
  }

  /** Adds the gradient by the last point of a function with these derivatives by the means and the deviation. */
  pullBack(x: Float64Array, byMeans: Float64Array, byDeviation: number, gradient: Float64Array): void {
    const { process } = this
    const { imagined, size } = process
    const byMean = byMeans.reduce((sum, value) => sum + value, 0)
    const byVariance = byDeviation / (2 * this.deviation)
    const by = this.#byWhitened
    for (let j = 0; j < size; j++) {
      by[j] = byMean * process.whitenedValues[j]! - 2 * byVariance * process.whitened[j]!
    }
    for (let s = 0; imagined > 0 && s < this.samples; s++) {
      for (let k = 0; k < imagined; k++) {
        by[size - imagined + k]! += byMeans[s]! * this.#normals[s * imagined + k]!
      }
    }
    process.pullBack(x, by, gradient)
  }

  /** What the imagined points are in a sample. */
  imaginedValues(sample: number): Float64Array {
    return this.process.imaginedValues(this.#normals, sample * this.process.imagined)
  }
}
