import { InputError } from '../errors.js'
import { optionsOf } from '../options.js'
import { type ConfusionMatrix, type Label, oneAgainstRest } from './confusion-matrix.js'

/** How classes make one figure. */
export type Average = 'binary' | 'macro' | 'micro' | 'weighted'

export interface AverageOptions<L extends Label = Label> {
  /**
   * `binary`: of the class `positive`. `macro`: the mean of the classes'. `micro`: of the sums over classes.
   * `weighted`: the mean weighted by how many samples each class has. `binary` where not given.
   */
  readonly average?: Average
  /** The class that counts as positive; of two classes the second (1, true), where not given. */
  readonly positive?: L
  /** What a ratio is whose denominator is 0; 0 where not given, as scikit-learn with a warning. */
  readonly zeroDivision?: 0 | 1
}

/** Each in [0, 1]. */
export interface PrecisionRecall {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

/**
 * Precision, recall and F1 of every class, with how many samples it has (C. J. van Rijsbergen, "Information
 * retrieval", 2nd ed., 1979); scikit-learn's precision_recall_fscore_support without an average.
 */
export function perClass(
  matrix: ConfusionMatrix,
  zeroDivision: 0 | 1 = 0,
): (PrecisionRecall & { readonly support: number })[] {
  return oneAgainstRest(matrix).map(({ truePositives, falsePositives, falseNegatives }) => ({
    ...fromCounts(truePositives, falsePositives, falseNegatives, zeroDivision),
    support: truePositives + falseNegatives,
  }))
}

/**
 * Precision, recall and F1, averaged as scikit-learn's precision_recall_fscore_support: the F1 of `macro` and
 * `weighted` is the mean of the classes' F1, not the harmonic mean of the averages.
 */
export function precisionRecall<L extends Label>(
  matrix: ConfusionMatrix<L>,
  options: AverageOptions<L> = {},
): PrecisionRecall {
  const { average = 'binary', positive, zeroDivision = 0 } = options
  const checks = optionsOf('precisionRecall')
  checks.allowed(options, ['average', 'positive', 'zeroDivision'])
  checks.oneOf('average', average, ['binary', 'macro', 'micro', 'weighted'])
  if (average === 'binary') {
    const { support, ...of } = perClass(matrix, zeroDivision)[positivePlace(matrix, positive)]!
    return of
  }
  if (average === 'micro') {
    const all = oneAgainstRest(matrix)
    const sum = (name: 'truePositives' | 'falsePositives' | 'falseNegatives') =>
      all.reduce((total, counts) => total + counts[name], 0)
    return fromCounts(sum('truePositives'), sum('falsePositives'), sum('falseNegatives'), zeroDivision)
  }
  const classes = perClass(matrix, zeroDivision)
  const weights = classes.map(({ support }) => (average === 'macro' ? 1 : support))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const mean = (name: keyof PrecisionRecall) =>
    total === 0 ? zeroDivision : classes.reduce((sum, each, i) => sum + each[name] * weights[i]!, 0) / total
  return { precision: mean('precision'), recall: mean('recall'), f1: mean('f1') }
}

/**
 * True negatives over all negatives: the recall of what is not `positive`; averaged over classes as above.
 */
export function specificity<L extends Label>(
  matrix: ConfusionMatrix<L>,
  options: AverageOptions<L> = {},
): number {
  const { average = 'binary', positive, zeroDivision = 0 } = options
  const checks = optionsOf('specificity')
  checks.allowed(options, ['average', 'positive', 'zeroDivision'])
  checks.oneOf('average', average, ['binary', 'macro', 'micro', 'weighted'])
  const all = oneAgainstRest(matrix)
  const values = all.map(({ trueNegatives, falsePositives }) =>
    ratio(trueNegatives, trueNegatives + falsePositives, zeroDivision),
  )
  if (average === 'binary') return values[positivePlace(matrix, positive)]!
  if (average === 'micro') {
    const negatives = all.reduce((sum, counts) => sum + counts.trueNegatives, 0)
    const wrong = all.reduce((sum, counts) => sum + counts.falsePositives, 0)
    return ratio(negatives, negatives + wrong, zeroDivision)
  }
  const weights = all.map(({ truePositives, falseNegatives }) =>
    average === 'macro' ? 1 : truePositives + falseNegatives,
  )
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return ratio(
    values.reduce((sum, value, i) => sum + value * weights[i]!, 0),
    total,
    zeroDivision,
  )
}

function positivePlace<L extends Label>({ labels }: ConfusionMatrix<L>, positive: L | undefined): number {
  if (positive === undefined) {
    if (labels.length === 2) return 1
    throw new InputError(
      `there are ${labels.length} classes (${labels.join(', ')}); give positive, or another average than binary.`,
    )
  }
  const place = labels.indexOf(positive)
  if (place < 0)
    throw new InputError(`positive is ${String(positive)}; the classes are ${labels.join(', ')}.`)
  return place
}

function fromCounts(hits: number, wrong: number, missed: number, zeroDivision: 0 | 1): PrecisionRecall {
  return {
    precision: ratio(hits, hits + wrong, zeroDivision),
    recall: ratio(hits, hits + missed, zeroDivision),
    f1: ratio(2 * hits, 2 * hits + wrong + missed, zeroDivision),
  }
}

function ratio(numerator: number, denominator: number, zeroDivision: 0 | 1): number {
  return denominator === 0 ? zeroDivision : numerator / denominator
}
