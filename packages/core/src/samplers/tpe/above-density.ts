import { logNormalMass } from '../../mathematics/truncated-normal.js'
import type { Axis } from './axis.js'
import { bestCandidate, FULL, type GradualSums, type Precision } from './candidate-race.js'
import { CellTable, type Row } from './cell-table.js'
import {
  addCategory,
  addCell,
  addDensity,
  addUp,
  addUpRoughly,
  BLOCK,
  collect,
  collectNear,
  type Sum as KernelSum,
} from './kernel-block.js'
import type { Kernels, Leaf } from './kernel-leaf.js'
import { KernelTree } from './kernel-tree.js'
import { kernelWidth } from './kernel-width.js'
import { LeafBounds } from './leaf-bounds.js'
import { type AgeWeights, ageWeights } from './weights.js'

const LOG_SQRT_2PI = 0.9189385332046727
const SQRT_HALF = Math.SQRT1_2
/**
 * The density of the trials that are not good: the mixture that {@link ParzenMixture} is, for thousands of kernels that
 * change little from one draw to the next.
 *
 * Observations are kept sorted by axis: one more, or one less, changes the widths of its neighbours only. Kernels are
 * kept by where they lie: a candidate's sum begins with the leaf that may add most, and ends where no other leaf has a
 * kernel that counts. Candidates are given up as soon as their sums so far prove that they cannot win. All of it leaves
 * every decision what it is.
 *
 * Everything is kept by the trial's place in the study.
 */
