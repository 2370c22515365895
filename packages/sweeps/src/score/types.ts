import type { Scores } from '@thresher/core'
import type { Fate, Protocol, Scoring, Tally } from '@thresher/native'

/** What a protocol counts, by its own names. */
export type Counts = Readonly<Record<string, number>>

/** What became of one polygon. */
export interface PolygonOutcome {
  readonly fate: Fate
  /** The polygons of the other side that it belongs to, by index, ascending. */
  readonly with: readonly number[]
}

/** Scores, and the counts that they are made of. */
export interface CountedScores extends Scores {
  readonly counts: Counts
}

export interface ScoredImage extends CountedScores {
  readonly image: string
  readonly tally: Tally
  /** What was read rather than found, where the scoring asks for it. */
  readonly endToEnd?: CountedScores
  /** In the order of the ground truth. */
  readonly objects: readonly PolygonOutcome[]
  /** In the order of the file, whatever order the protocol reads them in. */
  readonly detections: readonly PolygonOutcome[]
}

/** Scores at one of hmean-iou's score thresholds. */
export interface ThresholdScores extends Scores {
  readonly scoreThreshold: number
}

/** Scores of text of some height: a share of the image's longer side, from `low` to `high`, both included. */
export interface ScaleScores extends CountedScores {
  readonly low: number
  readonly high: number
}

export interface DatasetScore extends CountedScores {
  readonly protocol: Protocol
  readonly scoring: Scoring
  readonly endToEnd?: CountedScores
  /** hmean-iou: every score threshold tried, and the one whose scores these are. */
  readonly thresholds?: readonly ThresholdScores[]
  readonly scoreThreshold?: number
  /** cleval-receipt: the same mean in the arithmetic of the competition's code, which keeps 32-bit floats. */
  readonly float32?: Scores
  /** In the order of the ground truth. */
  readonly images: readonly ScoredImage[]
}
