import { InputError } from '@thresher/core'
import type { Scoring, Size } from '@thresher/native'
import { findImage } from '../files/image-name.js'
import { quote } from '../files/quote.js'
import type { IndexEntry } from '../maps/index-file.js'
import type { PolygonFile } from '../polygons/types.js'
import { type ScoreOptions, scoreDataset } from './score-dataset.js'
import type { ScaleScores } from './types.js'

/** CLEval's: edges of the bins, as shares of the image's longer side. */
export const SCALE_BINS: readonly number[] = [0, 0.005, 0.01, 0.015, 0.02, 0.025, 0.1, 0.5, 1]

/**
 * Scores by the height of text: for each bin, ground truth outside it is don't care. A box on an edge is in both bins, as
 * CLEval's torchmetric has it.
 *
 * Sizes are those of the index or the one given for all; without either, those of the ground truth's file.
 *
 * @throws InputError where an image's size is not known; else as scoreDataset.
 */
export async function scoreByScale(
  scoring: Scoring,
  groundTruth: PolygonFile,
  detections: PolygonFile,
  size: readonly IndexEntry[] | Size | undefined,
  options: ScoreOptions = {},
): Promise<ScaleScores[]> {
  const known = sizesOf(groundTruth, size)
  const bins: ScaleScores[] = []
  for (const [i, low] of SCALE_BINS.slice(0, -1).entries()) {
    const high = SCALE_BINS[i + 1]!
    const { precision, recall, hmean, counts } = await scoreDataset(
      { ...scoring, scaleRange: [low, high] },
      { ...groundTruth, sizes: known },
      detections,
      options,
    )
    bins.push({ low, high, precision, recall, hmean, counts })
  }
  return bins
}

function sizesOf(
  { images, path, sizes }: PolygonFile,
  given: readonly IndexEntry[] | Size | undefined,
): Map<string, Size> {
  const index = Array.isArray(given)
    ? new Map(given.map(({ image, width, height }) => [image, { width, height }]))
    : sizes
  const known = new Map<string, Size>()
  for (const image of images.keys()) {
    const size = given !== undefined && 'width' in given ? given : index && findImage(index, image)
    if (size === undefined) {
      throw new InputError(
        `${path}: the size of image ${quote(image)} is not known, and scale is a share of it. Give --index or --size.`,
      )
    }
    known.set(image, size)
  }
  return known
}
