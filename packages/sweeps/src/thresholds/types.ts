import type {
  CrossValidation,
  FlatZone,
  Grid,
  ImageStatistics,
  Plateau,
  Ranking,
  Scores,
  Setting,
} from '@thresher/core'
import type { Backend, PostprocessMode, Protocol, Scoring, Size } from '@thresher/native'
import type { MapSet } from '../maps/types.js'
import type { PolygonFile } from '../polygons/types.js'

/** A grid of postprocess settings to score over a data set, and the setting to compare them with. */
export interface ThresholdRequest {
  readonly maps: MapSet
  readonly groundTruth: PolygonFile
  /** Size of each image that boxes are scaled to; images not in it keep their map's size. */
  readonly sizes: ReadonlyMap<string, Size>
  readonly mode: PostprocessMode
  readonly scoring: Scoring
  /** Where boxes are found, 'cpu' where absent; the results are the same. */
  readonly backend?: Backend | undefined
  readonly grid: Grid
  /** Need not be in the grid. */
  readonly baseline: Setting
  /** Images evaluated at once. */
  readonly threads: number
  /** Fixes the bootstrap's resamples. */
  readonly seed: number
  readonly resamples?: number | undefined
  /** Also says what the tuned setting is worth on images not seen, by this many folds. */
  readonly folds?: number | undefined
  /** How often the grid is made finer around what cannot be told from the best setting; 0 where absent. */
  readonly refine?: number | undefined
  /** A file that keeps what is finished, and from which an interrupted sweep goes on. */
  readonly resume?: string | undefined
}

/** A setting's scores over the images done so far, without any statement about noise. */
export interface Standing {
  readonly index: number
  readonly setting: Setting
  readonly scores: Scores
  /** H-Mean minus the baseline's. */
  readonly delta: number
}

export interface Standings {
  readonly baseline: Scores
  /** The best settings so far, best first. */
  readonly top: readonly Standing[]
}

export interface ThresholdProgress {
  readonly phase: 'evaluate' | 'bootstrap'
  /** From 0; further ones are on finer grids. */
  readonly round: number
  /** In the grid of this round. */
  readonly settings: number
  readonly imagesDone: number
  readonly images: number
  /** Part of the phase that is done, 0 to 1. */
  readonly fraction: number
  readonly elapsedSeconds: number
  /** Estimate from the speed so far; absent until there is one. */
  readonly secondsLeft?: number | undefined
  /** Present a few times a second, where it changed. */
  readonly standings?: Standings | undefined
}

export interface ThresholdResult {
  readonly protocol: Protocol
  readonly images: number
  /** The grid whose settings are ranked: the request's, or the finest. */
  readonly grid: Grid
  readonly configurations: number
  readonly elapsedSeconds: number
  readonly backend: Backend
  readonly ranking: Ranking
  readonly statistics: ImageStatistics
  /** The baseline's statistics on the same images. */
  readonly baselineStatistics: ImageStatistics
  /** Around the best setting; absent where the sweep was interrupted. */
  readonly plateau?: Plateau
  /** Through the best setting. */
  readonly flatZones: readonly FlatZone[]
  /** Present where folds were asked for and the sweep was not interrupted. */
  readonly crossValidated?: CrossValidation
  /** In the order of the statistics' columns. */
  readonly imageNames: readonly string[]
  /** True where the signal ended the evaluation early: the figures are those of the images listed. */
  readonly interrupted: boolean
}

export interface SweepOptions {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: ThresholdProgress) => void) | undefined
  readonly onNotice?: ((line: string) => void) | undefined
}
