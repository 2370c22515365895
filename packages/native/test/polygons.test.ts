import { describe, expect, it } from 'vitest'
import { packGroundTruth, packPolygons, unpackPolygons } from '../src/polygons.js'

describe('packPolygons', () => {
  it('lays polygons out flat and unpacks to the same', () => {
    const set = packPolygons([[0, 0, 4, 0, 4, 3], [], [1.5, 2, 3, 4, 5, 6, 7, 8]])
    expect([...set.offsets]).toEqual([0, 3, 3, 7])
    expect(unpackPolygons(set)).toEqual([
      [
        [0, 0],
        [4, 0],
        [4, 3],
      ],
      [],
      [
        [1.5, 2],
        [3, 4],
        [5, 6],
        [7, 8],
      ],
    ])
  })

  it('holds no polygon as well as many', () => {
    expect([...packPolygons([]).offsets]).toEqual([0])
    const gt = packGroundTruth([{ points: [0, 0, 1, 0, 1, 1], ignore: true }])
    expect([...gt.ignore]).toEqual([1])
  })
})
