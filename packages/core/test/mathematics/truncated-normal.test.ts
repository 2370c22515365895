import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  drawTruncated,
  logNormalMass,
  logTruncatedPdf,
  truncatedQuantile,
} from '../../src/mathematics/truncated-normal.js'
import { createRandom } from '../../src/random.js'

interface Case {
  a: number
  b: number
  log_mass: number
  q: number[]
  ppf: number[]
  logpdf_mid: number
}

const golden: { truncnorm: Case[] } = JSON.parse(
  readFileSync(new URL('../golden/tpe.json', import.meta.url), 'utf8'),
)

describe('truncated normal, beside Optuna', () => {
  it.each(golden.truncnorm)('[$a, $b]', ({ a, b, log_mass, q, ppf, logpdf_mid }) => {
    expectClose(logNormalMass(a, b), log_mass)
    expectClose(logTruncatedPdf((a + b) / 2, a, b), logpdf_mid)
    q.forEach((share, i) => {
      expectClose(truncatedQuantile(share, a, b), ppf[i]!)
    })
  })
})

describe('logNormalMass', () => {
  it('adds up over a cut, narrow intervals and tails included', () => {
    for (const [a, b] of [
      [-0.5, 2],
      [0.01, 0.02],
      [5, 5.003],
      [-38, -37.9],
      [-60, 70],
    ] as const) {
      for (const share of [0.001, 0.3, 0.5]) {
        const cut = a + share * (b - a)
        const sum = Math.log(
          Math.exp(logNormalMass(a, cut) - logNormalMass(a, b)) +
            Math.exp(logNormalMass(cut, b) - logNormalMass(a, b)),
        )
        expect(Math.abs(sum)).toBeLessThan(1e-12)
      }
    }
    expect(logNormalMass(1, 1)).toBe(Number.NEGATIVE_INFINITY)
  })
})

describe('truncatedQuantile', () => {
  it('leaves the share below it', () => {
    for (const [a, b] of [
      [-1, 3],
      [6, 9],
      [-9, -7],
      [40, 41],
      [-50, 45],
    ] as const) {
      for (const q of [1e-12, 0.2, 0.5, 0.99]) {
        const x = truncatedQuantile(q, a, b)
        // As close as x itself can be written down where the density is steep.
        const error = Math.exp(logNormalMass(a, x) - logNormalMass(a, b)) - q
        expect(Math.abs(error)).toBeLessThan(1e-15 * (1 + x * x))
      }
      expect(truncatedQuantile(0, a, b)).toBe(a)
      expect(truncatedQuantile(1, a, b)).toBe(b)
    }
  })

  it('draws inside the bounds, with the mean of the truncated normal', () => {
    const random = createRandom(1)
    let sum = 0
    for (let i = 0; i < 20_000; i++) {
      const x = drawTruncated(random, 2, 0.5, 1.9, 2.6)
      expect(x >= 1.9 && x <= 2.6).toBe(true)
      sum += x
    }
    // mean + sd * (pdf(a) - pdf(b)) / mass with a = -0.2, b = 1.2; 5 standard errors.
    const pdf = (x: number) => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI)
    const mean = 2 + 0.5 * ((pdf(-0.2) - pdf(1.2)) / Math.exp(logNormalMass(-0.2, 1.2)))
    expect(Math.abs(sum / 20_000 - mean)).toBeLessThan(5 * (0.2 / Math.sqrt(20_000)))
  })
})

function expectClose(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)))
}
