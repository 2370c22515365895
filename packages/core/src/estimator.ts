import type { ExactValues } from './exact-values.js'
import { type ImageStatistics, microHmean, sumsHmean } from './statistics.js'

/** What the bootstrap must know of a score: which values it sums over images, and what it makes of the sums. */
export interface Estimator {
  readonly channels: readonly Channel[]
  /** H-Mean of every resample into `hmeans`, from the sums of every channel. */
  evaluate(sums: readonly Float64Array[], hmeans: Float64Array): void
}

/** One value of every setting and image that a score sums over images. */
export interface Channel {
  /** settings x images. */
  readonly values: ExactValues
  /** The baseline's, one an image. */
  readonly baseline: ExactValues
}

/** The estimator for the way in which `stats` makes one score of images. */
export function estimatorFor(stats: ImageStatistics, baseline: ImageStatistics): Estimator {
  if (stats.aggregation === 'image-mean') return imageMeanEstimator(stats, baseline)
  return sumsEstimator(stats, baseline, sumsHmean(stats.aggregation))
}

function sumsEstimator(
  stats: ImageStatistics,
  baseline: ImageStatistics,
  hmeanOf: typeof microHmean,
): Estimator {
  const channel = (name: 'recallHits' | 'recallTotal' | 'precisionHits' | 'precisionTotal'): Channel => ({
    values: stats[name],
    baseline: baseline[name],
  })
  return {
    channels: [
      channel('recallHits'),
      channel('recallTotal'),
      channel('precisionHits'),
      channel('precisionTotal'),
    ],
    evaluate(sums, hmeans) {
      const [recallHits, recallTotal, precisionHits, precisionTotal] = sums as [
        Float64Array,
        Float64Array,
        Float64Array,
        Float64Array,
      ]
      for (let b = 0; b < hmeans.length; b++) {
        hmeans[b] = hmeanOf(recallHits[b]!, recallTotal[b]!, precisionHits[b]!, precisionTotal[b]!)
      }
    },
  }
}

function imageMeanEstimator(stats: ImageStatistics, baseline: ImageStatistics): Estimator {
  const { images } = stats
  return {
    channels: [{ values: imageHmeans(stats), baseline: imageHmeans(baseline) }],
    evaluate([sum], hmeans) {
      // No images score 0, as in scoresOf.
      for (let b = 0; b < hmeans.length; b++) hmeans[b] = images === 0 ? 0 : sum![b]! / images
    },
  }
}

function imageHmeans({
  recallHits,
  recallTotal,
  precisionHits,
  precisionTotal,
}: ImageStatistics): Float64Array {
  const hmeans = new Float64Array(recallHits.length)
  for (let i = 0; i < hmeans.length; i++) {
    hmeans[i] = microHmean(recallHits[i]!, recallTotal[i]!, precisionHits[i]!, precisionTotal[i]!)
  }
  return hmeans
}
