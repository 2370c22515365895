import { type Grid, type ImageStatistics, micro, type Scores, type Setting } from '@thresher/core'
import type { GridCounts } from '@thresher/native'
import type { Standing, Standings } from './types.js'

/**
 * Counts of every (setting, image) of a sweep, with their sums over the images added so far. The baseline is a further
 * setting after the grid's where it is not one of them.
 */
export class CountsTable {
  readonly baselineIndex: number
  readonly #grid: Grid
  readonly #baseline: Setting
  readonly #settings: number
  readonly #images = new Map<number, GridCounts>()
  readonly #sums: { matched: Float64Array; gtCare: Float64Array; detCare: Float64Array }

  constructor(grid: Grid, baseline: Setting) {
    this.#grid = grid
    this.#baseline = baseline
    const index = grid.indexOf(baseline)
    this.baselineIndex = index < 0 ? grid.size : index
    this.#settings = index < 0 ? grid.size + 1 : grid.size
    const zeros = () => new Float64Array(this.#settings)
    this.#sums = { matched: zeros(), gtCare: zeros(), detCare: zeros() }
  }

  /** Whether the baseline has to be evaluated beside the grid. */
  get baselineIsExtra(): boolean {
    return this.#settings > this.#grid.size
  }

  get imagesDone(): number {
    return this.#images.size
  }

  /** Positions of the images added, ascending. */
  get positions(): number[] {
    return [...this.#images.keys()].sort((a, b) => a - b)
  }

  add(position: number, grid: GridCounts, extra?: GridCounts): void {
    const counts = extra ? joined(grid, extra) : grid
    this.#images.set(position, counts)
    for (const name of ['matched', 'gtCare', 'detCare'] as const) {
      const sums = this.#sums[name]
      const values = counts[name]
      for (let i = 0; i < sums.length; i++) sums[i]! += values[i]!
    }
  }

  /** The `count` best settings over the images added so far; ties in the grid's order. */
  standings(count: number): Standings {
    const hmean = new Float64Array(this.#grid.size)
    for (let i = 0; i < hmean.length; i++) hmean[i] = this.#scores(i).hmean
    const order = Uint32Array.from(hmean.keys()).sort((a, b) => hmean[b]! - hmean[a]! || a - b)
    const baseline = this.#scores(this.baselineIndex)
    const top = Array.from(order.subarray(0, count), (index): Standing => {
      const scores = this.#scores(index)
      return { index, setting: this.#grid.setting(index), scores, delta: scores.hmean - baseline.hmean }
    })
    return { baseline, top }
  }

  /** Per-image statistics of the grid's settings, and of the baseline alone. */
  statistics(): { grid: ImageStatistics; baseline: { setting: Setting; stats: ImageStatistics } } {
    return {
      grid: this.#columns(0, this.#grid.size),
      baseline: { setting: this.#baseline, stats: this.#columns(this.baselineIndex, this.baselineIndex + 1) },
    }
  }

  #scores(i: number): Scores {
    const { matched, gtCare, detCare } = this.#sums
    return micro(matched[i]!, gtCare[i]!, matched[i]!, detCare[i]!)
  }

  #columns(from: number, to: number): ImageStatistics {
    const positions = this.positions
    const collect = (name: keyof GridCounts) => {
      const values = new Float64Array((to - from) * positions.length)
      for (const [column, position] of positions.entries()) {
        const counts = this.#images.get(position)![name]
        for (let s = from; s < to; s++) values[(s - from) * positions.length + column] = counts[s]!
      }
      return values
    }
    const matched = collect('matched')
    return {
      settings: to - from,
      images: positions.length,
      aggregation: 'micro',
      recallHits: matched,
      recallTotal: collect('gtCare'),
      precisionHits: matched,
      precisionTotal: collect('detCare'),
    }
  }
}

function joined(a: GridCounts, b: GridCounts): GridCounts {
  const join = (x: Int32Array, y: Int32Array) => {
    const both = new Int32Array(x.length + y.length)
    both.set(x)
    both.set(y, x.length)
    return both
  }
  return {
    matched: join(a.matched, b.matched),
    gtCare: join(a.gtCare, b.gtCare),
    detCare: join(a.detCare, b.detCare),
  }
}
