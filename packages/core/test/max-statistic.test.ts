import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fewestDifferingImages, raiseMaxima, studentised } from '../src/max-statistic.ts'

describe('fewestDifferingImages', () => {
  it('is the first k for which a run of k heads or tails is rarer than the error rate', () => {
    for (const level of [0.8, 0.9, 0.95, 0.99]) {
      const k = fewestDifferingImages(level)
      expect(2 ** (1 - k)).toBeLessThanOrEqual(1 - level)
      expect(2 ** (1 - (k - 1))).toBeGreaterThan(1 - level)
    }
    expect(fewestDifferingImages(0.95)).toBe(6)
  })
})

describe('studentised', () => {
  const delta = fc.double({ min: 1e-6, max: 1, noNaN: true })
  const error = fc.double({ min: 0, max: 1, noNaN: true })
  const images = fc.integer({ min: 2, max: 1000 })

  it('is smaller than delta / se, keeps its sign, and is at most sqrt(n)', () => {
    fc.assert(
      fc.property(delta, error, images, (d, se, n) => {
        const t = studentised(d, se, n)
        expect(t).toBeGreaterThan(0)
        expect(t).toBeLessThanOrEqual(Math.sqrt(n) * (1 + 1e-12))
        if (se > 0) expect(t).toBeLessThan(d / se)
        expect(studentised(-d, se, n)).toBe(-t)
      }),
    )
  })

  it('is the mean over its root mean square for a mean, up to the factor of narrowness', () => {
    const differences = [3, -1, 4, 1, 5]
    const n = differences.length
    const mean = differences.reduce((a, b) => a + b) / n
    const variance = differences.reduce((sum, d) => sum + (d - mean) ** 2, 0) / n
    const unbiased = variance * (n / (n - 1))
    // The bootstrap's standard error of a mean is exactly sqrt(variance / n).
    expect(studentised(mean, Math.sqrt(variance / n), n)).toBeCloseTo(
      mean / Math.sqrt((unbiased + mean ** 2) / n),
      12,
    )
  })

  it('approaches delta / se in large sets', () => {
    expect(studentised(0.002, 0.001, 1e9)).toBeCloseTo(2, 6)
  })

  it('is 0 for a difference that is rounding', () => {
    expect(studentised(0, 0, 10)).toBe(0)
    expect(studentised(1e-16, 1e-17, 10)).toBe(0)
  })
})

describe('raiseMaxima', () => {
  it('keeps the larger of what is there and the studentised deviation', () => {
    const maxima = Float64Array.of(0, 5, 1)
    raiseMaxima(maxima, Float64Array.of(0.3, 0.3, -0.1), 0.1, 0.1)
    expect(maxima[0]).toBeCloseTo(2, 12)
    expect(maxima[1]).toBe(5)
    expect(maxima[2]).toBeCloseTo(2, 12)
  })

  it('ignores a setting without spread', () => {
    const maxima = Float64Array.of(1)
    raiseMaxima(maxima, Float64Array.of(0.1 + 1e-17), 0.1, 1e-17)
    expect(maxima[0]).toBe(1)
  })
})
