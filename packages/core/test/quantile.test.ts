import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quantile, upperCriticalValue } from '../src/quantile.ts'

describe('quantile', () => {
  it('is type 7, as NumPy computes it', () => {
    // numpy.quantile([1, 2, 4, 8], [0, 0.1, 0.5, 0.975, 1])
    const values = [1, 2, 4, 8]
    expect(quantile(values, 0)).toBe(1)
    expect(quantile(values, 0.1)).toBeCloseTo(1.3, 14)
    expect(quantile(values, 0.5)).toBe(3)
    expect(quantile(values, 0.975)).toBeCloseTo(7.7, 14)
    expect(quantile(values, 1)).toBe(8)
  })

  it('takes one value, and none', () => {
    expect(quantile([5], 0.3)).toBe(5)
    expect(quantile([], 0.3)).toBeNaN()
  })

  it('rises with p and stays within the values', () => {
    const value = fc.double({ min: -1, max: 1, noNaN: true })
    const p = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), p, p, (values, p1, p2) => {
        const sorted = Float64Array.from(values).sort()
        const low = quantile(sorted, Math.min(p1, p2))
        const high = quantile(sorted, Math.max(p1, p2))
        expect(low).toBeGreaterThanOrEqual(sorted[0]!)
        expect(high).toBeLessThanOrEqual(sorted.at(-1)!)
        expect(high - low).toBeGreaterThanOrEqual(-1e-15)
      }),
    )
  })
})

describe('upperCriticalValue', () => {
  it('lets one more value, drawn alike, exceed it with probability at most 1 - p', () => {
    const values = (count: number) => Array.from({ length: count }, (_, i) => i + 1)
    // 19 simulated values: the 20th is the largest with probability 1 / 20.
    expect(upperCriticalValue(values(19), 0.95)).toBe(19)
    expect(upperCriticalValue(values(2000), 0.95)).toBe(1901)
    expect(upperCriticalValue(values(10), 0.95)).toBe(10)
    expect(upperCriticalValue([], 0.95)).toBe(0)
  })
})
