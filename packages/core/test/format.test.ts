import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDuration, formatPoints, formatScore, formatValue } from '../src/format.ts'
import { parseValues } from '../src/values.ts'

describe('formatPoints', () => {
  it.each([
    [0.0018, '+0.18 pt'],
    [-0.0006, '-0.06 pt'],
    [0, '+0.00 pt'],
    [-0, '+0.00 pt'],
    [1e-9, '+0.00 pt'],
    [-1e-9, '+0.00 pt'],
    [-0.00004, '+0.00 pt'],
    [-0.00006, '-0.01 pt'],
    [0.00125, '+0.13 pt'],
    [-0.00125, '-0.13 pt'],
    [0.0035, '+0.35 pt'],
    [0.1234, '+12.34 pt'],
    [1, '+100.00 pt'],
    [-1, '-100.00 pt'],
  ])('%d is %s', (delta, text) => expect(formatPoints(delta)).toBe(text))

  it('rounds once: never further than half a hundredth of a point', () => {
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (delta) => {
        const text = formatPoints(delta)
        expect(text).toMatch(/^[+-]\d+\.\d\d pt$/)
        expect(Math.abs(Number.parseFloat(text) / 100 - delta)).toBeLessThanOrEqual(0.00005 + 1e-15)
      }),
    )
  })
})

describe('formatScore', () => {
  it.each([
    [0.96534, '0.9653'],
    [0.96536, '0.9654'],
    [1, '1.0000'],
    [0, '0.0000'],
    [-0, '0.0000'],
    [0.03125, '0.0313'],
    [0.99996, '1.0000'],
  ])('%d is %s', (score, text) => expect(formatScore(score)).toBe(text))
})

describe('formatValue', () => {
  it.each([
    [0.29, '0.29'],
    [1000, '1000'],
    [2.0, '2'],
    [-0, '0'],
    [1e-7, '1e-7'],
    [0.1 + 0.2, '0.30000000000000004'],
  ])('%d is %s', (value, text) => expect(formatValue(value)).toBe(text))

  it('reads back as the same number', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (value) => {
        expect(parseValues(formatValue(value), 'thresh')).toEqual([value === 0 ? 0 : value])
      }),
    )
  })
})

describe('formatDuration', () => {
  it.each([
    [0, '0.0 s'],
    [1.1, '1.1 s'],
    [59.94, '59.9 s'],
    [59.96, '1 m 00 s'],
    [125, '2 m 05 s'],
    [3599.4, '59 m 59 s'],
    [3599.6, '1 h 00 m'],
    [3 * 3600 + 12 * 60, '3 h 12 m'],
    [3 * 3600 + 5 * 60 + 31, '3 h 06 m'],
    [86_399, '1 d 00 h'],
    [2 * 86_400 + 3 * 3600, '2 d 03 h'],
    [Number.NaN, '-'],
    [Number.POSITIVE_INFINITY, '-'],
    [-1, '-'],
  ])('%d s is %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text))
})
