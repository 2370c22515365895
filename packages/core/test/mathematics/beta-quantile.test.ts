import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { betaQuantile } from '../../src/mathematics/beta-quantile.ts'
import { incompleteBeta } from '../../src/mathematics/incomplete-beta.ts'

describe('the quantile of the beta distribution', () => {
  it('has its closed forms', () => {
    for (const p of [1e-12, 0.001, 0.2, 0.5, 0.9, 0.9999]) {
      expect(betaQuantile(p, 1, 1)).toBeCloseTo(p, 13)
      expect(betaQuantile(p, 1, 4) / (1 - (1 - p) ** 0.25)).toBeCloseTo(1, 3)
      expect(betaQuantile(p, 0.5, 0.5) / Math.sin((Math.PI * p) / 2) ** 2).toBeCloseTo(1, 12)
    }
    expect([0, 1].map((p) => betaQuantile(p, 2, 3))).toEqual([0, 1])
    expect(betaQuantile(1.5, 2, 3)).toBeNaN()
  })

  it('keeps its precision where half of the mass lies near 0', () => {
    // x^a is the distribution for b = 1.
    for (const a of [0.01, 0.05, 0.3]) {
      for (const p of [0.01, 0.2, 0.5]) expect(betaQuantile(p, a, 1) / p ** (1 / a)).toBeCloseTo(1, 10)
    }
  })

  it('is the inverse of the incomplete beta function', () => {
    const shape = fc.double({ min: 0.2, max: 50, noNaN: true })
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), shape, shape, (p, a, b) => {
        const x = betaQuantile(p, a, b)
        expect(x).toBeGreaterThanOrEqual(0)
        expect(x).toBeLessThanOrEqual(1)
        // Near 1 neighbouring doubles may be further apart in probability than that.
        if (x < 0.999) expect(incompleteBeta(x, a, b)).toBeCloseTo(p, 10)
      }),
    )
  })
})
