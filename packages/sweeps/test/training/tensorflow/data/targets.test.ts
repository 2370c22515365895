import { describe, expect, it } from 'vitest'
import type { Quad } from '../../../../src/sample/point.js'
import { targetsOf } from '../../../../src/training/tensorflow/data/targets.js'

const SIZE = 64

function rectangle(left: number, top: number, width: number, height: number): Quad {
  return [
    { x: left, y: top },
    { x: left + width, y: top },
    { x: left + width, y: top + height },
    { x: left, y: top + height },
  ]
}

function at(map: Float32Array, x: number, y: number): number {
  return map[y * SIZE + x]!
}

describe('targetsOf', () => {
  // 40 x 20: D = 800 x 0.84 / 120 = 5.6, so 16 to 44 less 5.6 on each side.
  const quad = rectangle(10, 20, 40, 20)
  const { shrunk, judged, threshold, border } = targetsOf([{ quad, text: 'a', ignore: false }], SIZE)

  it('shrinks a region by A (1 - 0.4²) / L', () => {
    let marked = 0
    for (const value of shrunk) marked += value
    // Whole pixels from 15.6 to 44.4 and from 25.6 to 34.4.
    expect(marked).toBe(29 * 9)
    expect(at(shrunk, 16, 26)).toBe(1)
    expect(at(shrunk, 15, 26)).toBe(0)
    expect(at(shrunk, 16, 25)).toBe(0)
  })

  it('puts the threshold highest at the edge, and lowest D away from it on either side', () => {
    expect(at(threshold, 30, 20)).toBeCloseTo(0.7, 6)
    expect(at(threshold, 30, 22)).toBeCloseTo(0.3 + 0.4 * (1 - 2 / 5.6), 6)
    expect(at(threshold, 30, 18)).toBeCloseTo(0.3 + 0.4 * (1 - 2 / 5.6), 6)
    expect(at(threshold, 30, 30)).toBeCloseTo(0.3, 6)
    expect(at(threshold, 30, 5)).toBeCloseTo(0.3, 6)
  })

  it('judges it inside, and as far outside as D, corners rounded', () => {
    expect(at(border, 30, 30)).toBe(1)
    expect([at(border, 30, 15), at(border, 30, 14)]).toEqual([1, 0])
    // 4 x 4 from a corner is 5.66 away, 3 x 4 is 5.
    expect([at(border, 7, 16), at(border, 6, 16)]).toEqual([1, 0])
  })

  it('judges the probability everywhere but in what is ignored or vanishes', () => {
    expect(judged.every((value) => value === 1)).toBe(true)
    const ignored = targetsOf([{ quad, text: '', ignore: true }], SIZE)
    expect(ignored.judged.filter((value) => value === 0)).toHaveLength(41 * 21)
    expect(ignored.shrunk.some((value) => value > 0)).toBe(false)
    expect(ignored.border.some((value) => value > 0)).toBe(false)
    const thin = targetsOf([{ quad: rectangle(10, 20, 40, 0), text: '', ignore: false }], SIZE)
    expect(thin.shrunk.filter((value) => value === 1).length).toBeLessThanOrEqual(41)
  })
})
