import { describe, expect, it } from 'vitest'
import {
  logNormalCdf,
  normalCdf,
  normalPdf,
  normalQuantile,
  normalQuantileOfLog,
  scaledTail,
} from '../../src/mathematics/normal.js'

// Abramowitz and Stegun, Handbook of Mathematical Functions, tables 26.1 and 26.2, and to more digits by the continued
// fraction and the series below, which share nothing with the rational approximations.
describe('normalCdf', () => {
  it('equals the series around 0 to 1e-14 relative, on the small side', () => {
    for (let x = -3; x <= 3; x += 0.037) {
      expect(Math.abs(normalCdf(x) / bySeries(x) - 1)).toBeLessThan(x < -1 ? 5e-13 : 1e-14)
    }
  })

  it('equals the continued fraction in the tail to 1e-14 relative', () => {
    for (let y = 3; y <= 40; y += 0.21) {
      expect(Math.abs(scaledTail(y) / byFraction(y) - 1)).toBeLessThan(1e-14)
      const log = -0.5 * y * y + Math.log(byFraction(y))
      expect(Math.abs(logNormalCdf(-y) / log - 1)).toBeLessThan(1e-15 * 4)
    }
  })

  it('takes the table values', () => {
    expect(normalCdf(1)).toBeCloseTo(0.841344746068543, 14)
    expect(normalCdf(-5)).toBeCloseTo(2.8665157187919e-7, 19)
    expect(logNormalCdf(-1e6)).toBeCloseTo(-0.5e12 - Math.log(1e6) - 0.9189385332046727, 2)
    expect(normalPdf(0)).toBeCloseTo(0.3989422804014327, 15)
  })

  it('has no step where one approximation takes over from another', () => {
    for (const x of [0.67448975, Math.sqrt(32)]) {
      expect(Math.abs(normalCdf(-x - 1e-13) / normalCdf(-x + 1e-13) - 1)).toBeLessThan(2e-12)
    }
  })
})

describe('normalQuantile', () => {
  it('inverts the distribution in both tails', () => {
    for (let e = -300; e < -0.31; e += 1.7) {
      const p = 10 ** e
      expect(Math.abs(logNormalCdf(normalQuantile(p)) / Math.log(p) - 1)).toBeLessThan(1e-14)
    }
    for (const p of [0, 0.3, 0.5, 0.97, 1]) expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 15)
    expect(normalQuantile(-0.1)).toBeNaN()
  })

  it('works from the logarithm where the share itself underflows', () => {
    for (const logP of [-1e-12, -0.1, -0.7, -3, -50, -650, -710, -1e4, -1e9]) {
      expect(Math.abs(logNormalCdf(normalQuantileOfLog(logP)) / logP - 1)).toBeLessThan(1e-13)
    }
    expect(normalQuantileOfLog(0)).toBe(Number.POSITIVE_INFINITY)
    expect(normalQuantileOfLog(0.1)).toBeNaN()
  })
})

/** 1/2 + pdf(x) * (x + x^3/3 + x^5/(3*5) + ...), Abramowitz and Stegun 26.2.11. */
function bySeries(x: number): number {
  let term = x
  let sum = x
  for (let k = 1; Math.abs(term) > 1e-18 * Math.abs(sum); k++) {
    term *= (x * x) / (2 * k + 1)
    sum += term
  }
  return 0.5 + sum * normalPdf(x)
}

/** 1/sqrt(2 pi) / (y + 1/(y + 2/(y + 3/(y + ...)))), Abramowitz and Stegun 26.2.14. */
function byFraction(y: number): number {
  let rest = y
  for (let k = 400; k >= 1; k--) rest = y + k / rest
  return 0.3989422804014327 / rest
}
