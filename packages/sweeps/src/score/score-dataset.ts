import type { Scores } from '@thresher/core'
import { type ImageScore, type Scoring, scoreImage, type Tally } from '@thresher/native'
import type { Annotation, PolygonFile } from '../polygons/types.js'
import { datasetScores, imageScores } from './conventions.js'
import { detectionCounts, endToEndCounts, sumCounts } from './counts.js'
import { float32Scores } from './float32-scores.js'
import { outcomesOf } from './outcomes.js'
import { pairDetections } from './pair-detections.js'
import { detectionsFor, groundTruthFor, refusal } from './protocol-input.js'
import { addTallies, NO_TALLY } from './tallies.js'
import type { CountedScores, DatasetScore, ScoredImage } from './types.js'

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
 * @throws InputError where an image of the detections is not in the ground truth, and for what the protocol's
 * evaluator refuses: counterclockwise quads (icdar2015), objects without text (cleval), polygons (tedeval).
 */
export async function scoreDataset(
  scoring: Scoring,
  groundTruth: PolygonFile,
  detections: PolygonFile,
  options: ScoreOptions = {},
): Promise<DatasetScore> {
  const { protocol } = scoring
  const images = await scoreImages(scoring, groundTruth, detections, 0, options)
  const levels = images[0]?.score.levels.length ?? 1
  const ofLevel = Array.from({ length: levels }, (_, level) => scoresAt(scoring, images, level))
  const best = ofLevel.reduce((first, { hmean }, i) => (hmean > ofLevel[first]!.hmean ? i : first), 0)
  // What happened to each polygon depends on the threshold that was chosen.
  const explained =
    best === 0
      ? images
      : await scoreImages(scoring, groundTruth, detections, best, { ...options, onProgress: undefined })
  const scored = explained.map((image) => scoredImage(scoring, image, best))
  return {
    protocol,
    scoring,
    ...ofLevel[best]!,
    counts: sumCounts(scored.map(({ counts }) => counts)),
    ...endToEndOf(scoring, explained, scored),
    ...thresholdsOf(images[0]?.score.scoreThresholds, ofLevel, best),
    ...(protocol === 'cleval-receipt' ? { float32: float32Scores(scored.map(({ tally }) => tally)) } : {}),
    images: scored,
  }
}

/** What native code says of one image, with what it was asked about. */
interface RawScore {
  readonly image: string
  readonly found: readonly Annotation[]
  readonly ordered: readonly Annotation[]
  readonly score: ImageScore
}

async function scoreImages(
  scoring: Scoring,
  groundTruth: PolygonFile,
  detections: PolygonFile,
  level: number,
  { signal, onProgress, threads = 1 }: ScoreOptions,
): Promise<RawScore[]> {
  const pairs = pairDetections(groundTruth, detections)
  const entries = [...groundTruth.images]
  const images: RawScore[] = new Array(entries.length)
  let next = 0
  let done = 0
  const worker = async () => {
    for (let i = next++; i < entries.length; i = next++) {
      const [image, objects] = entries[i]!
      const found = pairs.get(image) ?? NO_DETECTIONS
      const truth = groundTruthFor(scoring, objects, groundTruth.sizes?.get(image))
      const { detections: packed, annotations: ordered } = detectionsFor(scoring, detections, found)
      try {
        images[i] = {
          image,
          found,
          ordered,
          score: await scoreImage(scoring, truth, packed, { level, signal }),
        }
      } catch (error) {
        throw refusal(error, image, objects, ordered)
      }
      onProgress?.(++done, entries.length)
    }
  }
  await Promise.all(Array.from({ length: Math.min(threads, entries.length) }, worker))
  return images
}

function scoresAt(scoring: Scoring, images: readonly RawScore[], level: number): Scores {
  return scoresOf(
    scoring,
    images.map(({ score }) => ({ score, tally: score.levels[level]! })),
  )
}

function scoresOf(
  { protocol }: Scoring,
  images: readonly { readonly score: ImageScore; readonly tally: Tally }[],
): Scores {
  const scored = images.map(({ score, tally }) => ({
    tally,
    scores: imageScores(protocol, tally, polygonsOf(score)),
  }))
  return datasetScores(protocol, scored, images.map(({ tally }) => tally).reduce(addTallies, NO_TALLY))
}

function scoredImage({ protocol }: Scoring, raw: RawScore, level: number): ScoredImage {
  const { image, found, ordered, score } = raw
  const tally = score.levels[level]!
  return {
    image,
    ...imageScores(protocol, tally, polygonsOf(score)),
    counts: detectionCounts(score.counts),
    tally,
    ...(score.endToEnd && { endToEnd: endToEndScores(protocol, score) }),
    ...outcomesOf(score, found, ordered),
  }
}

function endToEndScores(protocol: Scoring['protocol'], score: ImageScore): CountedScores {
  return {
    ...imageScores(protocol, score.endToEnd!, polygonsOf(score)),
    counts: endToEndCounts(score.counts),
  }
}

function endToEndOf(
  scoring: Scoring,
  raw: readonly RawScore[],
  scored: readonly ScoredImage[],
): { endToEnd?: CountedScores } {
  if (!scoring.endToEnd || scoring.protocol !== 'cleval') return {}
  const read = scoresOf(
    scoring,
    raw.map(({ score }) => ({ score, tally: score.endToEnd! })),
  )
  return { endToEnd: { ...read, counts: sumCounts(scored.map(({ endToEnd }) => endToEnd!.counts)) } }
}

function thresholdsOf(tried: Float64Array | undefined, ofLevel: readonly Scores[], best: number) {
  if (!tried) return {}
  return {
    thresholds: ofLevel.map((scores, i) => ({ scoreThreshold: tried[i]!, ...scores })),
    scoreThreshold: tried[best]!,
  }
}

function polygonsOf({ gtFates, detFates }: ImageScore) {
  return {
    objects: gtFates.filter((fate) => fate !== 'invalid').length,
    detections: detFates.filter((fate) => fate !== 'invalid').length,
  }
}
