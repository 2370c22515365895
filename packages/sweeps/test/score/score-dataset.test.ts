import { InputError } from '@thresher/core'
import { describe, expect, test } from 'vitest'
import type { Annotation, PolygonFile, PolygonFormatName } from '../../src/polygons/types.js'
import { scoreDataset } from '../../src/score/score-dataset.js'

type Shape = number[] | { points: number[]; ignore?: boolean; confidence?: number }

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

test('an abort ends it with its reason', async () => {
  const reason = new Error('stopped')
  const scored = scoreDataset({ protocol: 'iou' }, file('gt', { a: [box(0, 0)] }), file('pred', {}), {
    signal: AbortSignal.abort(reason),
  })
  await expect(scored).rejects.toBe(reason)
})
