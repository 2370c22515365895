/** A text region of an image: ground truth or detection. */
export interface Annotation {
  /** Corners as x0, y0, x1, y1, ... in image pixels, in the file's order; three at least. */
  points: number[]
  text?: string
  /** Don't care: neither a hit nor a miss. */
  ignore: boolean
  confidence?: number
  /** `file:line` for messages. */
  place: string
}

/** Transcription of regions that evaluators leave out (ICDAR). */
export const DONT_CARE = '###'

/** Native code counts in 32-bit integers. */
export const LARGEST_COORDINATE = 2 ** 31 - 1

export type PolygonFormatName = 'icdar' | 'jsonl'

/** Ground truth or detections of a set of images. */
export interface PolygonFile {
  path: string
  format: PolygonFormatName
  /** By image name; an image without regions has an empty list. */
  images: Map<string, Annotation[]>
}
