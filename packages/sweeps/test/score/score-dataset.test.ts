import { InputError } from '@thresher/core'
import { describe, expect, test } from 'vitest'
import type { Annotation, PolygonFile, PolygonFormatName } from '../../src/polygons/types.js'
import { scoreDataset } from '../../src/score/score-dataset.js'

type Shape = number[] | { points: number[]; ignore?: boolean; confidence?: number; text?: string }

/** A rectangle, clockwise from its top left corner. */
const box = (x: number, y: number, w = 20, h = 10) => [x, y, x + w, y, x + w, y + h, x, y + h]

function file(
  path: string,
  images: Record<string, Shape[]>,
  format: PolygonFormatName = 'icdar',
): PolygonFile {
  const annotations = (image: string, shapes: Shape[]) =>
    shapes.map((shape, i): Annotation => {
      const given = Array.isArray(shape) ? { points: shape } : shape
      return { ignore: false, ...given, place: `${path}/${image}.txt:${i + 1}` }
    })
  return {
    path,
    format,
    images: new Map(Object.entries(images).map(([image, shapes]) => [image, annotations(image, shapes)])),
  }
}

describe('counts and scores', () => {
  test('are summed over images before they are divided', async () => {
    const gt = file('gt', { a: [box(0, 0), box(100, 0), box(200, 0)], b: [box(0, 0)] })
    const pred = file('pred', { a: [box(0, 0), box(100, 1)], b: [box(0, 0), box(50, 50), box(90, 90)] })
    const score = await scoreDataset({ protocol: 'icdar2015' }, gt, pred)
    expect(score.counts).toEqual({ matched: 3, gtCare: 4, detCare: 5 })
    expect(score.recall).toBe(3 / 4)
    expect(score.precision).toBe(3 / 5)
    expect(score.hmean).toBe((2 * 0.75 * 0.6) / (0.75 + 0.6))
    expect(score.images.map(({ image, recall, precision }) => [image, recall, precision])).toEqual([
      ['a', 2 / 3, 1],
      ['b', 1, 1 / 3],
    ])
  })

  test('an image without detections is one where nothing was found', async () => {
    const score = await scoreDataset(
      { protocol: 'iou' },
      file('gt', { a: [box(0, 0)], b: [box(0, 0)] }),
      file('pred', { a: [box(0, 0)] }),
    )
    expect(score.counts).toEqual({ matched: 1, gtCare: 2, detCare: 1 })
    expect(score.images[1]).toMatchObject({ image: 'b', precision: 0, recall: 0, hmean: 0 })
  })

  test('an image without objects that count has 1/1/1, or precision 0 where something was detected', async () => {
    const ignored = { points: box(0, 0), ignore: true }
    const gt = file('gt', { empty: [], ignored: [ignored], spurious: [] })
    const { images, ...total } = await scoreDataset(
      { protocol: 'icdar2015' },
      gt,
      file('pred', { ignored: [box(0, 0)], spurious: [box(0, 0)] }),
    )
    expect(images.map(({ precision, recall, hmean }) => [precision, recall, hmean])).toEqual([
      [1, 1, 1],
      [1, 1, 1],
      [0, 1, 0],
    ])
    expect(total).toMatchObject({
      precision: 0,
      recall: 0,
      hmean: 0,
      counts: { matched: 0, gtCare: 0, detCare: 1 },
    })
  })

  test('nothing at all is 0/0/0 for the data set', async () => {
    const score = await scoreDataset({ protocol: 'icdar2015' }, file('gt', { a: [] }), file('pred', {}))
    expect([score.precision, score.recall, score.hmean]).toEqual([0, 0, 0])
    expect(score.images[0]).toMatchObject({ precision: 1, recall: 1, hmean: 1 })
  })

  test('are the same for any number of threads, and progress counts every image', async () => {
    const images = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [`img_${i}`, [box(i, 0), box(0, 3 * i)]]),
    )
    const pred = Object.fromEntries(Object.keys(images).map((name, i) => [name, [box(0, 0), box(i % 7, i)]]))
    const one = await scoreDataset({ protocol: 'iou' }, file('gt', images), file('pred', pred))
    const seen: number[] = []
    const four = await scoreDataset({ protocol: 'iou' }, file('gt', images), file('pred', pred), {
      threads: 4,
      onProgress: (done) => seen.push(done),
    })
    expect(four).toEqual(one)
    expect(seen).toEqual(Array.from({ length: 30 }, (_, i) => i + 1))
  })
})

