import {
  choleskyWithJitter,
  dot,
  solveLower,
  solveLowerTransposed,
} from '../../mathematics/linear-algebra.js'
import { type KernelParameters, matern52, squaredDistance } from './kernel.js'

/** Observations: n points of d coordinates, row by row, and a value each. */
export interface Observations {
  readonly points: Float64Array
  readonly values: Float64Array
  /** d flags. */
  readonly categorical: Uint8Array
}

/** Added to the variance of points whose value is imagined, in place of the noise. */
const STABILISER = 1e-12

/**
 * A Gaussian process with mean 0 given observations. It is used through v(x) = L^-1 k(x), with L the Cholesky factor
 * of the observations' covariance and k(x) their covariance with x: the mean is v'b with b = L^-1 y, the variance of
 * the function itself, without noise, scale - v'v (Rasmussen and Williams, 2006, algorithm 2.1).
 */
export class GaussianProcess {
  readonly kernel: KernelParameters
  /** Points: n observed and then `imagined` ones. */
  readonly size: number
  /** Points at the end that have no value of their own. */
  readonly imagined: number
  /** b, for the observed points; 0 for the imagined ones, which stands for their mean. */
  readonly whitenedValues: Float64Array
  /** v of the last point given to {@link whiten}. */
  readonly whitened: Float64Array
  readonly #points: Float64Array
  readonly #categorical: Uint8Array
  readonly #factor: Float64Array
  /** Derivative of k by the squared distance, at the last point. */
  readonly #slopes: Float64Array
  readonly #pulled: Float64Array

  private constructor(
    points: Float64Array,
    categorical: Uint8Array,
    kernel: KernelParameters,
    factor: Float64Array,
    whitenedValues: Float64Array,
    imagined: number,
  ) {
    this.size = whitenedValues.length
    this.imagined = imagined
    this.kernel = kernel
    this.whitenedValues = whitenedValues
    this.whitened = new Float64Array(this.size)
    this.#points = points
    this.#categorical = categorical
    this.#factor = factor
    this.#slopes = new Float64Array(this.size)
    this.#pulled = new Float64Array(this.size)
  }

  get dimension(): number {
    return this.#categorical.length
  }

  static of({ points, values, categorical }: Observations, kernel: KernelParameters): GaussianProcess {
    const size = values.length
    const covariance = covarianceOf(points, size, categorical, kernel, 0, new Float64Array(size * size))
    for (let i = 0; i < size; i++) covariance[i * size + i]! += kernel.noise
    const factor = choleskyWithJitter(covariance, size)
    const whitenedValues = values.slice()
    solveLower(factor, size, whitenedValues)
    return new GaussianProcess(points, categorical, kernel, factor, whitenedValues, 0)
  }

  /** The same process given also the function's values at further points, which are to be imagined. */
  imagine(points: Float64Array): GaussianProcess {
    const d = this.#categorical.length
    const added = points.length / d
    const size = this.size + added
    const all = new Float64Array(size * d)
    all.set(this.#points)
    all.set(points, this.#points.length)
    const covariance = new Float64Array(size * size)
    for (let row = 0; row < this.size; row++) {
      covariance.set(this.#factor.subarray(row * this.size, row * this.size + row + 1), row * size)
    }
    covarianceOf(all, size, this.#categorical, this.kernel, this.size, covariance)
    for (let i = this.size; i < size; i++) covariance[i * size + i]! += STABILISER
    const factor = choleskyWithJitter(covariance, size, this.size)
    const whitenedValues = new Float64Array(size)
    whitenedValues.set(this.whitenedValues)
    return new GaussianProcess(all, this.#categorical, this.kernel, factor, whitenedValues, added)
  }

  /** Sets {@link whitened} to v(x) and returns the variance at x, at least 0. */
  whiten(x: Float64Array): number {
    const { inverseSquaredLengths, scale } = this.kernel
    const d = inverseSquaredLengths.length
    const v = this.whitened
    for (let j = 0; j < this.size; j++) {
      const q = squaredDistance(x, 0, this.#points, j * d, inverseSquaredLengths, this.#categorical)
      const r = Math.sqrt(5 * q)
      const exponential = scale * Math.exp(-r)
      v[j] = exponential * (1 + r + (5 / 3) * q)
      this.#slopes[j] = (-5 / 6) * exponential * (1 + r)
    }
    solveLower(this.#factor, this.size, v)
    return Math.max(0, scale - dot(v, 0, v, 0, this.size))
  }

  /** The mean at the last point, with the imagined values at their means. */
  mean(): number {
    return dot(this.whitened, 0, this.whitenedValues, 0, this.size)
  }

  /** Adds to `gradient` that of a function of v whose derivative by v is `byWhitened`; x is the last point. */
  pullBack(x: Float64Array, byWhitened: Float64Array, gradient: Float64Array): void {
    const { inverseSquaredLengths } = this.kernel
    const d = inverseSquaredLengths.length
    const byCovariance = this.#pulled
    byCovariance.set(byWhitened)
    solveLowerTransposed(this.#factor, this.size, byCovariance)
    for (let j = 0; j < this.size; j++) {
      const weight = 2 * byCovariance[j]! * this.#slopes[j]!
      for (let i = 0; i < d; i++) {
        if (this.#categorical[i] === 1) continue
        gradient[i]! += weight * inverseSquaredLengths[i]! * (x[i]! - this.#points[j * d + i]!)
      }
    }
  }

  /**
   * The values of the imagined points in a sample that standard normals make: L's last rows times b and them.
   * @param normals one an imagined point, from `start`
   */
  imaginedValues(normals: Float64Array, start: number): Float64Array {
    const observed = this.size - this.imagined
    return Float64Array.from({ length: this.imagined }, (_, k) => {
      const row = (observed + k) * this.size
      return (
        dot(this.#factor, row, this.whitenedValues, 0, observed) +
        dot(this.#factor, row + observed, normals, start, k + 1)
      )
    })
  }
}

/** Fills the rows of a covariance matrix from `from` on, lower triangle, without noise. */
function covarianceOf(
  points: Float64Array,
  size: number,
  categorical: Uint8Array,
  { inverseSquaredLengths, scale }: KernelParameters,
  from: number,
  covariance: Float64Array,
): Float64Array {
  const d = categorical.length
  for (let row = from; row < size; row++) {
    for (let column = 0; column < row; column++) {
      const q = squaredDistance(points, row * d, points, column * d, inverseSquaredLengths, categorical)
      covariance[row * size + column] = scale * matern52(q)
    }
    covariance[row * size + row] = scale
  }
  return covariance
}
