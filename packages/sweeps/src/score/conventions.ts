import { type ImageStatistics, micro, microMmocr, type Scores } from '@thresher/core'
import type { Protocol, Tally } from '@thresher/native'

/** Polygons of an image that the protocol does not drop, whether they count or not. */
export interface PolygonCounts {
  readonly objects: number
  readonly detections: number
}

/** How a protocol makes scores of tallies: what an image without text is worth is where evaluators differ most. */
interface Convention {
  readonly aggregation: ImageStatistics['aggregation']
  readonly image: (tally: Tally, polygons: PolygonCounts) => Scores
  /** Of the sums over all images; unused with `image-mean`. */
  readonly dataset: (sums: Tally) => Scores
}

/** A ratio whose denominator is 0 is 0, and so is H-Mean then. */
function plain({ recallHits, recallTotal, precisionHits, precisionTotal }: Tally): Scores {
  return micro(recallHits, recallTotal, precisionHits, precisionTotal)
}

/** ICDAR: without objects that count recall is 1, and precision too unless something that counts was detected. */
function icdarImage(tally: Tally): Scores {
  if (tally.recallTotal > 0) return plain(tally)
  const precision = Number(tally.precisionTotal === 0)
  return { precision, recall: 1, hmean: precision }
}

/** DetEval and its kin set H-Mean only where something was detected, and look at what is don't care too. */
function detevalImage(tally: Tally, { objects, detections }: PolygonCounts): Scores {
  if (detections === 0) {
    const ratio = Number(objects === 0)
    return { precision: ratio, recall: ratio, hmean: 0 }
  }
  if (tally.recallTotal === 0) return { precision: 0, recall: 1, hmean: 0 }
  return plain(tally)
}

/** MMOCR: without ground truth recall is 1, and precision too unless something was predicted. */
function mmocr({ recallHits, recallTotal, precisionHits, precisionTotal }: Tally): Scores {
  return microMmocr(recallHits, recallTotal, precisionHits, precisionTotal)
}

const ICDAR: Convention = { aggregation: 'micro', image: icdarImage, dataset: plain }
const DETEVAL: Convention = { aggregation: 'micro', image: detevalImage, dataset: plain }
const PLAIN: Convention = { aggregation: 'micro', image: plain, dataset: plain }

const CONVENTIONS: Readonly<Record<Protocol, Convention>> = {
  icdar2015: ICDAR,
  iou: ICDAR,
  'hmean-iou': { aggregation: 'micro-mmocr', image: mmocr, dataset: mmocr },
  cleval: PLAIN,
  'cleval-receipt': { ...PLAIN, aggregation: 'image-mean' },
  deteval: DETEVAL,
  icdar2013: DETEVAL,
  mtwi2018: DETEVAL,
  tedeval: ICDAR,
  tiou: ICDAR,
  siou: ICDAR,
  'total-text': PLAIN,
  ctw1500: PLAIN,
}

/** How images make the score of a data set. */
export function aggregationOf(protocol: Protocol): ImageStatistics['aggregation'] {
  return CONVENTIONS[protocol].aggregation
}

/** The scores of one image. */
export function imageScores(protocol: Protocol, tally: Tally, polygons: PolygonCounts): Scores {
  return CONVENTIONS[protocol].image(tally, polygons)
}

/** The scores of a data set, from its images' tallies and scores in order. */
export function datasetScores(
  protocol: Protocol,
  images: readonly { readonly tally: Tally; readonly scores: Scores }[],
  sums: Tally,
): Scores {
  const { aggregation, dataset } = CONVENTIONS[protocol]
  if (aggregation !== 'image-mean') return dataset(sums)
  const mean = (name: keyof Scores) =>
    images.length === 0 ? 0 : images.reduce((sum, { scores }) => sum + scores[name], 0) / images.length
  return { precision: mean('precision'), recall: mean('recall'), hmean: mean('hmean') }
}
