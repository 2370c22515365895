import { InputError } from '@thresher/core'
import {
  type Detections,
  type GroundTruth,
  type Protocol,
  packGroundTruth,
  packPolygons,
  type Scoring,
  type Size,
} from '@thresher/native'
import { quote } from '../files/quote.js'
import type { Annotation, PolygonFile } from '../polygons/types.js'
import { byConfidence, checkClockwise } from './icdar-script.js'

/** The scripts that descend from ICDAR 2015's check the corners' order and sort by confidence. */
const ICDAR_SCRIPTS: readonly Protocol[] = ['icdar2015', 'tiou', 'siou']
/** Those that count the characters of the ground truth. */
const TEXT_READERS: readonly Protocol[] = ['cleval', 'tedeval']

/**
 * Ground truth of one image as a protocol reads it.
 * @throws InputError for what the protocol's evaluator refuses, or lacks.
 */
export function groundTruthFor(
  { protocol, scaleRange }: Scoring,
  objects: readonly Annotation[],
  size?: Size,
): GroundTruth {
  if (ICDAR_SCRIPTS.includes(protocol)) checkClockwise(objects, protocol)
  if (TEXT_READERS.includes(protocol)) {
    const silent = objects.find(({ text, ignore }) => text === undefined && !ignore)
    if (silent !== undefined) {
      throw new InputError(
        `${silent.place}: has no text; ${protocol} counts its characters. Add it, or score with cleval-receipt, which goes by the box.`,
      )
    }
  }
  return packGroundTruth(objects, scaleRange && size)
}

/** Detections of one image in the order in which a protocol reads them, packed and as they came. */
export interface OrderedDetections {
  readonly detections: Detections
  readonly annotations: readonly Annotation[]
}

/**
 * Detections of one image as a protocol reads them.
 * @throws InputError for what the protocol's evaluator refuses, or lacks.
 */
export function detectionsFor(
  { protocol }: Scoring,
  { format }: PolygonFile,
  found: readonly Annotation[],
): OrderedDetections {
  const script = ICDAR_SCRIPTS.includes(protocol)
  if (script) checkClockwise(found, protocol)
  // The scripts sort by the confidences of their own result files. Elsewhere the order of the file is that of the
  // postprocess, in which a sweep scores boxes too.
  const annotations = script && format === 'icdar' ? byConfidence(found) : found
  const polygons = packPolygons(annotations.map(({ points }) => points))
  const scores = protocol === 'hmean-iou' ? confidences(annotations) : undefined
  return {
    annotations,
    detections: { ...polygons, scores, texts: annotations.map(({ text = '' }) => text) },
  }
}

/** Confidences where all have one; undefined where none has. */
function confidences(annotations: readonly Annotation[]): Float64Array | undefined {
  const without = annotations.find(({ confidence }) => confidence === undefined)
  if (without === undefined) return Float64Array.from(annotations, ({ confidence }) => confidence!)
  if (annotations.every(({ confidence }) => confidence === undefined)) return undefined
  throw new InputError(
    `${without.place}: has no confidence, though others of its image have; hmean-iou compares it with score thresholds. Add it, or take all out.`,
  )
}

/**
 * What native code says of a polygon that a protocol cannot read, with the place where it was read instead of its
 * number; other errors as they are.
 */
export function refusal(
  error: unknown,
  image: string,
  objects: readonly Annotation[],
  detections: readonly Annotation[],
): unknown {
  if ((error as { code?: string }).code !== 'INVALID_ARGUMENT') return error
  const { message } = error as Error
  const [, side, index, rest] = /^(ground truth|detection) (\d+) (.*)$/s.exec(message) ?? []
  const annotation = (side === 'detection' ? detections : objects)[Number(index)]
  if (index === undefined || annotation === undefined)
    return new InputError(`image ${quote(image)}: ${message}`)
  return new InputError(`${annotation.place}: ${rest}`)
}
