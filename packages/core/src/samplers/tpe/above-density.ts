import { logNormalMass } from '../../mathematics/truncated-normal.js'
import type { Axis } from './axis.js'
import { CellTable, type Row } from './cell-table.js'
import {
  addCategory,
  addCell,
  addDensity,
  addUp,
  BLOCK,
  collect,
  collectDensity,
  type Sum as KernelSum,
} from './kernel-block.js'
import { kernelWidth } from './kernel-width.js'
import { FULL_WEIGHTS } from './weights.js'

const LOG_SQRT_2PI = 0.9189385332046727
const SQRT_HALF = Math.SQRT1_2
/** Kernels that together change the density by less than exp(-32), 1e-14, of itself are left out. */
const NEGLIGIBLE = -32
/** The same where candidates are told apart: less than exp(-4) is missing then. */
const ROUGH = -4
/** By how much a log-density may be larger than a rough one, rounding included. */
const ROUGH_ERROR = Math.log1p(Math.exp(ROUGH)) + 1e-9
/** So many blocks are added up before the candidates are put in order. */
const PILOT = 3

/**
 * The density of the trials that are not good: the mixture that {@link ParzenMixture} is, for thousands of kernels that
 * change little from one draw to the next.
 *
 * Observations are kept sorted by axis: one more, or one less, changes the widths of its neighbours only. Candidates are
 * scored against a part of the kernels first, and those that look less good are given up as soon as their sum so far
 * proves that they cannot win. Both leave every decision what it is.
 *
 * Everything is kept by the trial's place in the study.
 */
export class AboveDensity {
  readonly #axes: readonly Axis[]
  readonly #continuous: readonly number[]
  readonly #tabular: readonly number[]
  #tables: (CellTable | undefined)[] = []
  #count = 0
  /** Trials from here on are no members. */
  #end = 0
  /** The blocks of the trials before that, the latest first: these weigh most, and lie where candidates do. */
  #blocks: Int32Array = new Int32Array(0)
  #member = new Uint8Array(0)
  #weight = new Float64Array(0)
  #prior = 1
  /** By axis, by trial: the kernel's centre, and 1 / (deviation * sqrt 2), of a continuous one. */
  #centres: Float64Array[] = []
  #scales: Float64Array[] = []
  /** By axis, by trial: the category, or of a discrete one the kernel's id in the axis's table. */
  #ids: Int32Array[] = []
  /** By trial: logarithm of the kernel's factor; -Infinity where there is none. */
  #factor = new Float64Array(0)
  /** By numeric axis, by trial: its part of the factor. */
  #parts: Float64Array[] = []
  /** By numeric axis: points in order, and the trials that have them. */
  #sorted: Float64Array[] = []
  #order: Int32Array[] = []
  /** By axis, by trial, of the members. */
  #points: Float64Array[] = []

  constructor(axes: readonly Axis[]) {
    this.#axes = axes
    this.#continuous = indicesOf(axes, (kind) => kind === 'continuous')
    this.#tabular = indicesOf(axes, (kind) => kind !== 'continuous')
    this.#clear(64)
  }

