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
export const PROTOCOLS = [
  'icdar2015',
  'iou',
  'hmean-iou',
  'cleval',
  'cleval-receipt',
  'deteval',
  'icdar2013',
  'mtwi2018',
  'tedeval',
  'tiou',
  'siou',
  'total-text',
  'ctw1500',
] as const

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

/**
 * Ground truth of one image; ignore[i] is 1 where polygon i is "don't care". Texts, one a polygon, are needed by
 * cleval and tedeval, which count their characters.
 */
export interface GroundTruth extends PolygonSet {
  readonly ignore: Uint8Array
  /** Longer side of the image in pixels, needed by scaleRange. */
  readonly longerSide?: number | undefined
  readonly texts?: readonly string[] | undefined
}

/** Detections of one image. Scores are read by hmean-iou, texts by cleval end to end; one a polygon, or none. */
export interface Detections extends PolygonSet {
  readonly scores?: Float64Array | undefined
  readonly texts?: readonly string[] | undefined
}

/** A protocol and what can be chosen about it; what is left out is as its evaluator has it. */
export interface Scoring {
  readonly protocol: Protocol
  /** CLEval: the share of a detection that must lie on a ground truth, 0.3. */
  readonly areaPrecision?: number | undefined
  /** CLEval: characters that each further piece of a split ground truth costs, 1. */
  readonly recallGranularity?: number | undefined
  /** CLEval: characters that each further ground truth of a merging detection costs, 1. */
  readonly precisionGranularity?: number | undefined
  /** cleval: also compares what was read. */
  readonly endToEnd?: boolean | undefined
  /** cleval end to end: whether case matters; true. */
  readonly caseSensitive?: boolean | undefined
  /**
   * cleval: ground truth whose box is not this high, as a share of the image's longer side (both ends included), is
   * don't care.
   */
  readonly scaleRange?: readonly [low: number, high: number] | undefined
  /** cleval-receipt: the arithmetic of NumPy 2 instead of 1. */
  readonly numpy2?: boolean | undefined
  /** hmean-iou: the largest matching (max_matching) instead of the first (vanilla). */
  readonly maxMatching?: boolean | undefined
  /** hmean-iou: the score thresholds to choose from; 0.3, 0.4, ... 0.9. */
  readonly scoreThresholds?: readonly number[] | undefined
}

/** What one image adds to the sums of a data set's recall and precision; hits below 0 are penalties. */
export interface Tally {
  readonly recallHits: number
  readonly recallTotal: number
  readonly precisionHits: number
  readonly precisionTotal: number
}

export const FATES = [
  'matched',
  'split',
  'merged',
  'missed',
  'false-alarm',
  'overlapped',
  'dont-care',
  'invalid',
] as const

/**
 * What became of a polygon. matched: one to one. split: found in pieces, or such a piece. merged: found together with
 * others, or a detection of several. missed: ground truth without a match. false-alarm: detection without a match.
 * overlapped: detection of what was already found. dont-care: neither counted nor punished. invalid: as if not there.
 */
export type Fate = (typeof FATES)[number]

/** A ground truth and a detection that belong together, by index. */
export interface Link {
  readonly gt: number
  readonly det: number
  /** The protocol's measure of the pair: IoU, or the share of the detection. */
  readonly overlap: number
}

/** One image's score, and what happened to each polygon. */
export interface ImageScore {
  /** One a score threshold of hmean-iou; one for the other protocols. */
  readonly levels: readonly Tally[]
  /** hmean-iou: the score threshold of each level. */
  readonly scoreThresholds?: Float64Array
  /** Where endToEnd asks for it. */
  readonly endToEnd?: Tally
  readonly gtFates: readonly Fate[]
  readonly detFates: readonly Fate[]
  /** By ground truth, then by detection. */
  readonly links: readonly Link[]
  /** What the protocol counts, by its own names. */
  readonly counts: Readonly<Record<string, number>>
}

/** Tallies of one image under each setting of a grid, at [setting * levels + level]. */
export interface GridTallies {
  readonly levels: number
  readonly recallHits: Float64Array
  readonly recallTotal: Float64Array
  readonly precisionHits: Float64Array
  readonly precisionTotal: Float64Array
}

/** Where geometry is computed; the results are the same. */
export type Backend = 'cpu' | 'cuda'

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
