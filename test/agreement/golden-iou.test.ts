import { readFileSync } from 'node:fs'
import { type PolygonFile, scoreDataset } from '@thresher/sweeps'
import { describe, expect, it } from 'vitest'

/** What DetectionIoUEvaluator answered for one image, and for the data set that it makes alone. */
interface Golden {
  per: {
    p: number
    r: number
    h: number
    gtCare: number
    detCare: number
    matched: number
    pairs: { gt: number; det: number }[]
  }
  combined: { precision: number; recall: number; hmean: number }
}

/** Ground truth (care, then "don't care" marked by `ignore`) and detections, each as x, y lists. */
interface Image {
  gt: { points: number[]; ignore: boolean }[]
  det: number[][]
}

const bar = (x: number, width = 10, height = 10) => [x, 0, x + width, 0, x + width, height, x, height]
const care = (points: number[]) => ({ points, ignore: false })
const ignored = (points: number[]) => ({ points, ignore: true })

/** The images that the answers belong to; their file holds the overlaps, from which they are drawn here. */
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

function fileOf(path: string, polygons: { points: number[]; ignore: boolean }[]): PolygonFile {
  const annotations = polygons.map((polygon, i) => ({ ...polygon, place: `${path}:${i + 1}` }))
  return { path, format: 'jsonl', images: new Map([['img', annotations]]) }
}

describe("DetectionIoUEvaluator's own answers", () => {
  const path = new URL('./golden/iou.json', import.meta.url)
  const golden = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Golden>

  it('are all looked at', () => {
    expect(Object.keys(golden).sort()).toEqual(Object.keys(IMAGES).sort())
  })

  it.each(Object.entries(IMAGES))('%s', async (name, { gt, det }) => {
    const { per, combined } = golden[name]!
    const found = det.map((points) => ({ points, ignore: false }))
    const score = await scoreDataset({ protocol: 'iou' }, fileOf('gt', gt), fileOf('pred', found))
    const [image] = score.images
    const valid = image!.objects.flatMap(({ fate }, i) => (fate === 'invalid' ? [] : [i]))
    const pairs = image!.objects.flatMap((object, i) =>
      object.with.map((detection) => ({ gt: valid.indexOf(i), det: detection })),
    )
    expect({ ...image!.counts, pairs, p: image!.precision, r: image!.recall, h: image!.hmean }).toEqual({
      gtCare: per.gtCare,
      detCare: per.detCare,
      matched: per.matched,
      pairs: per.pairs,
      p: per.p,
      r: per.r,
      h: per.h,
    })
    const { precision, recall, hmean } = score
    expect({ precision, recall, hmean }).toEqual(combined)
  })
})
