import { type ConfusionMatrix, columnSums, rowSums } from './confusion-matrix.js'

/** The share of samples taken for what they are, scikit-learn's accuracy_score; NaN of none. */
export function accuracy({ counts }: ConfusionMatrix): number {
  return diagonal(counts) / sum(rowSums(counts))
}

/** Recall of every class that has samples. */
function recalls({ counts }: ConfusionMatrix): number[] {
  return rowSums(counts).flatMap((total, i) => (total === 0 ? [] : [counts[i]![i]! / total]))
}

/**
 * The mean recall of the classes that have samples; `adjusted`, rescaled so that guessing gives 0. scikit-learn's
 * balanced_accuracy_score; NaN without samples, and `adjusted` with one class.
 */
export function balancedAccuracy(
  matrix: ConfusionMatrix,
  options: { readonly adjusted?: boolean } = {},
): number {
  const each = recalls(matrix)
  const mean = sum(each) / each.length
  if (!options.adjusted) return mean
  const chance = 1 / each.length
  return chance === 1 ? Number.NaN : (mean - chance) / (1 - chance)
}

/**
 * The geometric mean of the recalls of the classes that have samples: of two classes sqrt(sensitivity * specificity).
 * M. Kubat, S. Matwin, ICML 1997. 0 where a class is never found; NaN without samples.
 */
export function geometricMean(matrix: ConfusionMatrix): number {
  const each = recalls(matrix)
  return each.reduce((product, recall) => product * recall, 1) ** (1 / each.length)
}

/**
 * Cohen's kappa, agreement beyond chance: J. Cohen, Educational and Psychological Measurement 20(1), 1960; weighted by
 * the distance of classes in their order, linear or squared (Psychological Bulletin 70(4), 1968). NaN where chance
 * alone agrees fully: all samples of one class and taken for it.
 */
export function cohenKappa(
  { counts }: ConfusionMatrix,
  options: { readonly weights?: 'linear' | 'quadratic' } = {},
): number {
  const actual = rowSums(counts)
  const predicted = columnSums(counts)
  const total = sum(actual)
  let disagreement = 0
  let expected = 0
  for (const [i, row] of counts.entries()) {
    for (const [j, count] of row.entries()) {
      const weight =
        options.weights === undefined
          ? Number(i !== j)
          : options.weights === 'linear'
            ? Math.abs(i - j)
            : (i - j) ** 2
      disagreement += weight * count
      expected += (weight * actual[i]! * predicted[j]!) / total
    }
  }
  return 1 - disagreement / expected
}

/**
 * Matthews' correlation coefficient, of any number of classes: J. Gorodkin, Computational Biology and Chemistry 28,
 * 2004. 0 where all samples are of one class or taken for one.
 */
export function matthewsCorrelation({ counts }: ConfusionMatrix): number {
  const actual = rowSums(counts)
  const predicted = columnSums(counts)
  const total = sum(actual)
  const product = (a: readonly number[], b: readonly number[]) => sum(a.map((value, i) => value * b[i]!))
  const covariance = diagonal(counts) * total - product(actual, predicted)
  const spread = (total * total - product(predicted, predicted)) * (total * total - product(actual, actual))
  return spread === 0 ? 0 : covariance / Math.sqrt(spread)
}

function diagonal(counts: readonly (readonly number[])[]): number {
  return sum(counts.map((row, i) => row[i]!))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
