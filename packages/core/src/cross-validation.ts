import { type BootstrapOptions, pairedBootstrap } from './bootstrap.js'
import { InputError } from './errors.js'
import type { ExactValues } from './exact-values.js'
import type { Grid } from './grid.js'
import type { Setting } from './parameter.js'
import { createRandom } from './random.js'
import { COLUMNS, type ImageStatistics, scoresOf, sumsHmean } from './statistics.js'

/** What tuning is worth on images that it did not see. */
export interface CrossValidation {
  readonly folds: number
  /** H-Mean of all images, each under the setting chosen without its fold. */
  readonly hmean: number
  /** That minus the baseline's H-Mean on the same images. */
  readonly delta: number
  /** Percentile interval of delta over images, the choices held fixed. */
  readonly interval: readonly [low: number, high: number]
  /** The setting chosen without each fold. */
  readonly chosen: readonly Setting[]
}

/**
 * K-fold cross-validation of "take the setting with the best H-Mean": images are dealt into folds at random, each fold
 * is scored under the setting that is best on the others (the first in grid order among equals), and the pooled score
 * is compared with the baseline's. M. Stone, "Cross-validatory choice and assessment of statistical predictions",
 * Journal of the Royal Statistical Society B 36(2), 1974.
 *
 * @throws InputError unless there are from 2 to as many folds as images; else as pairedBootstrap.
 */
export async function crossValidate(
  grid: Grid,
  stats: ImageStatistics,
  baseline: ImageStatistics,
  folds: number,
  options: BootstrapOptions = {},
): Promise<CrossValidation> {
  if (!Number.isInteger(folds) || folds < 2 || folds > stats.images) {
    throw new InputError(
      `${folds} folds of ${stats.images} images; give a whole number from 2 to the number of images.`,
    )
  }
  const foldOf = dealt(stats.images, folds, options.seed ?? 0)
  const chosen = bestWithoutEach(stats, foldOf, folds)
  const pooled = pool(stats, foldOf, chosen)
  const { delta, low, high } = await pairedBootstrap(pooled, baseline, options)
  return {
    folds,
    hmean: scoresOf(pooled, 0).hmean,
    delta: delta[0]!,
    interval: [low[0]!, high[0]!],
    chosen: Array.from(chosen, (index) => grid.setting(index)),
  }
}

/** The fold of every image, folds as equal in size as can be. */
function dealt(images: number, folds: number, seed: number): Uint32Array {
  const random = createRandom(seed)
  const order = Uint32Array.from({ length: images }, (_, i) => i)
  for (let i = images - 1; i > 0; i--) {
    const j = random.int(i + 1)
    const swapped = order[i]!
    order[i] = order[j]!
    order[j] = swapped
  }
  const foldOf = new Uint32Array(images)
  for (const [place, image] of order.entries()) foldOf[image] = place % folds
  return foldOf
}

/** For every fold the setting with the best H-Mean on the images of the others. */
function bestWithoutEach(stats: ImageStatistics, foldOf: Uint32Array, folds: number): Uint32Array {
  const best = new Uint32Array(folds)
  const highest = new Float64Array(folds).fill(Number.NEGATIVE_INFINITY)
  const hmeanWithout = stats.aggregation === 'image-mean' ? meanWithout : microWithout
  for (let setting = 0; setting < stats.settings; setting++) {
    const without = hmeanWithout(stats, setting, foldOf, folds)
    for (let fold = 0; fold < folds; fold++) {
      if (without[fold]! > highest[fold]!) {
        highest[fold] = without[fold]!
        best[fold] = setting
      }
    }
  }
  return best
}

function microWithout(
  stats: ImageStatistics,
  setting: number,
  foldOf: Uint32Array,
  folds: number,
): Float64Array {
  const sums = COLUMNS.map((name) => sumsWithout(stats[name], setting * stats.images, foldOf, folds))
  const [recallHits, recallTotal, precisionHits, precisionTotal] = sums
  const hmeanOf = sumsHmean(stats.aggregation === 'micro' ? 'micro' : 'micro-mmocr')
  return Float64Array.from({ length: folds }, (_, f) =>
    hmeanOf(recallHits![f]!, recallTotal![f]!, precisionHits![f]!, precisionTotal![f]!),
  )
}

function meanWithout(
  stats: ImageStatistics,
  setting: number,
  foldOf: Uint32Array,
  folds: number,
): Float64Array {
  const hmeans = Float64Array.from(foldOf, (_, image) => scoresOf(stats, setting, [image]).hmean)
  const ones = new Float64Array(stats.images).fill(1)
  const sums = sumsWithout(hmeans, 0, foldOf, folds)
  const counts = sumsWithout(ones, 0, foldOf, folds)
  return sums.map((sum, fold) => sum / counts[fold]!)
}

/** Sums over the images outside each fold; added up fold by fold, so that no difference of sums loses digits. */
function sumsWithout(values: ExactValues, offset: number, foldOf: Uint32Array, folds: number): Float64Array {
  const within = new Float64Array(folds)
  for (let image = 0; image < foldOf.length; image++) {
    const fold = foldOf[image]!
    within[fold] = within[fold]! + values[offset + image]!
  }
  return within.map((_, left) => within.reduce((sum, value, fold) => (fold === left ? sum : sum + value), 0))
}

/** One setting whose statistics on each image are those of the setting chosen without the image's fold. */
function pool(stats: ImageStatistics, foldOf: Uint32Array, chosen: Uint32Array): ImageStatistics {
  const column = (name: (typeof COLUMNS)[number]) =>
    Float64Array.from(foldOf, (fold, image) => stats[name][chosen[fold]! * stats.images + image]!)
  return {
    settings: 1,
    images: stats.images,
    aggregation: stats.aggregation,
    recallHits: column('recallHits'),
    recallTotal: column('recallTotal'),
    precisionHits: column('precisionHits'),
    precisionTotal: column('precisionTotal'),
  }
}
