import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boxesLine } from '../../src/boxes/boxes-line.js'
import { readPolygons } from '../../src/polygons/read-polygons.js'
import { temporaryFolder } from '../support/temporary-folder.js'

type Box = { points: [number, number][]; score: number }

function toBoxSet(boxes: readonly Box[]) {
  const offsets = Uint32Array.of(0, ...boxes.map(() => 0))
  for (const [i, { points }] of boxes.entries()) offsets[i + 1] = offsets[i]! + points.length
  const points = Float64Array.from(boxes.flatMap((box) => box.points.flat()))
  return { points, offsets, scores: Float64Array.from(boxes.map((box) => box.score)) }
}

describe('boxesLine', () => {
  it('writes what the command line promises', () => {
    const box: Box = {
      points: [
        [1, 2],
        [30, 2.5],
        [-0, 9],
      ],
      score: 0.1,
    }
    expect(boxesLine('a "b"\n가', toBoxSet([box, box]))).toBe(
      '{"image":"a \\"b\\"\\n가","boxes":[[[1,2],[30,2.5],[0,9]],[[1,2],[30,2.5],[0,9]]],"scores":[0.1,0.1]}',
    )
    expect(boxesLine('a', toBoxSet([]))).toBe('{"image":"a","boxes":[],"scores":[]}')
  })

  it('is read back without loss', async () => {
    const folder = temporaryFolder()
    const coordinate = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value + 0)
    const box = fc.record({
      points: fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 6 }),
      score: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(box, { maxLength: 4 }), { maxLength: 3 }), async (images) => {
        const text = images.map((boxes, i) => `${boxesLine(`image ${i}`, toBoxSet(boxes))}\n`).join('')
        const { images: read } = await readPolygons(folder.write('boxes.jsonl', text))
        expect(
          [...read.values()].map((found) => found.map(({ points, confidence }) => [points, confidence])),
        ).toEqual(images.map((boxes) => boxes.map(({ points, score }) => [points.flat(), score])))
      }),
    )
  })
})
