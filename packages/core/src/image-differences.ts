import { type ImageStatistics, type Scores, scoresOf } from './statistics.js'

/** An image whose score differs between two settings. */
export interface ImageDifference {
  readonly image: number
  readonly before: Scores
  readonly after: Scores
  /** H-Mean of the image after, minus before. */
  readonly delta: number
}

/**
 * The images on which a setting of `stats` scores otherwise than one of `reference` on the same images: gains first, the
 * largest first, then what changed in precision or recall alone, then losses, the largest last.
 */
export function imageDifferences(
  stats: ImageStatistics,
  setting: number,
  reference: ImageStatistics,
  referenceSetting = 0,
): ImageDifference[] {
  const differences: ImageDifference[] = []
  for (let image = 0; image < stats.images; image++) {
    const before = scoresOf(reference, referenceSetting, [image])
    const after = scoresOf(stats, setting, [image])
    if (before.precision === after.precision && before.recall === after.recall) continue
    differences.push({ image, before, after, delta: after.hmean - before.hmean })
  }
  return differences.sort((a, b) => b.delta - a.delta || a.image - b.image)
}