describe('images are paired by name', () => {
  test('also where they differ in folder and picture extension only', async () => {
    const score = await scoreDataset(
      { protocol: 'iou' },
      file('gt', { img_1: [box(0, 0)] }),
      file('pred', { 'val/img_1.jpg': [box(0, 0)] }),
    )
    expect(score.counts.matched).toBe(1)
  })

  test('an image that the ground truth lacks is an error that names it', async () => {
    const scored = scoreDataset(
      { protocol: 'iou' },
      file('gt', { img_1: [] }),
      file('pred.jsonl', { img_2: [box(0, 0)] }),
    )
    await expect(scored).rejects.toThrow(
      /^pred\.jsonl: image "img_2" is not in the ground truth gt \(1 images?, the first is "img_1"\)/,
    )
    await expect(scored).rejects.toBeInstanceOf(InputError)
  })

  test('two images that would be the same one are an error', async () => {
    const pred = file('pred', { img_1: [box(0, 0)], 'b/img_1.jpg': [box(0, 0)] })
    await expect(scoreDataset({ protocol: 'iou' }, file('gt', { img_1: [] }), pred)).rejects.toThrow(
      /both "img_1" of the ground truth/,
    )
  })
})

describe('icdar2015', () => {
  const counterclockwise = [0, 0, 0, 10, 20, 10, 20, 0]

  test.each(['gt', 'pred'])('refuses a counterclockwise quad in %s, naming file and line', async (which) => {
    const [gt, pred] = ['gt', 'pred'].map((path) =>
      file(path, { a: [box(0, 0), path === which ? counterclockwise : box(50, 0)] }),
    )
    const scored = scoreDataset({ protocol: 'icdar2015' }, gt!, pred!)
    await expect(scored).rejects.toThrow(new RegExp(`^${which}/a\\.txt:2: the corners run counterclockwise`))
    await expect(scored).rejects.toBeInstanceOf(InputError)
  })

  test('lets degenerate quads and other polygons pass', async () => {
    const hexagon = [0, 0, 0, 10, 10, 20, 20, 10, 20, 0, 10, -10]
    const shapes = [[5, 5, 5, 5, 5, 5, 5, 5], hexagon]
    await expect(
      scoreDataset({ protocol: 'icdar2015' }, file('gt', { a: shapes }), file('pred', { a: shapes })),
    ).resolves.toBeDefined()
  })

  test('iou does not mind the direction', async () => {
    const score = await scoreDataset(
      { protocol: 'iou' },
      file('gt', { a: [counterclockwise] }),
      file('pred', { a: [counterclockwise] }),
    )
    expect(score.hmean).toBe(1)
  })

  // Matching is greedy in the order of the detections: `wide` overlaps both objects by more than half, so whether it or
  // `exact` comes first decides how many are matched.
  const objects = [box(0, 0, 20, 10), box(0, 0, 30, 10)]
  const wide = { points: box(0, 0, 26, 10), confidence: 0.4 }
  const exact = { points: box(0, 0, 12, 10), confidence: 0.9 }
  const matched = async (format: PolygonFormatName, detections: Shape[]) =>
    (
      await scoreDataset(
        { protocol: 'icdar2015' },
        file('gt', { a: objects }),
        file('pred', { a: detections }, format),
      )
    ).counts.matched

  test('takes detections by descending confidence where an ICDAR file gives it', async () => {
    expect(await matched('icdar', [wide, exact])).toBe(2)
    expect(await matched('icdar', [exact, wide])).toBe(2)
  })

  test('takes them in the order of the file where one has none, and in boxes files', async () => {
    expect(await matched('icdar', [{ points: wide.points }, exact])).toBe(1)
    expect(await matched('jsonl', [wide, exact])).toBe(1)
    expect(await matched('jsonl', [exact, wide])).toBe(2)
  })
})

describe('what happened to each polygon', () => {
  test('stands in the order of the files, with its partners', async () => {
    // Sorted by confidence the script scores the second detection first.
    const gt = file('gt', { a: [box(100, 0), box(0, 0), { points: box(50, 0), ignore: true }] })
    const pred = file('pred', {
      a: [
        { points: box(0, 0), confidence: 0.4 },
        { points: box(100, 1), confidence: 0.9 },
        { points: box(50, 0), confidence: 0.6 },
        { points: box(0, 200), confidence: 0.5 },
      ],
    })
    const { images } = await scoreDataset({ protocol: 'icdar2015' }, gt, pred)
    expect(images[0]!.objects).toEqual([
      { fate: 'matched', with: [1] },
      { fate: 'matched', with: [0] },
      { fate: 'dont-care', with: [] },
    ])
    expect(images[0]!.detections).toEqual([
      { fate: 'matched', with: [1] },
      { fate: 'matched', with: [0] },
      { fate: 'dont-care', with: [] },
      { fate: 'false-alarm', with: [] },
    ])
  })

  test('a split object names its pieces', async () => {
    const gt = file('gt', { a: [{ points: box(0, 0, 100, 10), text: '0123456789' }] })
    const pred = file('pred', { a: [box(0, 0, 50, 10), box(50, 0, 50, 10)] })
    const { images, recall, precision } = await scoreDataset({ protocol: 'cleval' }, gt, pred)
    expect(images[0]!.objects).toEqual([{ fate: 'split', with: [0, 1] }])
    expect(images[0]!.detections.map(({ fate }) => fate)).toEqual(['split', 'split'])
    expect([recall, precision]).toEqual([0.9, 1])
  })
})

