import { describe, expect, it } from 'vitest'
import { incompleteBeta } from '../../src/mathematics/incomplete-beta.ts'
import { logGamma } from '../../src/mathematics/log-gamma.ts'
import {
  noncentralT,
  studentTwoSided,
  studentTwoSidedQuantile,
  studentUpperTail,
} from '../../src/mathematics/student-t.ts'

function expectRelative(actual: number, expected: number, tolerance: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.abs(expected))
}

describe('log-gamma', () => {
  it('is the logarithm of factorials and of half-integer gammas', () => {
    let factorial = 1
    for (let n = 1; n < 20; n++) {
      expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 12)
      factorial *= n
    }
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13)
    expect(logGamma(0.1)).toBeCloseTo(2.252712651734206, 12)
  })
})

describe('incomplete beta', () => {
  it('has its closed forms', () => {
    for (const x of [0, 0.1, 0.5, 0.93, 1]) {
      expect(incompleteBeta(x, 1, 1)).toBeCloseTo(x, 14)
      expect(incompleteBeta(x, 3, 1)).toBeCloseTo(x ** 3, 14)
      expect(incompleteBeta(x, 1, 4)).toBeCloseTo(1 - (1 - x) ** 4, 14)
      expect(incompleteBeta(x, 0.5, 0.5)).toBeCloseTo((2 / Math.PI) * Math.asin(Math.sqrt(x)), 13)
    }
  })
})

describe("Student's t", () => {
  it('has its closed forms for one and two degrees of freedom', () => {
    for (const t of [0, 0.3, 1, 4, 30, 1e4]) {
      expectRelative(studentTwoSided(t, 1), (2 / Math.PI) * Math.atan2(1, t), 1e-11)
      expectRelative(studentTwoSided(t, 2), 2 / (2 + t * t + t * Math.sqrt(2 + t * t)), 1e-11)
    }
    expect(studentUpperTail(-1, 1)).toBeCloseTo(0.75, 14)
  })

  it('has the quantiles of the printed tables', () => {
    for (const [freedom, p, t] of [
      [1, 0.05, 12.706],
      [2, 0.05, 4.303],
      [4, 0.01, 4.604],
      [9, 0.05, 2.262],
      [30, 0.001, 3.646],
    ] as const) {
      expect(studentTwoSidedQuantile(p, freedom)).toBeCloseTo(t, 3)
      expectRelative(studentTwoSided(studentTwoSidedQuantile(p, freedom), freedom), p, 1e-9)
    }
  })

  it('becomes the central distribution, and its power, without an effect', () => {
    for (const freedom of [1, 2, 4, 20, 200]) {
      for (const t of [-2, 0, 0.7, 3]) {
        expect(noncentralT(t, freedom, 0)).toBeCloseTo(1 - studentUpperTail(t, freedom), 6)
      }
    }
  })

  it('agrees with scipy.stats.nct', () => {
    // scipy.stats.nct.cdf(t, freedom, delta), scipy 1.10
    for (const [t, freedom, delta, p] of NONCENTRAL) expect(noncentralT(t, freedom, delta)).toBeCloseTo(p, 7)
  })
})

const NONCENTRAL: readonly (readonly [number, number, number, number])[] = [
  [2.776, 4, 2.0, 0.664090491303076],
  [2.776, 4, 5.0, 0.04512320914452653],
  [-1, 2, 1.0, 0.042056263743704816],
  [4.303, 2, 3.0, 0.6126546221102789],
  [12.7, 1, 4.0, 0.7535291216181337],
  [2.0, 60, 2.5, 0.30848471931089066],
]
