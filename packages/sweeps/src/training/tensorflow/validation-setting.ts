import type { Setting } from '@thresher/core'
import type { PostprocessMode, PostprocessSetting } from '@thresher/native'

/**
 * How validation makes boxes and scores them: PaddleOCR's way with quads, and intersection over union of a half. Boxes
 * grow by an unclip ratio of 2, which gives a shrunk region of usual shape back, where Paddle's 1.5 leaves it thin.
 */
export const VALIDATION = {
  protocol: 'iou',
  mode: { variant: 'paddleocr', boxType: 'quad', scoreMode: 'fast', dilate: false } satisfies PostprocessMode,
} as const

export const VALIDATION_SETTING: Setting = {
  thresh: 0.3,
  box_thresh: 0.4,
  unclip_ratio: 2,
  max_candidates: 1000,
  min_size: 3,
}

/** The same as native code takes it. */
export const VALIDATION_POSTPROCESS: PostprocessSetting = {
  thresh: VALIDATION_SETTING.thresh,
  boxThresh: VALIDATION_SETTING.box_thresh,
  unclipRatio: VALIDATION_SETTING.unclip_ratio,
  maxCandidates: VALIDATION_SETTING.max_candidates,
  minSize: VALIDATION_SETTING.min_size,
}
