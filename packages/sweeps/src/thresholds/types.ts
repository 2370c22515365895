import type { Grid, ImageStatistics, Ranking, Scores, Setting } from '@thresher/core'
import type { PostprocessMode, Protocol, Scoring, Size } from '@thresher/native'
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
  readonly grid: Grid
  /** Need not be in the grid. */
  readonly baseline: Setting
  /** Images evaluated at once. */
  readonly threads: number
  /** Fixes the bootstrap's resamples. */
  readonly seed: number
  readonly resamples?: number | undefined
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
  readonly configurations: number
  readonly elapsedSeconds: number
  readonly backend: 'cpu' | 'cuda'
  readonly ranking: Ranking
  readonly statistics: ImageStatistics
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
