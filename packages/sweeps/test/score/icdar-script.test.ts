import { describe, expect, test } from 'vitest'
import type { Annotation } from '../../src/polygons/types.js'
import { byConfidence, checkClockwise } from '../../src/score/icdar-script.js'

const annotation = (points: number[], confidence?: number): Annotation => ({
  points,
  ignore: false,
  place: 'res_1.txt:7',
  ...(confidence === undefined ? {} : { confidence }),
})

describe('checkClockwise', () => {
  // Worked by hand with the script's sum of (x2 - x1)(y2 + y1) over the edges.
  test.each([
    ['a rectangle from its top left corner', [0, 0, 4, 0, 4, 2, 0, 2], false],
    ['the same from any other corner', [4, 2, 0, 2, 0, 0, 4, 0], false],
    ['the same backwards', [0, 0, 0, 2, 4, 2, 4, 0], true],
    ['a bow tie whose halves cancel', [0, 0, 4, 2, 4, 0, 0, 2], false],
    ['a point', [3, 3, 3, 3, 3, 3, 3, 3], false],
    ['a triangle backwards', [0, 0, 0, 2, 4, 2], false],
  ])('%s', (_, points, refused) => {
    const check = () => checkClockwise([annotation(points)], 'icdar2015')
    if (refused) expect(check).toThrow(/^res_1\.txt:7: .* clockwise only\. List them /)
    else expect(check).not.toThrow()
  })
})

describe('byConfidence', () => {
  const places = (list: readonly Annotation[]) => list.map(({ points }) => points[0])

  test('sorts descending; ties keep their order', () => {
    const list = [annotation([1], 0.5), annotation([2], 0.9), annotation([3], 0.5), annotation([4], 1)]
    expect(places(byConfidence(list))).toEqual([4, 2, 1, 3])
    expect(places(list)).toEqual([1, 2, 3, 4])
  })

  test('leaves the order where one has no confidence', () => {
    expect(places(byConfidence([annotation([1], 0.1), annotation([2]), annotation([3], 0.9)]))).toEqual([
      1, 2, 3,
    ])
  })
})
