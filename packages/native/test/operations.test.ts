import { describe, expect, it } from 'vitest'
import {
  capabilities,
  type GroundTruth,
  type PostprocessGrid,
  type ProbabilityMap,
  packGroundTruth,
  packPolygons,
  postprocess,
  scoreImage,
  sweepImage,
  unpackPolygons,
} from '../src/index.js'

/** A map with bright rectangles on a dark ground. */
function mapOf(
  width: number,
  height: number,
  ...rectangles: [x: number, y: number, w: number, h: number][]
): ProbabilityMap {
  const data = new Float32Array(width * height).fill(0.1)
  for (const [x, y, w, h] of rectangles) {
    for (let row = y; row < y + h; row++) data.fill(0.9, row * width + x, row * width + x + w)
  }
  return { data, width, height }
}

const grid: PostprocessGrid = {
  thresh: [0.2, 0.3],
  boxThresh: [0.5, 0.95],
  unclipRatio: [1.5],
  maxCandidates: [1, 1000],
  minSize: [3],
}
const gtOf = (...quads: number[][]): GroundTruth =>
  packGroundTruth(quads.map((points) => ({ points, ignore: false })))
const rectangle = (x: number, y: number, w: number, h: number) => [x, y, x + w, y, x + w, y + h, x, y + h]

describe('postprocess', () => {
  it('finds the rectangles, bottom first, corners from the top left', async () => {
    const boxes = await postprocess(mapOf(100, 80, [10, 10, 30, 10], [20, 50, 40, 12]))
    const [lower, upper] = unpackPolygons(boxes)
    expect(boxes.scores).toHaveLength(2)
    expect(lower![0]![1]).toBeGreaterThan(upper![0]![1])
    expect(upper![0]![0]).toBeLessThan(upper![1]![0])
    expect(upper![1]![1]).toBeLessThan(upper![2]![1])
  })

  it('scales to the size given', async () => {
    const map = mapOf(100, 80, [10, 10, 30, 10])
    const [small, large] = await Promise.all([
      postprocess(map),
      postprocess(map, { size: { width: 1000, height: 800 } }),
    ])
    expect(large.points[2]! / small.points[2]!).toBeCloseTo(10, 0)
  })

  it.each([
    [
      'a map shorter than its size',
      { data: new Float32Array(3), width: 2, height: 2 },
      {},
      /data must be width x height/,
    ],
    [
      'a zero width',
      { data: new Float32Array(0), width: 0, height: 2 },
      {},
      /width must be an integer from 1/,
    ],
    ['a NaN threshold', mapOf(8, 8), { thresh: Number.NaN }, /thresh must be finite/],
    ['an unknown variant', mapOf(8, 8), { variant: 'east' as never }, /variant must be one of paddleocr/],
    ['a fractional count', mapOf(8, 8), { maxCandidates: 1.5 }, /maxCandidates must be an integer/],
    [
      'doubles',
      { data: new Float64Array(4) as never, width: 2, height: 2 },
      {},
      /data must be a Float32Array/,
    ],
  ])('rejects %s, naming the argument', async (_, map, options, message) => {
    await expect(postprocess(map, options)).rejects.toThrow(message)
  })

  it('rejects with the reason of a signal aborted before or during the work', async () => {
    await expect(
      postprocess(mapOf(8, 8), { signal: AbortSignal.abort(new Error('enough')) }),
    ).rejects.toThrow('enough')
    const busy = mapOf(2000, 2000)
    for (let i = 0; i < busy.data.length; i += 2) busy.data[i] = ((i * 2654435761) >>> 7) % 2 ? 0.9 : 0
    const controller = new AbortController()
    const work = postprocess(busy, {
      signal: controller.signal,
      maxCandidates: 2 ** 31 - 1,
      boxThresh: 0,
      minSize: 0,
    })
    controller.abort(new Error('stopped'))
    await expect(work).rejects.toThrow('stopped')
  })
})

describe('scoreImage', () => {
  it('tells what happened to each polygon', async () => {
    const gt = packGroundTruth([
      { points: rectangle(0, 0, 20, 10), ignore: false },
      { points: rectangle(50, 0, 20, 10), ignore: true },
      { points: rectangle(0, 50, 20, 10), ignore: false },
    ])
    const detections = packPolygons([
      rectangle(50, 0, 18, 10),
      rectangle(1, 0, 20, 10),
      rectangle(200, 200, 5, 5),
    ])
    const score = await scoreImage('icdar2015', gt, detections)
    expect(score).toMatchObject({ matched: 1, gtCare: 2, detCare: 2 })
    expect([...score.matchedGt]).toEqual([-1, 0, -1])
    expect(score.gtRoles).toEqual(['care', 'dont-care', 'care'])
    expect(score.detRoles).toEqual(['dont-care', 'care', 'care'])
  })

  it('drops invalid polygons under iou, and only there', async () => {
    const bowTie = [0, 0, 10, 10, 10, 0, 0, 10]
    const detections = packPolygons([rectangle(0, 0, 10, 10)])
    expect(await scoreImage('iou', gtOf(bowTie), detections)).toMatchObject({
      gtCare: 0,
      detCare: 1,
      gtRoles: ['invalid'],
    })
    expect(await scoreImage('icdar2015', gtOf(bowTie), detections)).toMatchObject({ gtCare: 1, detCare: 1 })
  })

  it('rejects offsets that do not fit the points', async () => {
    const broken = { points: new Float64Array(8), offsets: Uint32Array.of(0, 9) }
    await expect(scoreImage('iou', gtOf(), broken)).rejects.toThrow(/detections.offsets must be ascending/)
  })
})

describe('sweepImage', () => {
  const map = mapOf(100, 80, [10, 10, 30, 10], [20, 50, 40, 12])
  const gt = gtOf(rectangle(6, 6, 38, 18), rectangle(14, 44, 52, 24))

  it('gives each setting, thresh slowest, what the setting alone gives', async () => {
    const counts = await sweepImage(map, gt, grid, { protocol: 'iou' })
    let index = 0
    for (const thresh of grid.thresh) {
      for (const boxThresh of grid.boxThresh) {
        for (const maxCandidates of grid.maxCandidates) {
          const boxes = await postprocess(map, { thresh, boxThresh, maxCandidates })
          const alone = await scoreImage('iou', gt, boxes)
          expect(
            [counts.matched[index], counts.gtCare[index], counts.detCare[index]],
            `setting ${index}`,
          ).toEqual([alone.matched, alone.gtCare, alone.detCare])
          index++
        }
      }
    }
    expect(counts.matched).toHaveLength(index)
    expect(new Set(counts.detCare)).toEqual(new Set([0, 1, 2]))
  })

  it('ends its progress at the number of thresh values, and rejects an empty axis', async () => {
    let last = 0
    await sweepImage(map, gt, grid, { protocol: 'iou', onProgress: (done) => (last = done) })
    expect(last).toBe(2)
    await expect(sweepImage(map, gt, { ...grid, boxThresh: [] }, { protocol: 'iou' })).rejects.toThrow(
      /grid.boxThresh/,
    )
  })
})

describe('capabilities', () => {
  it('says why CUDA is not used where it is not', () => {
    const { version, cuda } = capabilities()
    expect(version).toMatch(/^\d+\.\d+\.\d+$/)
    expect(cuda.usable || cuda.reason.length > 0).toBe(true)
  })
})
