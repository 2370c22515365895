import type { Scores } from '@thresher/core'
import type { MatchCounts } from './types.js'

/**
 * Scores of one image as the ICDAR 2015 script gives them: an image without objects that count has recall 1, and
 * precision 1 unless something was detected on it.
 */
export function imageScores({ matched, gtCare, detCare }: MatchCounts): Scores {
  const recall = gtCare === 0 ? 1 : matched / gtCare
  const precision = gtCare === 0 ? Number(detCare === 0) : detCare === 0 ? 0 : matched / detCare
  const hmean = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
  return { precision, recall, hmean }
}

/** Scores of a data set's sums, where without objects or without detections a ratio is 0. */
export function datasetScores({ matched, gtCare, detCare }: MatchCounts): Scores {
  const recall = gtCare === 0 ? 0 : matched / gtCare
  const precision = detCare === 0 ? 0 : matched / detCare
  const hmean = precision + recall === 0 ? 0 : (2 * recall * precision) / (recall + precision)
  return { precision, recall, hmean }
}
