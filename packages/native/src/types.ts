/** Probabilities of a map, row by row; finite values, width * height of them. */
export interface ProbabilityMap {
  readonly data: Float32Array
  readonly width: number
  readonly height: number
}

/** Width and height in pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

export const VARIANTS = ['paddleocr', 'mhliao', 'receipt', 'mmocr'] as const
export const BOX_TYPES = ['quad', 'poly'] as const
export const SCORE_MODES = ['fast', 'slow'] as const
export const PROTOCOLS = ['icdar2015', 'iou'] as const

/** Whose postprocess is followed where the public DBNet implementations differ. */
export type Variant = (typeof VARIANTS)[number]
export type BoxType = (typeof BOX_TYPES)[number]
/** Where a quad's score is taken: over its rectangle, or over the contour. Polygons are always fast. */
export type ScoreMode = (typeof SCORE_MODES)[number]
export type Protocol = (typeof PROTOCOLS)[number]

/** What stays the same over a grid of settings. */
export interface PostprocessMode {
  readonly variant: Variant
  readonly boxType: BoxType
  readonly scoreMode: ScoreMode
  /** Dilates the bitmap with a 2 x 2 kernel first, as PaddleOCR's use_dilation does. */
  readonly dilate: boolean
}

/** One setting of the postprocess. */
export interface PostprocessSetting {
  readonly thresh: number
  readonly boxThresh: number
  readonly unclipRatio: number
  readonly maxCandidates: number
  readonly minSize: number
}

/** The values of each parameter. A setting's index is row-major in this order, thresh slowest. */
export interface PostprocessGrid {
  readonly thresh: readonly number[]
  readonly boxThresh: readonly number[]
  readonly unclipRatio: readonly number[]
  readonly maxCandidates: readonly number[]
  readonly minSize: readonly number[]
}

/** Polygons in two flat arrays: polygon i has the points offsets[i] to offsets[i + 1], each x then y. */
export interface PolygonSet {
  readonly points: Float64Array
  readonly offsets: Uint32Array
}

/** Boxes in the reference's order, each with its score. */
export interface BoxSet extends PolygonSet {
  readonly scores: Float64Array
}

/** Ground truth of one image; ignore[i] is 1 where polygon i is "don't care". */
export interface GroundTruth extends PolygonSet {
  readonly ignore: Uint8Array
}

/** What a polygon counts as under a protocol; invalid ones are as if they were not there. */
export type Role = 'care' | 'dont-care' | 'invalid'

/** Counts of one image and what happened to each polygon. */
export interface ImageScore {
  readonly matched: number
  readonly gtCare: number
  readonly detCare: number
  /** For each detection the index of the ground truth that it matched, or -1. */
  readonly matchedGt: Int32Array
  readonly gtRoles: readonly Role[]
  readonly detRoles: readonly Role[]
}

/** Counts of one image under each setting of a grid. */
export interface GridCounts {
  readonly matched: Int32Array
  readonly gtCare: Int32Array
  readonly detCare: Int32Array
}

/** What the addon can use on this machine. */
export interface Capabilities {
  readonly version: string
  readonly cuda: {
    /** Whether the addon was built with nvcc. */
    readonly compiled: boolean
    /** CUDA version that it was built with, or '' */
    readonly toolkit: string
    /** Newest CUDA version that the driver supports, or '' */
    readonly driver: string
    readonly devices: readonly { name: string; memoryBytes: number; computeCapability: string }[]
    /** Whether grids can run there. */
    readonly usable: boolean
    /** Why not, where not. */
    readonly reason: string
  }
}