export class AboveDensity {
  readonly #axes: readonly Axis[]
  readonly #continuous: readonly number[]
  readonly #tabular: readonly number[]
  #tables: (CellTable | undefined)[] = []
  readonly #numeric: readonly number[]
  /** Of the continuous axes, which numeric ones they are. */
  readonly #places: readonly number[]
  #count = 0
  #tree: KernelTree
  /** The leaves as they were last, and those of which kernels have changed since. */
  #settled: readonly Leaf[] = []
  readonly #changed = new Set<Leaf>()
  readonly #reach: LeafBounds
  /** Room for the leaves that a candidate reaches: which they are, and what no kernel there exceeds. */
  #reached = new Int32Array(0)
  #bounds = new Float64Array(0)
  #kernels: Kernels
  #member = new Uint8Array(0)
  /** By trial: how many members are older, of the first #ranked. */
  #rank = new Int32Array(0)
  #ranked = 0
  #weights: AgeWeights = ageWeights(0)
  /** By axis, by trial: 1 / (the kernel's deviation * sqrt 2). */
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
    this.#numeric = indicesOf(axes, (kind) => kind !== 'categorical')
    this.#places = this.#continuous.map((a) => this.#numeric.indexOf(a))
    this.#reach = new LeafBounds(this.#numeric.length)
    const empty = this.#clear(64)
    this.#tree = empty.tree
    this.#kernels = empty.kernels
  }

  /**
   * Makes the trials with `wanted` the members.
   *
   * @param points by axis, by trial
   * @param touched trials whose points may have changed
   * @param changed the only trials, ascending, that may be wanted now and not before or the other way round; all where
   *   that is not known
   */
  update(
    count: number,
    wanted: Uint8Array,
    points: readonly Float64Array[],
    touched: readonly number[],
    changed?: readonly number[],
  ): void {
    const moved = touched.filter((i) => this.#member[i] === 1 && wanted[i] === 1 && this.#differs(i, points))
    const leaving = [...moved]
    const joining = [...moved]
    const members = this.#member
    for (const i of changed ?? placesWhere(count, (i) => members[i] !== wanted[i])) {
      if ((members[i] ?? 0) !== wanted[i]) (wanted[i] === 1 ? joining : leaving).push(i)
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
      this.#ranked = Math.min(this.#ranked, ...leaving, ...joining)
    }
    this.#weights = ageWeights(this.#count)
    this.#rankFrom(this.#ranked, count)
    this.#settle()
  }

  /** Logarithm of the density at a point, by axis. */
  logDensity(point: Float64Array): number {
    const sum = this.#start(point, FULL)
    while (this.#addLeaf(sum, FULL));
    return this.#log(sum)
  }

  /** The first of the points with the largest `logBelow` minus log-density here. */
  best(points: readonly Float64Array[], logBelow: Float64Array): number {
    const sums: GradualSums<Sum> = {
      start: (point, precision) => this.#start(point, precision),
      grow: (sum, precision) => this.#addLeaf(sum, precision),
      log: (sum) => this.#log(sum),
    }
    return bestCandidate(points, logBelow, sums)
  }

  #log(sum: Sum): number {
    return sum.reference + Math.log(sum.value) - Math.log(this.#weights.sum + 1)
  }

  /** The prior's kernel, in units of which the others are added up. */
  #start(point: Float64Array, precision: Precision): Sum {
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
    return { x, rows, reference, value: 1, ...this.#reachOf(point, rows, reference, precision) }
  }

  /** By category of a kernel, its log-probability of a category. */
  #categoryLogs({ categories }: Axis, category: number): Float64Array {
    const base = 1 / (this.#count + 1)
    const logs = new Float64Array(categories).fill(Math.log(base / (1 + base * categories)))
    logs[category] = Math.log((1 + base) / (1 + base * categories))
    return logs
  }

  #settle(): void {
    const { leaves } = this.#tree
    const changed = this.#changed
    const anew = leaves !== this.#settled
    for (const leaf of anew ? leaves : changed) leaf.settle(this.#kernels)
    this.#reach.update(leaves, changed)
    this.#settled = leaves
    changed.clear()
    if (this.#bounds.length >= leaves.length) return
    this.#bounds = new Float64Array(2 * leaves.length)
    this.#reached = new Int32Array(2 * leaves.length)
  }

  /** The leaves with a kernel that may count at a point. */
  #reachOf(point: Float64Array, rows: readonly Row[], reference: number, { negligible }: Precision) {
    const numeric = this.#numeric
    const from = new Float64Array(numeric.length)
    const to = new Float64Array(numeric.length)
    numeric.forEach((a, n) => {
      const t = this.#tabular.indexOf(a)
      from[n] = t < 0 ? point[a]! : rows[t]!.low
      to[n] = t < 0 ? point[a]! : rows[t]!.high
    })
    const cut = reference - Math.log(this.#count + 1) + negligible
    const count = this.#reach.reach(from, to, cut, this.#bounds, this.#reached)
    return { bounds: this.#bounds.slice(0, count), leaves: this.#reached.slice(0, count) }
  }

  /** Adds the leaf that may add most of those that were not; false where none has a kernel that counts. */
  #addLeaf(sum: Sum, precision: Precision): boolean {
    const { bounds } = sum
    let most = 0
    for (let l = 1; l < bounds.length; l++) if (bounds[l]! > bounds[most]!) most = l
    const cut = sum.reference + Math.log(sum.value / (this.#count + 1)) + precision.negligible
    // A leaf that was added has -Infinity, which is all that is left where the cut is -Infinity as well.
    if (bounds.length === 0 || bounds[most] === -Infinity || !(bounds[most]! >= cut)) return false
    const leaf = this.#tree.leaves[sum.leaves[most]!]!
    for (let from = 0; from < leaf.count; from += BLOCK) {
      this.#addKernels(sum, leaf, from, Math.min(leaf.count, from + BLOCK), precision)
    }
    bounds[most] = -Infinity
    return true
  }

  /**
   * Adds a block of kernels: axis after axis, each time without those that have become negligible. No branch depends on
   * a kernel before the sum, which is what makes it quick.
   */
  #addKernels(sum: Sum, leaf: Leaf, from: number, to: number, precision: Precision): void {
    const cut = sum.reference + Math.log(sum.value / (this.#count + 1)) + precision.negligible
    const places = this.#places
    const first = places[0]
    let left =
      first === undefined
        ? collect(from, to, cut, leaf.factor)
        : collectNear(from, to, cut, leaf.factor, sum.x[0]!, leaf.points[first]!, leaf.scales[first]!)
    for (let c = 1; c < places.length; c++) {
      const n = places[c]!
      left = addDensity(left, cut, sum.x[c]!, leaf.points[n]!, leaf.scales[n]!)
    }
    for (let t = 0; t < this.#tabular.length; t++) {
      const row = sum.rows[t]!
      const table = this.#tables[this.#tabular[t]!]
      left =
        table === undefined
          ? addCategory(left, cut, row.logMasses, leaf.ids[t]!)
          : addCell(left, cut, row, leaf.ids[t]!, table)
    }
    const add = precision.rough ? addUpRoughly : addUp
    add(sum, left, this.#weights, this.#rank, leaf.places)
  }

  #differs(trial: number, points: readonly Float64Array[]): boolean {
    return points.some((column, a) => column[trial] !== this.#points[a]![trial])
  }

  #clear(capacity: number): { readonly tree: KernelTree; readonly kernels: Kernels } {
    const axes = this.#axes
    const columns = () => axes.map(() => new Float64Array(capacity))
    this.#count = 0
    this.#member = new Uint8Array(capacity)
    this.#rank = new Int32Array(capacity)
    this.#ranked = 0
    this.#scales = columns()
    this.#ids = axes.map(() => new Int32Array(capacity))
    this.#factor = new Float64Array(capacity).fill(-Infinity)
    this.#parts = columns()
    this.#sorted = columns()
    this.#points = columns()
    this.#order = axes.map(() => new Int32Array(capacity))
    this.#tables = axes.map((axis) => (axis.kind === 'discrete' ? new CellTable(axis) : undefined))
    const [low, high] = [this.#numeric.map((a) => axes[a]!.low), this.#numeric.map((a) => axes[a]!.high)]
    const kernels: Kernels = {
      points: this.#numeric.map((a) => this.#points[a]!),
      scales: this.#numeric.map((a) => this.#scales[a]!),
      factor: this.#factor,
      ids: this.#tabular.map((a) => this.#ids[a]!),
    }
    this.#kernels = kernels
    this.#tree = new KernelTree(Float64Array.from(low), Float64Array.from(high), kernels.points)
    return { tree: this.#tree, kernels }
  }

  #rebuild(count: number, wanted: Uint8Array, points: readonly Float64Array[]): void {
    const capacity = this.#member.length
    this.#clear(count > capacity ? 2 * count : capacity)
    const members: number[] = []
    for (let i = 0; i < count; i++) if (wanted[i] === 1) members.push(i)
    for (const i of members) {
      this.#member[i] = 1
      this.#setPoints(i, points)
      this.#tree.add(i)
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
    this.#changed.add(this.#tree.add(trial))
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
    this.#changed.add(this.#tree.remove(trial))
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
      const leaf = this.#tree.leafOf(trial)
      leaf.refresh(trial, this.#kernels)
      this.#changed.add(leaf)
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
    this.#scales[a]![trial] = SQRT_HALF / deviation
    if (kind === 'discrete') {
      this.#parts[a]![trial] = -logMass
      this.#ids[a]![trial] = this.#tables[a]!.idOf(mean, deviation)
      return
    }
    this.#parts[a]![trial] = -(logMass + Math.log(deviation) + LOG_SQRT_2PI)
  }

  #setFactor(trial: number): void {
    let sum = 0
    for (const part of this.#parts) sum += part[trial]!
    this.#factor[trial] = this.#member[trial] === 1 ? sum : -Infinity
  }

  #rankFrom(first: number, count: number): void {
    const [member, rank] = [this.#member, this.#rank]
    let place = first === 0 ? 0 : rank[first - 1]! + member[first - 1]!
    for (let i = first; i < count; i++) {
      rank[i] = place
      place += member[i]!
    }
    this.#ranked = count
  }
}

/** A candidate's density so far, and what it takes to go on. */
interface Sum extends KernelSum {
  /** By continuous axis. */
  readonly x: Float64Array
  /** By other axis. */
  readonly rows: readonly Row[]
  /** The leaves that it reaches. */
  readonly leaves: Int32Array
  /** Of each: what no kernel there exceeds, by logarithm; -Infinity where it was added. */
  readonly bounds: Float64Array
}

/** Of the prior's kernel on any axis: the mass of a standard normal in [-1/2, 1/2]. */
const PRIOR_LOG_MASS = logNormalMass(-0.5, 0.5)

function indicesOf(axes: readonly Axis[], test: (kind: Axis['kind']) => boolean): number[] {
  return axes.flatMap(({ kind }, a) => (test(kind) ? [a] : []))
}

function placesWhere(count: number, test: (place: number) => boolean): number[] {
  const places: number[] = []
  for (let i = 0; i < count; i++) if (test(i)) places.push(i)
  return places
}
