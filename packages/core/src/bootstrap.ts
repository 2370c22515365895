import type { ResampleSummer } from './column-sums.js'
import { firstAlike } from './distinct.js'
import { InputError } from './errors.js'
import { type Channel, estimatorFor } from './estimator.js'
import { fewestDifferingImages, raiseMaxima, studentised } from './max-statistic.js'
import { createPacer } from './pacer.js'
import { quantile, upperCriticalValue } from './quantile.js'
import { createRandom } from './random.js'
import { drawResamples } from './resamples.js'
import { createSettingSummer } from './setting-sums.js'
import { checkStatistics, type ImageStatistics, scoresOf } from './statistics.js'

export interface BootstrapOptions {
  /** How many resamples of the images, 1 to 100,000; 2,000 where not given. */
  resamples?: number | undefined
  /** The seed of the resamples, see createRandom; 0 where not given. */
  seed?: number | undefined
  /** Coverage of the intervals and 1 - the error rate of the whole grid's test, in (0, 1); 0.95 where not given. */
  level?: number | undefined
  signal?: AbortSignal | undefined
  /** Does the sums in this package's place, with the same bits. */
  sumResamples?: ResampleSummer | undefined
  /** Hears of distinct settings done, a few times a second at least, and at the end. */
  onProgress?: ((done: number, total: number) => void) | undefined
}

/** H-Mean of every setting minus the baseline's, with its uncertainty over images. Arrays have one entry a setting. */
export interface PairedBootstrap {
  /** H-Mean minus the baseline's, on the images as they are. */
  readonly delta: Float64Array
  /** Percentile interval of the difference, for that setting alone. */
  readonly low: Float64Array
  readonly high: Float64Array
  /** Standard deviation of the difference over resamples. */
  readonly standardError: Float64Array
  /** The difference studentised for the test over all settings; 0 where too few images differ for any verdict. */
  readonly statistic: Float64Array
  /** A setting differs from the baseline, at the error rate over all settings, where |statistic| is above this. */
  readonly criticalValue: number
  readonly resamples: number
  readonly seed: number
}

const MAX_RESAMPLES = 100_000

/**
 * The paired bootstrap over images: every setting is compared with the baseline on the same resamples.
 *
 * Intervals are percentile intervals, of each setting alone. For all settings together there is a max-statistic test
 * on the same resamples: the critical value is the `level` quantile over resamples of the largest studentised
 * deviation of any setting that differs from the baseline on enough images to be called at all. Simulated in
 * test/max-statistic.calibration.test.ts: in grids without a true difference a verdict comes up in at most about 5 %.
 * A limit remains: where many small changes one way balance rare large ones the other way, sets too small to hold a
 * few of the rare ones mislead.
 *
 * Settings with the same statistics are worked out once. Results depend on the statistics, the seed and the number
 * of resamples only.
 *
 * @param stats every setting on every image
 * @param baseline one setting on the same images, in the same order
 * @throws the signal's reason; InputError for options out of range; RangeError for statistics that do not fit.
 */
export async function pairedBootstrap(
  stats: ImageStatistics,
  baseline: ImageStatistics,
  options: BootstrapOptions = {},
): Promise<PairedBootstrap> {
  const { resamples: count = 2000, seed = 0, level = 0.95, signal, sumResamples, onProgress } = options
  checkOptions(count, level)
  checkPair(stats, baseline)
  const random = createRandom(seed)
  const pacer = createPacer(signal)

  const { settings, images } = stats
  const resamples = await drawResamples(images, count, random, pacer)
  const { channels, evaluate } = estimatorFor(stats, baseline)
  const summer = await createSettingSummer(
    channels,
    resamples,
    pacer,
    sumResamples && { sumResamples, signal },
  )
  const baselineHmeans = new Float64Array(count)
  evaluate(summer.baselineSums, baselineHmeans)
  const baselineHmean = scoresOf(baseline, 0).hmean

  const delta = new Float64Array(settings)
  const low = new Float64Array(settings)
  const high = new Float64Array(settings)
  const standardError = new Float64Array(settings)
  const statistic = new Float64Array(settings)
  const maxima = new Float64Array(count)
  const enough = fewestDifferingImages(level)

  const alike = firstAlike(channels, settings, images)
  const distinct = alike.filter((first, setting) => first === setting)
  const deltas = new Float64Array(count)
  for (let start = 0; start < distinct.length; start += summer.groupSize) {
    const group = distinct.subarray(start, start + summer.groupSize)
    const sums = await summer.sum(group)
    for (const [place, setting] of group.entries()) {
      evaluate(sums[place]!, deltas)
      for (let b = 0; b < count; b++) deltas[b] = deltas[b]! - baselineHmeans[b]!
      delta[setting] = scoresOf(stats, setting).hmean - baselineHmean
      standardError[setting] = standardDeviation(deltas)
      if (countDiffering(channels, setting, images) >= enough) {
        statistic[setting] = studentised(delta[setting]!, standardError[setting]!, images)
        raiseMaxima(maxima, deltas, delta[setting]!, standardError[setting]!)
      }
      deltas.sort()
      low[setting] = quantile(deltas, (1 - level) / 2)
      high[setting] = quantile(deltas, (1 + level) / 2)
      if (pacer.due()) {
        onProgress?.(start + place + 1, distinct.length)
        await pacer.pause()
      }
    }
  }
  for (const values of [delta, low, high, standardError, statistic]) {
    for (let setting = 0; setting < settings; setting++) values[setting] = values[alike[setting]!]!
  }
  onProgress?.(distinct.length, distinct.length)
  const criticalValue = upperCriticalValue(maxima.sort(), level)
  return { delta, low, high, standardError, statistic, criticalValue, resamples: count, seed }
}

function checkOptions(resamples: number, level: number): void {
  if (!Number.isInteger(resamples) || resamples < 1 || resamples > MAX_RESAMPLES) {
    throw new InputError(`resamples is ${resamples}; give a whole number from 1 to ${MAX_RESAMPLES}.`)
  }
  if (!(level > 0 && level < 1))
    throw new InputError(`level is ${level}; give a number between 0 and 1, e.g. 0.95.`)
}

function checkPair(stats: ImageStatistics, baseline: ImageStatistics): void {
  checkStatistics(stats)
  checkStatistics(baseline)
  if (
    baseline.settings !== 1 ||
    baseline.images !== stats.images ||
    baseline.aggregation !== stats.aggregation
  ) {
    throw new RangeError(
      `the baseline is ${baseline.settings} x ${baseline.images} ${baseline.aggregation}, not 1 x ${stats.images} ${stats.aggregation}`,
    )
  }
}

function countDiffering(channels: readonly Channel[], setting: number, images: number): number {
  let count = 0
  for (let image = 0; image < images; image++) {
    if (channels.some(({ values, baseline }) => values[setting * images + image] !== baseline[image])) count++
  }
  return count
}

function standardDeviation(values: Float64Array): number {
  if (values.length < 2) return 0
  // Deviations from any one value, so that equal values give 0 and not the rounding of their mean.
  const origin = values[0]!
  let sum = 0
  for (let b = 0; b < values.length; b++) sum += values[b]! - origin
  const mean = sum / values.length
  let squares = 0
  for (let b = 0; b < values.length; b++) squares += (values[b]! - origin - mean) ** 2
  return Math.sqrt(squares / (values.length - 1))
}
