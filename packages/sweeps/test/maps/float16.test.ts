import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeProbability, FLOAT16_VALUES } from '../../src/maps/float16.js'

describe('FLOAT16_VALUES', () => {
  // The examples of IEEE 754 binary16 in its description.
  it.each([
    [0x0000, 0],
    [0x0001, 2 ** -24],
    [0x03ff, 1023 * 2 ** -24],
    [0x0400, 2 ** -14],
    [0x3555, 0.333251953125],
    [0x3bff, 0.99951171875],
    [0x3c00, 1],
    [0x3c01, 1.0009765625],
    [0x7bff, 65504],
    [0x7c00, Number.POSITIVE_INFINITY],
    [0x7e00, Number.NaN],
    [0x8000, -0],
    [0xc000, -2],
    [0xfc00, Number.NEGATIVE_INFINITY],
  ])('has 0x%s as %d', (bits, value) => {
    expect(FLOAT16_VALUES[bits]).toBe(value)
  })

  it('rises with the bits, from zero to infinity', () => {
    for (let bits = 1; bits <= 0x7c00; bits++)
      expect(FLOAT16_VALUES[bits]! > FLOAT16_VALUES[bits - 1]!).toBe(true)
  })
})

describe('encodeProbability', () => {
  it('returns the bits of every half from 0 to 1', () => {
    for (let bits = 0; bits <= 0x3c00; bits++) expect(encodeProbability(FLOAT16_VALUES[bits]!)).toBe(bits)
  })

  it('takes the nearest half, and the even one of two', () => {
    const near = fc.double({ min: 0, max: 1, noNaN: true })
    const small = near.map((value) => value * 2 ** -14)
    const between = fc
      .integer({ min: 0, max: 0x3bff })
      .map((bits) => (FLOAT16_VALUES[bits]! + FLOAT16_VALUES[bits + 1]!) / 2)
    fc.assert(
      fc.property(fc.oneof(near, small, between), (value) => {
        const bits = encodeProbability(value)
        const distance = Math.abs(FLOAT16_VALUES[bits]! - value)
        for (const other of [bits - 1, bits + 1].filter((b) => b >= 0 && b <= 0x3c00)) {
          const otherDistance = Math.abs(FLOAT16_VALUES[other]! - value)
          expect(distance).toBeLessThanOrEqual(otherDistance)
          if (distance === otherDistance) expect(bits % 2).toBe(0)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
