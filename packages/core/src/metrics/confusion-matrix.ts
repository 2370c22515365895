import { InputError } from '../errors.js'

export type Label = string | number | boolean

/** How often each class was taken for each. */
export interface ConfusionMatrix<L extends Label = Label> {
  /** The classes, in the order of rows and columns. */
  readonly labels: readonly L[]
  /** counts[i][j]: samples of class i that were taken for class j. */
  readonly counts: readonly (readonly number[])[]
}

/**
 * Counts samples by their class and the class they were taken for: scikit-learn's confusion_matrix.
 *
 * @param labels the classes and their order; those that occur, ascending, where not given. A class may be absent from
 *   the samples; a sample of a class that is not among them is an error.
 * @throws InputError for lengths that differ, and unknown classes.
 */
export function confusionMatrix<L extends Label>(
  actual: ArrayLike<L>,
  predicted: ArrayLike<L>,
  labels?: readonly L[],
): ConfusionMatrix<L> {
  if (actual.length !== predicted.length) {
    throw new InputError(
      `confusionMatrix: ${actual.length} classes and ${predicted.length} predictions; give one for each sample.`,
    )
  }
  const all = labels ?? [...new Set([...Array.from(actual), ...Array.from(predicted)])].sort(ascending)
  const places = new Map(all.map((label, place) => [label, place]))
  if (places.size !== all.length)
    throw new InputError('confusionMatrix: a label is given twice; give each once.')
  const counts = all.map(() => new Array<number>(all.length).fill(0))
  const placeOf = (label: L, sample: number): number => {
    const place = places.get(label)
    if (place === undefined) {
      throw new InputError(
        `confusionMatrix: sample ${sample} has class ${String(label)}, which is none of ${all.join(', ')}.`,
      )
    }
    return place
  }
  for (let sample = 0; sample < actual.length; sample++) {
    const row = counts[placeOf(actual[sample]!, sample)]!
    row[placeOf(predicted[sample]!, sample)]!++
  }
  return { labels: all, counts }
}

function ascending(a: Label, b: Label): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** A class against all others. */
export interface BinaryCounts {
  readonly truePositives: number
  readonly falsePositives: number
  readonly falseNegatives: number
  readonly trueNegatives: number
}

/** Every class against all others, in the order of the labels. */
export function oneAgainstRest({ counts }: ConfusionMatrix): BinaryCounts[] {
  const actual = rowSums(counts)
  const predicted = columnSums(counts)
  const total = actual.reduce((sum, count) => sum + count, 0)
  return counts.map((row, i) => {
    const truePositives = row[i]!
    const falsePositives = predicted[i]! - truePositives
    const falseNegatives = actual[i]! - truePositives
    return {
      truePositives,
      falsePositives,
      falseNegatives,
      trueNegatives: total - truePositives - falsePositives - falseNegatives,
    }
  })
}

/** Samples of each class. */
export function rowSums(counts: readonly (readonly number[])[]): number[] {
  return counts.map((row) => row.reduce((sum, count) => sum + count, 0))
}

/** Samples that were taken for each class. */
export function columnSums(counts: readonly (readonly number[])[]): number[] {
  return counts.map((_, j) => counts.reduce((sum, row) => sum + row[j]!, 0))
}
