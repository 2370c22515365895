import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstAlike, rowsEqual } from '../src/distinct.ts'

describe('firstAlike', () => {
  it('finds the first setting with the same values in every channel', () => {
    const images = 3
    const cell = fc.constantFrom(0, 1, 0.1)
    const rows = fc.array(fc.array(cell, { minLength: images, maxLength: images }), {
      minLength: 1,
      maxLength: 30,
    })
    fc.assert(
      fc.property(rows, fc.boolean(), (a, second) => {
        // A second channel that tells even settings from odd ones.
        const b = a.map((_, setting) => new Array(images).fill(second ? setting % 2 : 0))
        const channel = (values: number[][]) => ({
          values: Float64Array.from(values.flat()),
          baseline: new Float64Array(images),
        })
        const key = (setting: number) => JSON.stringify([a[setting], b[setting]])
        const expected = a.map((_, setting) => a.findIndex((_, other) => key(other) === key(setting)))
        expect([...firstAlike([channel(a), channel(b)], a.length, images)]).toEqual(expected)
      }),
    )
  })

  it('reads arrays that start inside their buffer', () => {
    const values = Float64Array.from([9, 1, 2, 1, 2, 1, 3]).subarray(1)
    expect([...firstAlike([{ values, baseline: new Float64Array(2) }], 3, 2)]).toEqual([0, 0, 2])
  })

  it('puts settings without images together', () => {
    const empty = new Float64Array(0)
    expect([...firstAlike([{ values: empty, baseline: empty }], 3, 0)]).toEqual([0, 0, 0])
  })
})

describe('rowsEqual', () => {
  it('compares rows of two arrays', () => {
    const a = Float64Array.from([1, 2, 3, 4])
    const b = Float64Array.from([3, 4, 1, 2])
    expect(rowsEqual(a, 0, b, 1, 2)).toBe(true)
    expect(rowsEqual(a, 0, b, 0, 2)).toBe(false)
    expect(rowsEqual(a, 1, a, 1, 2)).toBe(true)
  })
})
