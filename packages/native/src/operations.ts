import { addon } from './addon.js'
import { runTask, type TaskOptions } from './run-task.js'
import {
  type Backend,
  type BoxSet,
  type Capabilities,
  type Detections,
  FATES,
  type Fate,
  type GridTallies,
  type GroundTruth,
  type ImageScore,
  type PostprocessGrid,
  type PostprocessMode,
  type PostprocessSetting,
  type ProbabilityMap,
  type Scoring,
  type Size,
} from './types.js'

const DEFAULT_MODE: PostprocessMode = {
  variant: 'paddleocr',
  boxType: 'quad',
  scoreMode: 'fast',
  dilate: false,
}
const DEFAULT_SETTING: PostprocessSetting = {
  thresh: 0.3,
  boxThresh: 0.6,
  unclipRatio: 1.5,
  maxCandidates: 1000,
  minSize: 3,
}

/**
 * Boxes of one probability map, as the variant's reference gives them, in its order, off the event loop.
 * Boxes are scaled to `size`, or stay in map pixels without it. The map must not be changed or transferred until the
 * promise settles. Rejects with a TypeError or RangeError that names a wrong argument, or with the signal's reason. With
 * `backend: 'cuda'`, an Error of code DEVICE_FAILURE or OUT_OF_MEMORY says what the device could not do.
 */
export async function postprocess(
  map: ProbabilityMap,
  options: Partial<PostprocessMode & PostprocessSetting> & {
    size?: Size | undefined
    backend?: Backend | undefined
    signal?: AbortSignal | undefined
  } = {},
): Promise<BoxSet> {
  const { signal, ...settings } = options
  const native = { ...DEFAULT_MODE, ...DEFAULT_SETTING, ...settings }
  return runTask((task) => addon().postprocess(map.data, map.width, map.height, native, task), { signal })
}

/**
 * Scores the detections of one image against its ground truth. What happened to each polygon is told for `level`, the
 * place of one of hmean-iou's score thresholds; other protocols have only 0. Rejects with an Error of code
 * INVALID_ARGUMENT for polygons that the protocol cannot read.
 */
export async function scoreImage(
  scoring: Scoring,
  gt: GroundTruth,
  detections: Detections,
  { level = 0, signal }: { level?: number; signal?: AbortSignal | undefined } = {},
): Promise<ImageScore> {
  const { gtFates, detFates, linkGt, linkDet, linkOverlap, ...score } = await runTask(
    (task) => addon().scoreImage(scoring, gt, detections, level, task),
    { signal },
  )
  return {
    ...score,
    gtFates: fateNames(gtFates),
    detFates: fateNames(detFates),
    links: Array.from(linkGt, (truth, i) => ({ gt: truth, det: linkDet[i]!, overlap: linkOverlap[i]! })),
  }
}

/**
 * One image under every setting of a grid. Contours and scores are computed once a thresh, expansions and overlaps
 * once a (thresh, unclip_ratio). onProgress counts finished values of thresh. Arguments as for postprocess.
 */
export async function sweepImage(
  map: ProbabilityMap,
  gt: GroundTruth,
  grid: PostprocessGrid,
  options: Partial<PostprocessMode> &
    TaskOptions &
    Scoring & { size?: Size | undefined; backend?: Backend | undefined },
): Promise<GridTallies> {
  const { signal, onProgress, ...rest } = options
  const native = { ...DEFAULT_MODE, ...rest }
  return runTask((task) => addon().sweepImage(map.data, map.width, map.height, gt, grid, native, task), {
    signal,
    onProgress,
  })
}

/**
 * The sum of every column over the images of every bootstrap resample, at [column * count + resample]. Column i has
 * amounts[j] on image which[j] for j from offsets[i] to offsets[i + 1] - 1; `occurrences` holds how often each image is
 * in each resample, at [image * count + resample]. Additions follow the order of the column, four at a time.
 * The arrays must not be changed until the promise settles.
 */
export async function resampleSums(
  resamples: { occurrences: Uint8Array; images: number; count: number },
  columns: { which: Uint32Array; amounts: Float64Array; offsets: Uint32Array },
  options: { signal?: AbortSignal | undefined } = {},
): Promise<Float64Array> {
  const { occurrences, images, count } = resamples
  const { which, amounts, offsets } = columns
  return runTask(
    (task) => addon().resampleSums(occurrences, which, amounts, offsets, images, count, task),
    options,
  )
}

/** What the addon was built with and what this machine offers it. */
export function capabilities(): Capabilities {
  const { version, cuda } = addon().capabilities()
  return { version, cuda: { ...cuda, usable: cuda.reason === '' } }
}

function fateNames(fates: Uint8Array): Fate[] {
  return Array.from(fates, (fate) => FATES[fate] as Fate)
}
