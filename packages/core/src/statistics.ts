import { rowsEqual } from './distinct.js'
import type { ExactValues } from './exact-values.js'

/**
 * What scoring leaves of every setting on every image: the numerators and denominators of recall and precision.
 * Arrays hold settings x images, at [setting * images + image]; values are finite, fractions where the protocol gives
 * partial credit. Totals are >= 0; hits may be below 0 where the protocol subtracts penalties (CLEval).
 */
export interface ImageStatistics {
  readonly settings: number
  readonly images: number
  /**
   * How images make one score. `micro`: ratios of the sums over images, 0 where the total is 0. `micro-mmocr`: the
   * same, but where there is nothing to find recall is 1, and so is precision where nothing was found either.
   * `image-mean`: the mean of each image's own precision, recall and H-Mean.
   */
  readonly aggregation: 'micro' | 'micro-mmocr' | 'image-mean'
  readonly recallHits: ExactValues
  readonly recallTotal: ExactValues
  readonly precisionHits: ExactValues
  readonly precisionTotal: ExactValues
}

/** The columns of statistics. */
export const COLUMNS = ['recallHits', 'recallTotal', 'precisionHits', 'precisionTotal'] as const

/** Precision, recall and their harmonic mean, each in [0, 1]. */
export interface Scores {
  precision: number
  recall: number
  hmean: number
}

/** The harmonic mean 2 P R / (P + R) of precision and recall, 0 where both are 0. */
export function harmonicMean(precision: number, recall: number): number {
  const sum = precision + recall
  return sum === 0 ? 0 : (2 * recall * precision) / sum
}

/** A ratio of hits to a total; 0 where the total is 0, and where penalties outweigh the hits. */
function ratio(hits: number, total: number): number {
  return total === 0 || hits <= 0 ? 0 : hits / total
}

/** H-Mean of summed hits and totals; as {@link micro}, without the object. */
export function microHmean(
  recallHits: number,
  recallTotal: number,
  precisionHits: number,
  precisionTotal: number,
): number {
  return harmonicMean(ratio(precisionHits, precisionTotal), ratio(recallHits, recallTotal))
}

/**
 * Scores of summed hits and totals. A ratio whose total is 0 counts as 0, as in the ICDAR scripts' dataset score, and so
 * does one whose hits are below 0, as CLEval clamps them after summing.
 */
export function micro(
  recallHits: number,
  recallTotal: number,
  precisionHits: number,
  precisionTotal: number,
): Scores {
  const recall = ratio(recallHits, recallTotal)
  const precision = ratio(precisionHits, precisionTotal)
  return { precision, recall, hmean: harmonicMean(precision, recall) }
}

/** Scores of summed hits and totals as MMOCR's metrics take them: {@link micro} but where there is nothing to find. */
export function microMmocr(
  recallHits: number,
  recallTotal: number,
  precisionHits: number,
  precisionTotal: number,
): Scores {
  if (recallTotal !== 0) return micro(recallHits, recallTotal, precisionHits, precisionTotal)
  const precision = Number(precisionTotal === 0)
  return { precision, recall: 1, hmean: harmonicMean(precision, 1) }
}

/** H-Mean of summed hits and totals, as an aggregation of sums makes it. */
export function sumsHmean(
  aggregation: Exclude<ImageStatistics['aggregation'], 'image-mean'>,
): typeof microHmean {
  return aggregation === 'micro' ? microHmean : (...sums) => microMmocr(...sums).hmean
}

/**
 * Scores of one setting over all images, or over `images` (indices, with repeats where an image counts more than
 * once), summed in that order. No images give zeros.
 *
 * With `image-mean` an image's ratio whose total is 0 counts as 0; a protocol that wants another convention (ICDAR:
 * recall 1 where there is nothing to find) writes the hits and totals that say so.
 */
export function scoresOf(stats: ImageStatistics, setting: number, images?: ArrayLike<number>): Scores {
  const { recallHits, recallTotal, precisionHits, precisionTotal } = stats
  const row = setting * stats.images
  const count = images ? images.length : stats.images
  if (stats.aggregation === 'image-mean') {
    let precision = 0
    let recall = 0
    let hmean = 0
    for (let i = 0; i < count; i++) {
      const at = row + (images ? images[i]! : i)
      const imagePrecision = ratio(precisionHits[at]!, precisionTotal[at]!)
      const imageRecall = ratio(recallHits[at]!, recallTotal[at]!)
      precision += imagePrecision
      recall += imageRecall
      hmean += harmonicMean(imagePrecision, imageRecall)
    }
    return { precision: ratio(precision, count), recall: ratio(recall, count), hmean: ratio(hmean, count) }
  }
  let rh = 0
  let rt = 0
  let ph = 0
  let pt = 0
  for (let i = 0; i < count; i++) {
    const at = row + (images ? images[i]! : i)
    rh += recallHits[at]!
    rt += recallTotal[at]!
    ph += precisionHits[at]!
    pt += precisionTotal[at]!
  }
  return stats.aggregation === 'micro' ? micro(rh, rt, ph, pt) : microMmocr(rh, rt, ph, pt)
}

/**
 * Checks that the arrays have settings x images values, all finite, and totals >= 0.
 * @throws RangeError naming the array; statistics come from the program, so this is its fault, not the person's.
 */
export function checkStatistics(stats: ImageStatistics): void {
  const size = stats.settings * stats.images
  for (const name of COLUMNS) {
    const values = stats[name]
    if (values.length !== size) {
      throw new RangeError(
        `${name} has ${values.length} values, not ${stats.settings} settings x ${stats.images} images`,
      )
    }
    const least = name.endsWith('Total') ? 0 : Number.NEGATIVE_INFINITY
    for (let i = 0; i < size; i++) {
      const value = values[i]!
      if (!(Number.isFinite(value) && value >= least)) throw new RangeError(`${name}[${i}] is ${value}`)
    }
  }
}

/** The statistics of one setting, sharing memory with those of all. */
export function statisticsOf(stats: ImageStatistics, setting: number): ImageStatistics {
  const { images, aggregation } = stats
  const row = (name: (typeof COLUMNS)[number]) =>
    stats[name].subarray(setting * images, (setting + 1) * images)
  return {
    settings: 1,
    images,
    aggregation,
    recallHits: row('recallHits'),
    recallTotal: row('recallTotal'),
    precisionHits: row('precisionHits'),
    precisionTotal: row('precisionTotal'),
  }
}

/** Whether two settings have the same hits and totals on every image. */
export function sameStatistics(stats: ImageStatistics, a: number, b: number): boolean {
  return COLUMNS.every((name) => rowsEqual(stats[name], a, stats[name], b, stats.images))
}
