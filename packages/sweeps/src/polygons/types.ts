import type { Size } from '@thresher/native'

/** A text region of an image: ground truth or detection. */
export interface Annotation {
  /** Corners as x0, y0, x1, y1, ... in image pixels, in the file's order; three at least. */
  points: number[]
  text?: string
  /** Don't care: neither a hit nor a miss. */
  ignore: boolean
  confidence?: number
  /** For messages: `file:line`, or `file: path in its JSON`. */
  place: string
}

/** Transcription of regions that evaluators leave out (ICDAR). */
export const DONT_CARE = '###'

/** Native code counts in 32-bit integers. */
export const LARGEST_COORDINATE = 2 ** 31 - 1

/** What a file that was read is written in. */
export type PolygonFormatName = 'icdar' | 'jsonl' | 'paddleocr' | 'mmocr' | 'mmocr-predictions' | 'ufo'

/** Ground truth or detections of a set of images. */
export interface PolygonFile {
  path: string
  format: PolygonFormatName
  /** By image name; an image without regions has an empty list. */
  images: Map<string, Annotation[]>
  /** Sizes in pixels of those images whose size the format carries; absent where it carries none. */
  sizes?: ReadonlyMap<string, Size>
}
