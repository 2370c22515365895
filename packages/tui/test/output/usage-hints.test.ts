import { DEFAULT_SETTING } from '@thresher/core'
import type { PostprocessMode, Variant } from '@thresher/native'
import { describe, expect, test } from 'vitest'
import { usageHints } from '../../src/output/usage-hints.js'

const SETTING = { ...DEFAULT_SETTING, thresh: 0.22, box_thresh: 0.4, unclip_ratio: 1.9 }
const mode = (variant: Variant): PostprocessMode => ({
  variant,
  boxType: 'quad',
  scoreMode: 'fast',
  dilate: false,
})
const hints = (variant: Variant, setting = SETTING) =>
  usageHints(setting, [], mode(variant), { maps: ['maps'] })

describe("the framework's own option names", () => {
  test.each<[Variant, string]>([
    ['paddleocr', '-o PostProcess.thresh=0.22 PostProcess.box_thresh=0.4 PostProcess.unclip_ratio=1.9'],
    [
      'receipt',
      'models.head.postprocess.thresh=0.22 models.head.postprocess.box_thresh=0.4 models.head.postprocess.unclip_ratio=1.9',
    ],
    [
      'mmocr',
      '--cfg-options model.det_head.postprocessor.mask_thr=0.22 model.det_head.postprocessor.min_text_score=0.4 model.det_head.postprocessor.unclip_ratio=1.9',
    ],
    ['mhliao', '--thresh 0.22 --box_thresh 0.4'],
  ])('%s', (variant, options) => expect(hints(variant).options).toBe(options))

  test('says what a framework has no option for', () => {
    expect(hints('mhliao').notes).toEqual([
      'unclip_ratio 1.9: MhLiao/DB has no option for it; its code fixes it.',
    ])
    expect(hints('paddleocr', { ...SETTING, min_size: 5 }).notes).toHaveLength(1)
    expect(hints('paddleocr').notes).toEqual([])
  })

  test('names further parameters where they were varied or are not the usual', () => {
    expect(hints('paddleocr', { ...SETTING, max_candidates: 600 }).options).toContain(
      'PostProcess.max_candidates=600',
    )
    const varied = usageHints(SETTING, ['max_candidates'], mode('paddleocr'), { maps: ['maps'] })
    expect(varied.options).toContain('PostProcess.max_candidates=1000')
  })

  test('MMOCR compares min_text_width after expansion, where the others add 2', () => {
    expect(hints('mmocr', { ...SETTING, min_size: 4 }).options).toContain('min_text_width=6')
  })
})

test('the thresher command repeats maps, sizes and mode, quoted for a shell', () => {
  const source = { maps: ["my maps/it's.npz"], index: 'index.json' }
  const full = { variant: 'receipt', boxType: 'poly', scoreMode: 'slow', dilate: true } as const
  expect(usageHints(SETTING, [], full, source).command).toBe(
    "thresher boxes 'my maps/it'\\''s.npz' --index index.json --variant receipt --box-type poly --score-mode slow --dilate --thresh 0.22 --box-thresh 0.4 --unclip-ratio 1.9 -o boxes.jsonl",
  )
})
