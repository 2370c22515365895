import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../src/random.ts'
import { SOBOL_DIMENSIONS, scrambledSobol, sobolBits, sobolSequence } from '../../src/samplers/sobol.ts'
import { sobolDirections } from '../../src/samplers/sobol-directions.ts'

/** Where the points of a power of two fall among as many equal intervals. */
function strata(values: readonly number[]): number[] {
  return values.map((value) => Math.floor(value * values.length)).sort((a, b) => a - b)
}

const dimension = fc.integer({ min: 0, max: SOBOL_DIMENSIONS - 1 })

describe('the Sobol sequence', () => {
  it('begins as published (Joe and Kuo, sobol.cc, dimensions 1 to 3)', () => {
    const rows = Array.from({ length: 8 }, (_, i) => [0, 1, 2].map((d) => sobolBits(i, d) / 2 ** 32))
    expect(rows).toEqual([
      [0, 0, 0],
      [0.5, 0.5, 0.5],
      [0.75, 0.25, 0.25],
      [0.25, 0.75, 0.75],
      [0.375, 0.375, 0.625],
      [0.875, 0.875, 0.125],
      [0.625, 0.125, 0.875],
      [0.125, 0.625, 0.375],
    ])
  })

  it('has direction numbers that are a basis in each dimension', () => {
    for (const numbers of sobolDirections()) {
      // V_i has its lowest bit at place i: the matrix is triangular.
      for (const [i, number] of numbers.entries()) expect((number & -number) >>> 0).toBe(2 ** (31 - i))
    }
  })

  it('has a different matrix in each dimension', () => {
    const seen = new Set(sobolDirections().map((numbers) => [...numbers.subarray(0, 20)].join()))
    expect(seen.size).toBe(SOBOL_DIMENSIONS)
  })
})

describe('the scrambled sequence', () => {
  it('puts 2^k points in 2^k intervals of every dimension, from any multiple of 2^k', () => {
    fc.assert(
      fc.property(fc.nat(), dimension, fc.integer({ min: 0, max: 8 }), fc.nat(50), (seed, d, k, block) => {
        const sequence = sobolSequence(SOBOL_DIMENSIONS, createRandom(seed))
        const values = Array.from({ length: 2 ** k }, (_, i) => sequence.at(block * 2 ** k + i, d))
        expect(strata(values)).toEqual(Array.from({ length: 2 ** k }, (_, i) => i))
      }),
    )
  })

  it('puts 2^k points of the first two dimensions in every elementary interval', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 8 }), (seed, k) => {
        const points = scrambledSobol(2, 2 ** k, createRandom(seed))
        for (let split = 0; split <= k; split++) {
          const cells = new Set<number>()
          for (let i = 0; i < 2 ** k; i++) {
            const row = Math.floor(points[2 * i]! * 2 ** split)
            cells.add(row * 2 ** (k - split) + Math.floor(points[2 * i + 1]! * 2 ** (k - split)))
          }
          expect(cells.size).toBe(2 ** k)
        }
      }),
    )
  })

  it('scrambles each point uniformly, and not at all alike', () => {
    const counts = new Array<number>(16).fill(0)
    const n = 8000
    let product = 0
    for (let seed = 0; seed < n; seed++) {
      const sequence = sobolSequence(2, createRandom(seed))
      const [a, b] = [sequence.at(5, 0), sequence.at(5, 1)]
      counts[Math.floor(a * 16)]!++
      product += (a - 0.5) * (b - 0.5)
    }
    // Chi-square with 15 degrees of freedom: 37.7 is passed once in a thousand.
    const chi = counts.reduce((sum, count) => sum + (count - n / 16) ** 2 / (n / 16), 0)
    expect(chi).toBeLessThan(37.7)
    // The correlation of independent uniforms has the deviation 1 / sqrt(n).
    expect(Math.abs((12 * product) / n)).toBeLessThan(3.5 / Math.sqrt(n))
  })

  it('is never 0 or 1, and repeats with the seed', () => {
    const one = scrambledSobol(5, 64, createRandom(1))
    expect(one).toEqual(scrambledSobol(5, 64, createRandom(1)))
    expect(one).not.toEqual(scrambledSobol(5, 64, createRandom(2)))
    expect(one.every((value) => value > 0 && value < 1)).toBe(true)
    expect(() => sobolSequence(SOBOL_DIMENSIONS + 1, createRandom(1))).toThrow(RangeError)
  })

  it('integrates a smooth function far better than random points', () => {
    const f = (x: number, y: number, z: number) => x * y * y + Math.sin(3 * z)
    const truth = 1 / 6 + (1 - Math.cos(3)) / 3
    const errors = [0, 1, 2, 3, 4].map((seed) => {
      const points = scrambledSobol(3, 4096, createRandom(seed))
      let sum = 0
      for (let i = 0; i < 4096; i++) sum += f(points[3 * i]!, points[3 * i + 1]!, points[3 * i + 2]!)
      return Math.abs(sum / 4096 - truth)
    })
    // Random points err by about 0.4 / sqrt(4096) = 0.006.
    expect(Math.max(...errors)).toBeLessThan(3e-4)
  })
})
