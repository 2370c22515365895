import { drawTruncated, logNormalMass } from '../../mathematics/truncated-normal.js'
import type { Random } from '../../random.js'
import { type Axis, cellOf, toPoint, toValue } from './axis.js'
import { kernelWidth } from './kernel-width.js'

const LOG_SQRT_2PI = 0.9189385332046727

/** The kernels of one axis: of each observation, then of the prior. */
type AxisKernels = NumericKernels | CategoricalKernels

interface NumericKernels {
  readonly mean: Float64Array
  readonly deviation: Float64Array
  /** Logarithm of the normal's mass in [low, high]. */
  readonly logMass: Float64Array
  /** Logarithm of what the bell is divided by to be a density on [low, high]. */
  readonly logArea: Float64Array
}

interface CategoricalKernels {
  /** Probabilities: a row a kernel, a column a category. */
  readonly rows: Float64Array
  /** Their logarithms. */
  readonly logs: Float64Array
}

/**
 * A mixture of product kernels over the axes of a space, one kernel an observation and a wide one, of weight 1, for
 * what is known before any (Optuna 5.0, parzen_estimator.py and probability_distributions.py).
 */
export class ParzenMixture {
  readonly axes: readonly Axis[]
  readonly kernels: readonly AxisKernels[]
  /** Of the kernels, the prior's last; they sum to 1. */
  readonly weights: Float64Array
  /** By discrete axis, by point: the log-masses of its cell in every kernel. */
  readonly #cells: Map<number, Float64Array>[]
  readonly #logs: Float64Array
  readonly #logWeights: Float64Array

  /**
   * @param points by axis, of the observations in order of age
   * @param weights of the observations; the prior weighs `priorWeight` beside them
   */
  constructor(
    axes: readonly Axis[],
    points: readonly Float64Array[],
    weights: Float64Array,
    priorWeight = 1,
  ) {
    const count = weights.length
    this.axes = axes
    this.kernels = axes.map((axis, a) =>
      axis.kind === 'categorical'
        ? categoricalKernels(axis, points[a]!, priorWeight)
        : numericKernels(axis, points[a]!),
    )
    this.weights = new Float64Array(count + 1)
    this.weights.set(weights)
    this.weights[count] = count === 0 ? 1 : priorWeight
    this.#cells = axes.map(() => new Map())
    this.#logs = new Float64Array(count + 1)
    const sum = this.weights.reduce((a, b) => a + b, 0)
    for (let k = 0; k <= count; k++) this.weights[k]! /= sum
    this.#logWeights = this.weights.map(Math.log)
  }

  /** Draws a point, by axis, into `out`. */
  draw(random: Random, out: Float64Array): void {
    this.drawFrom(pick(this.weights, 0, this.weights.length, random.next()), random, out)
  }

  /** Draws a point from one kernel. */
  drawFrom(kernel: number, random: Random, out: Float64Array): void {
    this.axes.forEach((axis, a) => {
      const kernels = this.kernels[a]!
      if ('rows' in kernels) {
        const from = kernel * axis.categories
        out[a] = pick(kernels.rows, from, axis.categories, random.next())
        return
      }
      const { mean, deviation } = kernels
      const point = drawTruncated(random, mean[kernel]!, deviation[kernel]!, axis.low, axis.high)
      out[a] = axis.kind === 'discrete' ? toPoint(axis, toValue(axis, point)) : point
    })
  }

  /** Logarithm of the density at a point; of discrete axes the probability of its cell. */
  logDensity(point: Float64Array): number {
    const logs = this.#logs
    logs.set(this.#logWeights)
    this.axes.forEach((axis, a) => {
      const kernels = this.kernels[a]!
      if ('rows' in kernels) addCategory(kernels, axis.categories, point[a]!, logs)
      else if (axis.kind === 'continuous') addDensity(kernels, point[a]!, logs)
      else addTo(logs, this.#cellsOf(a, kernels, point[a]!))
    })
    return logSumExp(logs)
  }

  #cellsOf(a: number, kernels: NumericKernels, point: number): Float64Array {
    let logs = this.#cells[a]!.get(point)
    if (logs === undefined) {
      const [low, high] = cellOf(this.axes[a]!, point)
      const { mean, deviation, logMass } = kernels
      logs = mean.map(
        (m, k) => logNormalMass((low - m) / deviation[k]!, (high - m) / deviation[k]!) - logMass[k]!,
      )
      this.#cells[a]!.set(point, logs)
    }
    return logs
  }
}

function numericKernels({ low, high }: Axis, points: Float64Array): NumericKernels {
  const count = points.length
  const order = Int32Array.from(points, (_, i) => i).sort((i, j) => points[i]! - points[j]! || i - j)
  const mean = new Float64Array(count + 1)
  const deviation = new Float64Array(count + 1)
  mean.set(points)
  mean[count] = 0.5 * (low + high)
  deviation[count] = high - low
  const at = (place: number) => points[order[place]!]!
  order.forEach((k, place) => {
    deviation[k] = kernelWidth(at, place, count, low, high)
  })
  const logMass = mean.map((m, k) => logNormalMass((low - m) / deviation[k]!, (high - m) / deviation[k]!))
  const logArea = logMass.map((log, k) => log + Math.log(deviation[k]!) + LOG_SQRT_2PI)
  return { mean, deviation, logMass, logArea }
}

/** Each observation's own category weighs 1 more than the share of the prior, 1 / kernels, that all have. */
function categoricalKernels(
  { categories }: Axis,
  points: Float64Array,
  priorWeight: number,
): CategoricalKernels {
  const count = points.length + 1
  const base = priorWeight / count
  const rows = new Float64Array(count * categories).fill(base / (1 + base * categories))
  for (let k = 0; k < points.length; k++) rows[k * categories + points[k]!]! += 1 / (1 + base * categories)
  rows.fill(1 / categories, points.length * categories)
  return { rows, logs: rows.map(Math.log) }
}

function addCategory(
  kernels: CategoricalKernels,
  categories: number,
  category: number,
  logs: Float64Array,
): void {
  for (let k = 0; k < logs.length; k++) logs[k]! += kernels.logs[k * categories + category]!
}

function addDensity({ mean, deviation, logArea }: NumericKernels, x: number, logs: Float64Array): void {
  for (let k = 0; k < logs.length; k++) {
    const z = (x - mean[k]!) / deviation[k]!
    logs[k]! -= 0.5 * z * z + logArea[k]!
  }
}

function addTo(logs: Float64Array, terms: Float64Array): void {
  for (let k = 0; k < logs.length; k++) logs[k]! += terms[k]!
}

/** log of the sum of exp(x); -Infinity where all are. */
function logSumExp(logs: Float64Array): number {
  let largest = -Infinity
  for (const log of logs) if (log > largest) largest = log
  if (largest === -Infinity) return largest
  let sum = 0
  for (const log of logs) sum += Math.exp(log - largest)
  return largest + Math.log(sum)
}

/** The place, among `count` from `from`, that a uniform number falls on where the weights are laid end to end. */
function pick(weights: Float64Array, from: number, count: number, uniform: number): number {
  let rest = uniform
  for (let i = 0; i < count - 1; i++) {
    rest -= weights[from + i]!
    if (rest < 0) return i
  }
  return count - 1
}