  /**
   * Makes the trials with `wanted` the members.
   *
   * @param points by axis, by trial
   * @param touched trials whose points may have changed
   */
  update(
    count: number,
    wanted: Uint8Array,
    points: readonly Float64Array[],
    touched: readonly number[],
  ): void {
    const moved = touched.filter((i) => this.#member[i] === 1 && wanted[i] === 1 && this.#differs(i, points))
    const leaving = [...moved]
    const joining = [...moved]
    const members = this.#member
    for (let i = 0; i < count; i++) {
      const member = i < members.length ? members[i] : 0
      if (member === wanted[i]) continue
      if (member === 1) leaving.push(i)
      else joining.push(i)
    }
    const changes = leaving.length + joining.length
    if (changes === 0) return
    const size = this.#count + joining.length - leaving.length
    // Below 98 observations the least width depends on their number: on the way, too.
    const sameFloor = this.#count - leaving.length >= 98
    if (count > this.#member.length || !sameFloor || changes > 32 + size / 16) {
      this.#rebuild(count, wanted, points)
    } else {
      for (const i of leaving) this.#remove(i)
      for (const i of joining) this.#add(i, points)
    }
    this.#weigh(count)
  }

  /** Logarithm of the density at a point, by axis. */
  logDensity(point: Float64Array): number {
    const sum = this.#start(point)
    for (const block of this.#blocks) this.#addKernels(sum, block, NEGLIGIBLE)
    return this.#log(sum)
  }

  /** The first of the points with the largest `logBelow` minus log-density here. */
  best(points: readonly Float64Array[], logBelow: Float64Array): number {
    const blocks = this.#blocks
    const pilot = Math.min(PILOT, blocks.length)
    const distinct = firstOfEach(points, logBelow)
    const sums = points.map((point) => this.#start(point))
    const guesses = new Float64Array(points.length)
    for (const i of distinct) {
      for (let b = 0; b < pilot; b++) this.#addKernels(sums[i]!, blocks[b]!, ROUGH)
      guesses[i] = logBelow[i]! - this.#guess(sums[i]!, pilot)
    }
    const order = distinct.sort((i, j) => guesses[j]! - guesses[i]! || i - j)

    // Scores lie within ROUGH_ERROR below these, which is mostly enough to tell which one is the largest.
    const uppers = new Float64Array(points.length).fill(-Infinity)
    const whole: number[] = []
    let proven = -Infinity
    for (const i of order) {
      const sum = sums[i]!
      let upper = logBelow[i]! - this.#log(sum)
      let b = pilot
      for (; b < blocks.length && upper >= proven; b++) {
        this.#addKernels(sum, blocks[b]!, ROUGH)
        upper = logBelow[i]! - this.#log(sum)
      }
      if (b < blocks.length) continue
      whole.push(i)
      uppers[i] = upper
      proven = Math.max(proven, upper - ROUGH_ERROR)
    }
    const contenders = whole.filter((i) => uppers[i]! >= proven)
    if (contenders.length <= 1) return contenders[0] ?? order[0]!
    const scores = contenders.map((i) => logBelow[i]! - this.logDensity(points[i]!))
    const largest = Math.max(...scores)
    return Math.min(...contenders.filter((_, k) => scores[k] === largest))
  }

  /** What the log-density will be if all blocks are like the first ones. */
  #guess(sum: Sum, blocks: number): number {
    const prior = Math.exp(sum.start - sum.reference)
    const rest = (Math.max(0, sum.value - prior) * this.#blocks.length) / Math.max(1, blocks)
    return sum.reference + Math.log(prior + rest) - Math.log(this.#prior)
  }

  #log(sum: Sum): number {
    return sum.reference + Math.log(sum.value) - Math.log(this.#prior)
  }

  /** The prior's kernel, in units of which the others are added up. */
  #start(point: Float64Array): Sum {
    const x = Float64Array.from(this.#continuous, (a) => point[a]!)
    let reference = 0
    const rows = this.#tabular.map((a): Row => {
      const axis = this.#axes[a]!
      if (axis.kind === 'categorical') {
        reference -= Math.log(axis.categories)
        return { low: 0, high: 0, logMasses: this.#categoryLogs(axis, point[a]!) }
      }
      const row = this.#tables[a]!.row(point[a]!)
      const [mean, deviation] = [0.5 * (axis.low + axis.high), axis.high - axis.low]
      reference += logNormalMass((row.low - mean) / deviation, (row.high - mean) / deviation) - PRIOR_LOG_MASS
      return row
    })
    for (const a of this.#continuous) {
      const { low, high } = this.#axes[a]!
      const z = (point[a]! - 0.5 * (low + high)) / (high - low)
      reference -= 0.5 * z * z + LOG_SQRT_2PI + Math.log(high - low) + PRIOR_LOG_MASS
    }
    return { x, rows, start: reference, reference, value: 1 }
  }

  /** By category of a kernel, its log-probability of a category. */
  #categoryLogs({ categories }: Axis, category: number): Float64Array {
    const base = 1 / (this.#count + 1)
    const logs = new Float64Array(categories).fill(Math.log(base / (1 + base * categories)))
    logs[category] = Math.log((1 + base) / (1 + base * categories))
    return logs
  }

  /**
   * Adds the kernels of a block of trials: axis after axis, each time without those that have become negligible. No
   * branch depends on a kernel before the sum, which is what makes it quick.
   */
  #addKernels(sum: Sum, block: number, negligible: number): void {
    const from = block * BLOCK
    const to = Math.min(this.#end, from + BLOCK)
    const cut = sum.reference + Math.log(sum.value / (this.#count + 1)) + negligible
    const continuous = this.#continuous
    const first = continuous[0]
    let left =
      first === undefined
        ? collect(from, to, cut, this.#factor)
        : collectDensity(from, to, cut, this.#factor, sum.x[0]!, this.#centres[first]!, this.#scales[first]!)
    for (let c = 1; c < continuous.length; c++) {
      const a = continuous[c]!
      left = addDensity(left, cut, sum.x[c]!, this.#centres[a]!, this.#scales[a]!)
    }
    for (let t = 0; t < this.#tabular.length; t++) {
      const a = this.#tabular[t]!
      const row = sum.rows[t]!
      const table = this.#tables[a]
      left =
        table === undefined
          ? addCategory(left, cut, row.logMasses, this.#ids[a]!)
          : addCell(left, cut, row, this.#ids[a]!, table)
    }
    addUp(sum, left, this.#weight)
  }

  #differs(trial: number, points: readonly Float64Array[]): boolean {
    return points.some((column, a) => column[trial] !== this.#points[a]![trial])
  }

  #clear(capacity: number): void {
    const axes = this.#axes
    const columns = () => axes.map(() => new Float64Array(capacity))
    this.#count = 0
    this.#member = new Uint8Array(capacity)
    this.#weight = new Float64Array(capacity)
    this.#centres = columns()
    this.#scales = columns()
    this.#ids = axes.map(() => new Int32Array(capacity))
    this.#factor = new Float64Array(capacity).fill(-Infinity)
    this.#parts = columns()
    this.#sorted = columns()
    this.#points = columns()
    this.#order = axes.map(() => new Int32Array(capacity))
    this.#tables = axes.map((axis) => (axis.kind === 'discrete' ? new CellTable(axis) : undefined))
  }

  #rebuild(count: number, wanted: Uint8Array, points: readonly Float64Array[]): void {
    const capacity = this.#member.length
    this.#clear(count > capacity ? 2 * count : capacity)
    const members: number[] = []
    for (let i = 0; i < count; i++) if (wanted[i] === 1) members.push(i)
    for (const i of members) {
      this.#member[i] = 1
      this.#setPoints(i, points)
    }
    this.#count = members.length
    this.#axes.forEach((axis, a) => {
      if (axis.kind === 'categorical') return
      const column = points[a]!
      const order = Int32Array.from(members).sort((i, j) => column[i]! - column[j]! || i - j)
      this.#order[a]!.set(order)
      order.forEach((i, place) => {
        this.#sorted[a]![place] = column[i]!
      })
      for (let place = 0; place < members.length; place++) this.#setWidth(a, place)
    })
    for (const i of members) this.#setFactor(i)
  }

  #add(trial: number, points: readonly Float64Array[]): void {
    this.#member[trial] = 1
    this.#setPoints(trial, points)
    const before = this.#count++
    this.#axes.forEach((axis, a) => {
      if (axis.kind === 'categorical') return
      const [sorted, order] = [this.#sorted[a]!, this.#order[a]!]
      const place = this.#placeOf(a, trial, before)
      sorted.copyWithin(place + 1, place, before)
      order.copyWithin(place + 1, place, before)
      sorted[place] = points[a]![trial]!
      order[place] = trial
      this.#refresh(a, place - 1, place + 1)
    })
    this.#setFactor(trial)
  }

  #remove(trial: number): void {
    this.#member[trial] = 0
    this.#factor[trial] = -Infinity
    const before = this.#count--
    this.#axes.forEach((axis, a) => {
      if (axis.kind === 'categorical') return
      const place = this.#placeOf(a, trial, before)
      this.#sorted[a]!.copyWithin(place, place + 1, before)
      this.#order[a]!.copyWithin(place, place + 1, before)
      this.#refresh(a, place - 1, place)
    })
  }

  /** Where a member stands, or would, among the first `count` of an axis: by point, then by age. */
  #placeOf(a: number, trial: number, count: number): number {
    const [sorted, order, point] = [this.#sorted[a]!, this.#order[a]!, this.#points[a]![trial]!]
    let low = 0
    let high = count
    while (low < high) {
      const mid = (low + high) >> 1
      if (sorted[mid]! < point || (sorted[mid] === point && order[mid]! < trial)) low = mid + 1
      else high = mid
    }
    return low
  }

  #refresh(a: number, from: number, to: number): void {
    for (let place = Math.max(0, from); place <= Math.min(to, this.#count - 1); place++) {
      this.#setWidth(a, place)
      const trial = this.#order[a]![place]!
      this.#setFactor(trial)
    }
  }

  #setPoints(trial: number, points: readonly Float64Array[]): void {
    this.#axes.forEach((axis, a) => {
      const point = points[a]![trial]!
      this.#points[a]![trial] = point
      if (axis.kind === 'categorical') this.#ids[a]![trial] = point
    })
  }

  #setWidth(a: number, place: number): void {
    const { kind, low, high } = this.#axes[a]!
    const sorted = this.#sorted[a]!
    const trial = this.#order[a]![place]!
    const mean = sorted[place]!
    const deviation = kernelWidth((p) => sorted[p]!, place, this.#count, low, high)
    const logMass = logNormalMass((low - mean) / deviation, (high - mean) / deviation)
    if (kind === 'discrete') {
      this.#parts[a]![trial] = -logMass
      this.#ids[a]![trial] = this.#tables[a]!.idOf(mean, deviation)
      return
    }
    this.#parts[a]![trial] = -(logMass + Math.log(deviation) + LOG_SQRT_2PI)
    this.#centres[a]![trial] = mean
    this.#scales[a]![trial] = SQRT_HALF / deviation
  }

  #setFactor(trial: number): void {
    let sum = 0
    for (const part of this.#parts) sum += part[trial]!
    this.#factor[trial] = this.#member[trial] === 1 ? sum : -Infinity
  }

  /** The weights of {@link ageWeight}. */
  #weigh(count: number): void {
    const n = this.#count
    const ramp = n - FULL_WEIGHTS
    const slope = ramp > 1 ? (1 - 1 / n) / (ramp - 1) : 0
    let place = 0
    let sum = 0
    let end = 0
    const [member, weights] = [this.#member, this.#weight]
    for (let i = 0; i < count; i++) {
      if (member[i] === 0) continue
      const weight = place < ramp ? 1 / n + place * slope : 1
      weights[i] = weight
      sum += weight
      place++
      end = i + 1
    }
    this.#prior = sum + 1
    this.#end = end
    const blocks = Math.ceil(end / BLOCK)
    if (blocks !== this.#blocks.length) this.#blocks = descending(blocks)
  }
}

/** A candidate's density so far, and what it takes to go on. */
interface Sum extends KernelSum {
  /** By continuous axis. */
  readonly x: Float64Array
  /** By other axis. */
  readonly rows: readonly Row[]
  /** Logarithm of the prior's part. */
  readonly start: number
}

/** Of the prior's kernel on any axis: the mass of a standard normal in [-1/2, 1/2]. */
const PRIOR_LOG_MASS = logNormalMass(-0.5, 0.5)

/** The first of each group of equal candidates. */
function firstOfEach(points: readonly Float64Array[], logBelow: Float64Array): number[] {
  const first: number[] = []
  points.forEach((point, i) => {
    const seen = first.some((j) => logBelow[j] === logBelow[i] && point.every((x, a) => x === points[j]![a]))
    if (!seen) first.push(i)
  })
  return first
}

/** The numbers below `count`, the largest first. */
function descending(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => count - 1 - i)
}

function indicesOf(axes: readonly Axis[], test: (kind: Axis['kind']) => boolean): number[] {
  return axes.flatMap(({ kind }, a) => (test(kind) ? [a] : []))
}