describe('cleval', () => {
  test('refuses an object without text that counts, naming it; don’t care needs none', async () => {
    const silent = file('gt', { a: [{ points: box(0, 0), text: 'a' }, box(50, 0)] })
    await expect(scoreDataset({ protocol: 'cleval' }, silent, file('pred', {}))).rejects.toThrow(
      /^gt\/a\.txt:2: has no text; cleval counts its characters\. Add it, or score with cleval-receipt/,
    )
    const ignored = file('gt', { a: [{ points: box(0, 0), ignore: true }] })
    const { counts } = await scoreDataset({ protocol: 'cleval' }, ignored, file('pred', {}))
    expect(counts).toMatchObject({ num_char_gt: 0 })
  })

  test('end to end compares what was read', async () => {
    const gt = file('gt', {
      a: [{ points: box(0, 0), text: 'abcd' }],
      b: [{ points: box(0, 0), text: 'ef' }],
    })
    const pred = file('pred', { a: [{ points: box(0, 0), text: 'abcx' }] })
    const { recall, endToEnd, images } = await scoreDataset({ protocol: 'cleval', endToEnd: true }, gt, pred)
    expect(recall).toBe(4 / 6)
    expect(endToEnd).toMatchObject({ recall: 3 / 6, precision: 3 / 4, counts: { tp: 3, fp: 1 } })
    expect(images[1]!.endToEnd).toMatchObject({ recall: 0, counts: { tp: 0 } })
  })
})

test('cleval-receipt is the mean of images, and minds no don’t care', async () => {
  const gt = file('gt', { a: [{ points: box(0, 0), ignore: true }], b: [box(0, 0), box(50, 0)], c: [] })
  const pred = file('pred', { a: [box(0, 0)], b: [box(0, 0)] })
  const { recall, precision, hmean, float32 } = await scoreDataset({ protocol: 'cleval-receipt' }, gt, pred)
  expect([recall, precision]).toEqual([0.5, 2 / 3])
  expect(hmean).toBe((1 + 2 / 3) / 3)
  expect(float32!.hmean).toBe(Math.fround(Math.fround(1 + Math.fround(2 / 3)) / 3))
})

describe('hmean-iou', () => {
  const gt = file('gt', { a: [box(0, 0), box(100, 0)], b: [box(0, 0)] })
  const pred = file('pred', {
    a: [
      { points: box(0, 0), confidence: 0.95 },
      { points: box(50, 50), confidence: 0.45 },
    ],
    b: [{ points: box(0, 0), confidence: 0.65 }],
  })

  test('reports the score threshold with the best H-Mean, the lowest among equals', async () => {
    const score = await scoreDataset({ protocol: 'hmean-iou' }, gt, pred)
    expect(score.thresholds!.map(({ scoreThreshold, precision }) => [scoreThreshold, precision])).toEqual([
      [0.3, 2 / 3],
      [0.4, 2 / 3],
      [0.5, 1],
      [0.6, 1],
      [0.7, 1],
      [0.8, 1],
      [0.9, 1],
    ])
    expect(score).toMatchObject({ scoreThreshold: 0.5, precision: 1, recall: 2 / 3 })
    expect(score.counts).toEqual({ matched: 2, gtCare: 3, detCare: 2 })
    // What lies below the chosen threshold is as if it were not there.
    expect(score.images[0]!.detections.map(({ fate }) => fate)).toEqual(['matched', 'invalid'])
  })

  test('refuses confidences that only some detections have', async () => {
    const some = file('pred', { a: [{ points: box(0, 0), confidence: 0.9 }, box(100, 0)] })
    await expect(scoreDataset({ protocol: 'hmean-iou' }, gt, some)).rejects.toThrow(
      /^pred\/a\.txt:2: has no confidence, though others/,
    )
  })
})

test('a polygon that the protocol cannot read is named by its place', async () => {
  const pentagon = [0, 0, 10, 0, 12, 5, 10, 10, 0, 10]
  const gt = file('gt', { a: [{ points: box(0, 0), text: 'a' }] })
  const scored = scoreDataset({ protocol: 'tedeval' }, gt, file('pred', { a: [box(0, 0), pentagon] }))
  await expect(scored).rejects.toThrow(/^pred\/a\.txt:2: has 5 vertices; tedeval reads quadrilaterals\./)
  await expect(scored).rejects.toBeInstanceOf(InputError)
})

test('an abort ends it with its reason', async () => {
  const reason = new Error('stopped')
  const scored = scoreDataset({ protocol: 'iou' }, file('gt', { a: [box(0, 0)] }), file('pred', {}), {
    signal: AbortSignal.abort(reason),
  })
  await expect(scored).rejects.toBe(reason)
})
