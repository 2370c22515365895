import type { Scores } from '@thresher/core'
import type { Protocol } from '@thresher/native'

/** What precision, recall and H-Mean are made of. */
export interface MatchCounts {
  /** Detections matched with a ground truth, one to one. */
  readonly matched: number
  /** Ground truth objects that count: valid and not "don't care". */
  readonly gtCare: number
  /** Detections that count: valid and not on a "don't care" region. */
  readonly detCare: number
}

export interface ScoredImage extends Scores, MatchCounts {
  readonly image: string
}

/** Scores of a data set; `precision`, `recall` and `hmean` are of the sums over all images (micro). */
export interface DatasetScore extends Scores {
  readonly protocol: Protocol
  readonly counts: MatchCounts
  /** In the order of the ground truth. */
  readonly images: readonly ScoredImage[]
}
