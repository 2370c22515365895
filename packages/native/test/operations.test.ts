import { describe, expect, it } from 'vitest'
import {
  capabilities,
  type GroundTruth,
  packGroundTruth,
  packPolygons,
  postprocess,
  type Scoring,
  scoreImage,
  unpackPolygons,
} from '../src/index.js'
import { mapOf, rectangle } from './support/images.js'

const gtOf = (...quads: number[][]): GroundTruth =>
  packGroundTruth(quads.map((points) => ({ points, ignore: false })))

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
  const icdar = { protocol: 'icdar2015' } as const
  const iou = { protocol: 'iou' } as const

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
    const score = await scoreImage(icdar, gt, detections)
    expect(score.levels).toEqual([{ recallHits: 1, recallTotal: 2, precisionHits: 1, precisionTotal: 2 }])
    expect(score.gtFates).toEqual(['matched', 'dont-care', 'missed'])
    expect(score.detFates).toEqual(['dont-care', 'matched', 'false-alarm'])
    expect(score.links).toEqual([{ gt: 0, det: 1, overlap: 190 / 210 }])
    expect(score.endToEnd).toBeUndefined()
  })

  it('drops invalid polygons under iou, and only there', async () => {
    const bowTie = [0, 0, 10, 10, 10, 0, 0, 10]
    const detections = packPolygons([rectangle(0, 0, 10, 10)])
    const dropped = await scoreImage(iou, gtOf(bowTie), detections)
    expect(dropped.gtFates).toEqual(['invalid'])
    expect(dropped.levels[0]).toMatchObject({ recallTotal: 0, precisionTotal: 1 })
    const kept = await scoreImage(icdar, gtOf(bowTie), detections)
    expect(kept.levels[0]).toMatchObject({ recallTotal: 1, precisionTotal: 1 })
  })

  it('counts characters, and compares what was read, code point by code point', async () => {
    const gt = packGroundTruth([{ points: rectangle(0, 0, 40, 10), ignore: false, text: 'a😀한글' }])
    const read = { ...packPolygons([rectangle(0, 0, 40, 10)]), texts: ['A😀한굴'] }
    const score = (options: object) =>
      scoreImage({ protocol: 'cleval', endToEnd: true, ...options }, gt, read)
    const { levels, endToEnd } = await score({})
    expect(levels[0]).toMatchObject({ recallHits: 4, recallTotal: 4 })
    expect(endToEnd).toMatchObject({ recallHits: 2, recallTotal: 4, precisionTotal: 4 })
    expect((await score({ caseSensitive: false })).endToEnd).toMatchObject({ recallHits: 3 })
  })

  it('tries the score thresholds of hmean-iou', async () => {
    const gt = gtOf(rectangle(0, 0, 20, 10))
    const detections = {
      ...packPolygons([rectangle(0, 0, 20, 10), rectangle(50, 0, 9, 9)]),
      scores: Float64Array.of(0.9, 0.5),
    }
    const scoring = { protocol: 'hmean-iou', scoreThresholds: [0.4, 0.6] } as const
    const { levels, detFates } = await scoreImage(scoring, gt, detections, { level: 1 })
    expect(levels.map(({ precisionTotal }) => precisionTotal)).toEqual([2, 1])
    expect(detFates).toEqual(['matched', 'invalid'])
    await expect(scoreImage(scoring, gt, detections, { level: 2 })).rejects.toThrow('no such score threshold')
  })

  const square = gtOf(rectangle(0, 0, 5, 5))
  it.each<[string, Scoring, object, RegExp]>([
    [
      'an unknown protocol',
      { protocol: 'coco' as never },
      {},
      /protocol must be one of icdar2015, iou, hmean/,
    ],
    ['a negative weight', { protocol: 'cleval', recallGranularity: -1 }, {}, /recallGranularity must be at/],
    ['a flag that is none', { protocol: 'cleval', numpy2: 1 as never }, {}, /numpy2 must be a boolean/],
    [
      'no thresholds',
      { protocol: 'hmean-iou', scoreThresholds: [] },
      {},
      /scoreThresholds must be not empty/,
    ],
    ['scores of other length', icdar, { scores: new Float64Array(2) }, /detections.scores must be as long/],
    ['texts of other length', icdar, { texts: ['a', 'b'] }, /detections.texts must be as long/],
    ['texts that are none', icdar, { texts: [1] }, /detections.texts must be an array of strings/],
    ['offsets that do not fit', iou, { offsets: Uint32Array.of(0, 9) }, /detections.offsets must be asc/],
  ])('rejects %s, naming the argument', async (_, scoring, change, message) => {
    const detections = { ...packPolygons([rectangle(0, 0, 5, 5)]), ...change }
    await expect(scoreImage(scoring, square, detections)).rejects.toThrow(message)
  })
})

describe('capabilities', () => {
  it('says why CUDA is not used where it is not', () => {
    const { version, cuda } = capabilities()
    expect(version).toMatch(/^\d+\.\d+\.\d+$/)
    expect(cuda.usable || cuda.reason.length > 0).toBe(true)
  })
})
