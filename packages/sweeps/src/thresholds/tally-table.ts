import {
  EXACT_KINDS,
  type ExactValues,
  exactKind,
  type Grid,
  type ImageStatistics,
  micro,
  microMmocr,
  type Scores,
  type Setting,
} from '@thresher/core'
import type { CompactTallies } from './compact-tallies.js'
import { TALLY_COLUMNS } from './grid-tallies.js'
import type { Standing, Standings } from './types.js'

/**
 * Tallies of every (setting, image) of a sweep, with their sums over the images added so far. The baseline is a further
 * setting after the grid's where it is not one of them. Of a protocol's levels (hmean-iou's score thresholds) each
 * setting has the one with the best H-Mean over all images, the first among equals, as the evaluator chooses it.
 */
export class TallyTable {
  readonly baselineIndex: number
  readonly #grid: Grid
  readonly #baseline: Setting
  readonly #settings: number
  readonly #sums: ScoreSums
  readonly #images = new Map<number, CompactTallies>()
  #levels = 1

  constructor(grid: Grid, baseline: Setting, aggregation: ImageStatistics['aggregation']) {
    this.#grid = grid
    this.#baseline = baseline
    const index = grid.indexOf(baseline)
    this.baselineIndex = index < 0 ? grid.size : index
    this.#settings = index < 0 ? grid.size + 1 : grid.size
    this.#sums = aggregation === 'image-mean' ? new ImageSums() : new MicroSums(aggregation)
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

  /** Takes the tallies of the grid's settings, and after them the baseline's where it is not one of them. */
  add(position: number, tallies: CompactTallies): void {
    this.#levels = tallies.levels
    this.#images.set(position, tallies)
    this.#sums.add(tallies)
  }

  /** The `count` best settings over the images added so far; ties in the grid's order. */
  standings(count: number): Standings {
    const hmean = new Float64Array(this.#grid.size)
    for (let i = 0; i < hmean.length; i++) hmean[i] = this.#best(i).scores.hmean
    const order = Uint32Array.from(hmean.keys()).sort((a, b) => hmean[b]! - hmean[a]! || a - b)
    const baseline = this.#best(this.baselineIndex).scores
    const top = Array.from(order.subarray(0, count), (index): Standing => {
      const { scores } = this.#best(index)
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

  /** Of a setting, the place of its best level in the columns, with its scores. */
  #best(setting: number): { at: number; scores: Scores } {
    const first = setting * this.#levels
    let best = { at: first, scores: this.#sums.scores(first) }
    for (let at = first + 1; at < first + this.#levels; at++) {
      const scores = this.#sums.scores(at)
      if (scores.hmean > best.scores.hmean) best = { at, scores }
    }
    return best
  }

  #columns(from: number, to: number): ImageStatistics {
    const images = this.positions.map((position) => this.#images.get(position)!)
    const places = Uint32Array.from({ length: to - from }, (_, s) => this.#best(from + s).at)
    const collect = (name: (typeof TALLY_COLUMNS)[number]) => {
      const column = TALLY_COLUMNS.indexOf(name)
      const kind = EXACT_KINDS[exactKind(images.map(({ columns }) => columns[column]!))]!
      const values = new kind(places.length * images.length)
      for (const [i, tallies] of images.entries()) {
        const tally = tallies.columns[column]!
        for (const [s, at] of places.entries()) values[s * images.length + i] = tally[tallies.places[at]!]!
      }
      return values
    }
    return {
      settings: places.length,
      images: images.length,
      aggregation: this.#sums.aggregation,
      recallHits: collect('recallHits'),
      recallTotal: collect('recallTotal'),
      precisionHits: collect('precisionHits'),
      precisionTotal: collect('precisionTotal'),
    }
  }
}

/** What the score of a data set is made of, summed image by image; a column has one value a (setting, level). */
interface ScoreSums {
  readonly aggregation: ImageStatistics['aggregation']
  add(tallies: CompactTallies): void
  scores(at: number): Scores
}

/** Ratios of the sums. */
class MicroSums implements ScoreSums {
  readonly aggregation: 'micro' | 'micro-mmocr'
  #columns: Record<(typeof TALLY_COLUMNS)[number], Float64Array> | undefined

  constructor(aggregation: 'micro' | 'micro-mmocr') {
    this.aggregation = aggregation
  }

  add(tallies: CompactTallies): void {
    const zeros = () => new Float64Array(tallies.places.length)
    this.#columns ??= {
      recallHits: zeros(),
      recallTotal: zeros(),
      precisionHits: zeros(),
      precisionTotal: zeros(),
    }
    for (const [column, name] of TALLY_COLUMNS.entries()) {
      const sums = this.#columns[name]
      const values = Float64Array.from(tallies.columns[column]!)
      for (let i = 0; i < sums.length; i++) sums[i]! += values[tallies.places[i]!]!
    }
  }

  scores(at: number): Scores {
    const scores = this.aggregation === 'micro' ? micro : microMmocr
    if (!this.#columns) return scores(0, 0, 0, 0)
    const { recallHits, recallTotal, precisionHits, precisionTotal } = this.#columns
    return scores(recallHits[at]!, recallTotal[at]!, precisionHits[at]!, precisionTotal[at]!)
  }
}

/** Means of the images' own scores. */
class ImageSums implements ScoreSums {
  readonly aggregation = 'image-mean'
  #images = 0
  #columns: Record<keyof Scores, Float64Array> | undefined

  add({ places, columns }: CompactTallies): void {
    const zeros = () => new Float64Array(places.length)
    this.#columns ??= { precision: zeros(), recall: zeros(), hmean: zeros() }
    const { precision, recall, hmean } = this.#columns
    const [recallHits, recallTotal, precisionHits, precisionTotal] = columns as [
      ExactValues,
      ExactValues,
      ExactValues,
      ExactValues,
    ]
    const ofTally = Array.from(recallHits, (hits, i) =>
      micro(hits, recallTotal[i]!, precisionHits[i]!, precisionTotal[i]!),
    )
    for (let i = 0; i < places.length; i++) {
      const scores = ofTally[places[i]!]!
      precision[i]! += scores.precision
      recall[i]! += scores.recall
      hmean[i]! += scores.hmean
    }
    this.#images++
  }

  scores(at: number): Scores {
    const mean = (name: keyof Scores) => (this.#columns ? this.#columns[name][at]! / this.#images : 0)
    return { precision: mean('precision'), recall: mean('recall'), hmean: mean('hmean') }
  }
}
