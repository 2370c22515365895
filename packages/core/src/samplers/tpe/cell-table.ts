import { logNormalMass } from '../../mathematics/truncated-normal.js'
import { type Axis, cellOf } from './axis.js'

/**
 * The kernels of a discrete axis by what they are, a mean and a deviation: many observations share one, so that a
 * cell's probability is computed once for all of them, and kept while the kernels stand.
 */
export class CellTable {
  readonly #axis: Axis
  readonly #means: number[] = []
  readonly #deviations: number[] = []
  readonly #ids = new Map<number, Map<number, number>>()
  #rows = new Map<number, Row>()
  #kept = 0

  constructor(axis: Axis) {
    this.#axis = axis
  }

  /** The id of the kernel with this mean and deviation. */
  idOf(mean: number, deviation: number): number {
    let byDeviation = this.#ids.get(mean)
    if (byDeviation === undefined) {
      byDeviation = new Map()
      this.#ids.set(mean, byDeviation)
    }
    let id = byDeviation.get(deviation)
    if (id === undefined) {
      id = this.#means.push(mean) - 1
      this.#deviations.push(deviation)
      byDeviation.set(deviation, id)
    }
    return id
  }

  /** The log-masses, by kernel id, of the cell around a point; NaN where {@link fill} was not asked yet. */
  row(point: number): Row {
    let row = this.#rows.get(point)
    if (row === undefined || row.logMasses.length < this.#means.length) {
      if (this.#kept > MOST_KEPT) {
        this.#rows = new Map()
        this.#kept = 0
      }
      const logMasses = new Float64Array(2 * this.#means.length).fill(Number.NaN)
      if (row !== undefined) logMasses.set(row.logMasses)
      const [low, high] = cellOf(this.#axis, point)
      row = { low, high, logMasses }
      this.#rows.set(point, row)
      this.#kept += logMasses.length
    }
    return row
  }

  fill({ low, high, logMasses }: Row, id: number): number {
    const [mean, deviation] = [this.#means[id]!, this.#deviations[id]!]
    const logMass = logNormalMass((low - mean) / deviation, (high - mean) / deviation)
    logMasses[id] = logMass
    return logMass
  }
}

export interface Row {
  readonly low: number
  readonly high: number
  readonly logMasses: Float64Array
}

/** Numbers kept over all rows: 16 MB. */
const MOST_KEPT = 2_000_000
