import { InputError } from '@thresher/core'
import { type Protocol, packGroundTruth, packPolygons, scoreImage } from '@thresher/native'
import { findImage } from '../files/image-name.js'
import type { Annotation, PolygonFile } from '../polygons/types.js'
import { byConfidence, checkClockwise } from './icdar2015-input.js'
import { datasetScores, imageScores } from './image-scores.js'
import type { DatasetScore, MatchCounts, ScoredImage } from './types.js'

export interface ScoreOptions {
  readonly signal?: AbortSignal | undefined
  /** Called after each image, with images done and in all. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined
  /** Images scored at once; 1 where absent. */
  readonly threads?: number | undefined
}

const NO_DETECTIONS: readonly Annotation[] = []

/**
 * Scores the detections of a data set. An image of the ground truth without detections counts as one where nothing
 * was found.
 *
 * @throws InputError where an image of the detections is not in the ground truth, or, under icdar2015, where a quad
 * runs counterclockwise.
 */
export async function scoreDataset(
  protocol: Protocol,
  groundTruth: PolygonFile,
  detections: PolygonFile,
  { signal, onProgress, threads = 1 }: ScoreOptions = {},
): Promise<DatasetScore> {
  if (protocol === 'icdar2015') {
    for (const file of [groundTruth, detections])
      for (const found of file.images.values()) checkClockwise(found)
  }
  const found = detectionsByImage(groundTruth, detections)
  const names = [...groundTruth.images.keys()]
  const images: ScoredImage[] = new Array(names.length)
  let next = 0
  let done = 0
  const worker = async () => {
    for (let i = next++; i < names.length; i = next++) {
      const image = names[i]!
      const ordered = detectionOrder(protocol, detections, found.get(image) ?? NO_DETECTIONS)
      const objects = packGroundTruth(groundTruth.images.get(image)!)
      const polygons = packPolygons(ordered.map(({ points }) => points))
      const { matched, gtCare, detCare } = await scoreImage(protocol, objects, polygons, { signal })
      images[i] = { image, ...imageScores({ matched, gtCare, detCare }), matched, gtCare, detCare }
      onProgress?.(++done, names.length)
    }
  }
  await Promise.all(Array.from({ length: Math.min(threads, names.length) }, worker))
  const counts = images.reduce(added, { matched: 0, gtCare: 0, detCare: 0 })
  return { protocol, ...datasetScores(counts), counts, images }
}

/** The detections of each image, by the ground truth's name for it. */
function detectionsByImage(
  groundTruth: PolygonFile,
  detections: PolygonFile,
): Map<string, readonly Annotation[]> {
  const truthNames = new Map([...groundTruth.images.keys()].map((name) => [name, name]))
  const found = new Map<string, readonly Annotation[]>()
  const givenAs = new Map<string, string>()
  for (const [image, annotations] of detections.images) {
    const name = findImage(truthNames, image)
    if (name === undefined) {
      throw new InputError(
        `${detections.path}: image ${JSON.stringify(image)} is not in the ground truth ${groundTruth.path} (${truthNames.size} images, the first is ${JSON.stringify(groundTruth.images.keys().next().value)}). Names must agree; remove it or rename it.`,
      )
    }
    if (givenAs.has(name)) {
      throw new InputError(
        `${detections.path}: images ${JSON.stringify(givenAs.get(name))} and ${JSON.stringify(image)} are both ${JSON.stringify(name)} of the ground truth. Remove one.`,
      )
    }
    givenAs.set(name, image)
    found.set(name, annotations)
  }
  return found
}

/**
 * The ICDAR 2015 script sorts by the confidences that stand in its own result files. Elsewhere the order of the file is
 * the order of the postprocess, in which a sweep scores boxes too.
 */
function detectionOrder(
  protocol: Protocol,
  file: PolygonFile,
  detections: readonly Annotation[],
): readonly Annotation[] {
  return protocol === 'icdar2015' && file.format === 'icdar' ? byConfidence(detections) : detections
}

function added(sum: MatchCounts, image: MatchCounts): MatchCounts {
  return {
    matched: sum.matched + image.matched,
    gtCare: sum.gtCare + image.gtCare,
    detCare: sum.detCare + image.detCare,
  }
}
