import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packGroundTruth, packPolygons, scoreImage } from '@thresher/native'
import { describe, expect, it } from 'vitest'
import { SHARED, sharedMissing } from './shared-data.js'

/** What DetectionIoUEvaluator answered for one image. */
interface Golden {
  per: { gtCare: number; detCare: number; matched: number; pairs: { gt: number; det: number }[] }
}

/** Ground truth (care, then "don't care" marked by `ignore`) and detections, each as x, y lists. */
interface Image {
  gt: { points: number[]; ignore: boolean }[]
  det: number[][]
}

const FILE = 'data/scoring/golden_synth_iou.json'
const missing = sharedMissing(FILE)

const bar = (x: number, width = 10, height = 10) => [x, 0, x + width, 0, x + width, height, x, height]
const care = (points: number[]) => ({ points, ignore: false })
const ignored = (points: number[]) => ({ points, ignore: true })

/** The images that the file's answers belong to; it holds their overlaps, from which they are drawn here. */
const IMAGES: Record<string, Image> = {
  main_sample: {
    gt: [care([0, 0, 1, 0, 1, 1, 0, 1]), care([2, 2, 3, 2, 3, 3, 2, 3])],
    det: [[0.1, 0.1, 1, 0, 1, 1, 0, 1]],
  },
  'iou_exact_0.5': { gt: [care(bar(0))], det: [bar(0, 20)] },
  iou_just_above: { gt: [care(bar(0, 1999, 1))], det: [bar(0, 1000, 1)] },
  'dc_exact_0.5': { gt: [ignored(bar(0)), care(bar(100))], det: [bar(5), bar(100)] },
  'dc_above_0.5': { gt: [ignored(bar(0)), care(bar(100))], det: [bar(4), bar(100)] },
  bowtie_gt_skipped: { gt: [care([50, 0, 60, 10, 60, 0, 50, 10]), care(bar(0))], det: [bar(0)] },
  no_gt_no_det: { gt: [], det: [] },
  no_gt_one_det: { gt: [], det: [bar(0)] },
  all_dc_one_matched: { gt: [ignored(bar(0))], det: [bar(0)] },
  greedy_order: { gt: [care(bar(0)), care(bar(2))], det: [bar(1), bar(-3)] },
  duplicate_det: { gt: [care(bar(0))], det: [bar(0), bar(0)] },
}

describe.skipIf(missing)(
  `DetectionIoUEvaluator's own answers${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    const golden = missing
      ? {}
      : (JSON.parse(readFileSync(join(SHARED, FILE), 'utf8')) as Record<string, Golden>)

    it('are all looked at', () => {
      expect(Object.keys(golden).sort()).toEqual(Object.keys(IMAGES).sort())
    })

    it.each(Object.entries(IMAGES))('%s', async (name, { gt, det }) => {
      const { per } = golden[name]!
      const { levels, links, gtFates } = await scoreImage(
        { protocol: 'iou' },
        packGroundTruth(gt),
        packPolygons(det),
      )
      const { recallHits, recallTotal, precisionTotal } = levels[0]!
      const valid = gtFates.flatMap((fate, i) => (fate === 'invalid' ? [] : [i]))
      expect({
        gtCare: recallTotal,
        detCare: precisionTotal,
        matched: recallHits,
        pairs: links.map((link) => ({ gt: valid.indexOf(link.gt), det: link.det })),
      }).toEqual({ gtCare: per.gtCare, detCare: per.detCare, matched: per.matched, pairs: per.pairs })
    })
  },
)
