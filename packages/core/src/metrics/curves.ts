import { InputError } from '../errors.js'
import { type RankedScores, rankScores, type Truths } from './ranked-scores.js'

/** Rates at every threshold, highest first; a sample is taken for positive where its score is at or above it. */
export interface RocCurve {
  /** Infinity, where nothing is, then every distinct score. */
  readonly thresholds: readonly number[]
  readonly falsePositiveRate: readonly number[]
  readonly truePositiveRate: readonly number[]
}

/**
 * True against false positive rates by threshold, the highest first: T. Fawcett, "An introduction to ROC analysis",
 * Pattern Recognition Letters 27(8), 2006, algorithm 1.
 * @throws InputError where the truths are not of both classes.
 */
export function rocCurve(truths: Truths, scores: ArrayLike<number>): RocCurve {
  const ranked = bothClasses('rocCurve', rankScores('rocCurve', truths, scores))
  const { thresholds, truePositives, falsePositives, positives, negatives } = ranked
  return {
    thresholds: [Number.POSITIVE_INFINITY, ...thresholds],
    falsePositiveRate: [0, ...Array.from(falsePositives, (count) => count / negatives)],
    truePositiveRate: [0, ...Array.from(truePositives, (count) => count / positives)],
  }
}

/**
 * Area under the ROC curve: the probability that a positive scores above a negative, ties counting half. J. A. Hanley,
 * B. J. McNeil, Radiology 143(1), 1982.
 *
 * @throws InputError where the truths are not of both classes.
 */
export function rocAuc(truths: Truths, scores: ArrayLike<number>): number {
  const ranked = bothClasses('rocAuc', rankScores('rocAuc', truths, scores))
  const { truePositives, falsePositives, positives, negatives } = ranked
  let doubled = 0
  let hits = 0
  let wrong = 0
  for (let i = 0; i < truePositives.length; i++) {
    doubled += (falsePositives[i]! - wrong) * (truePositives[i]! + hits)
    hits = truePositives[i]!
    wrong = falsePositives[i]!
  }
  return doubled / 2 / positives / negatives
}

/** Precision and recall at every threshold, highest first. */
export interface PrecisionRecallCurve {
  readonly thresholds: readonly number[]
  readonly precision: readonly number[]
  readonly recall: readonly number[]
}

/**
 * Precision and recall by threshold: scikit-learn's precision_recall_curve. Recall is 1 throughout where there are no
 * positives, as there.
 */
export function precisionRecallCurve(truths: Truths, scores: ArrayLike<number>): PrecisionRecallCurve {
  const ranked = rankScores('precisionRecallCurve', truths, scores)
  const { thresholds, truePositives, falsePositives, positives } = ranked
  return {
    thresholds: [...thresholds],
    precision: Array.from(truePositives, (hits, i) => hits / (hits + falsePositives[i]!)),
    recall: Array.from(truePositives, (hits) => (positives === 0 ? 1 : hits / positives)),
  }
}

/**
 * Average precision, the area under the precision-recall curve as a step function (no straight lines between points,
 * which would be too good: J. Davis, M. Goadrich, ICML 2006). scikit-learn's average_precision_score; 0 without
 * positives.
 */
export function averagePrecision(truths: Truths, scores: ArrayLike<number>): number {
  const { truePositives, falsePositives, positives } = rankScores('averagePrecision', truths, scores)
  if (positives === 0) return 0
  let sum = 0
  let before = 0
  for (const [i, hits] of truePositives.entries()) {
    sum += ((hits - before) / positives) * (hits / (hits + falsePositives[i]!))
    before = hits
  }
  return sum
}

function bothClasses(owner: string, ranked: RankedScores): RankedScores {
  if (ranked.positives === 0 || ranked.negatives === 0) {
    const none = ranked.positives === 0 ? 'positive' : 'negative'
    throw new InputError(`${owner}: no truth is ${none}; the curve needs both.`)
  }
  return ranked
}
