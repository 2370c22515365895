import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InputError } from '../src/errors.ts'
import { createRandom, splitMix64, Xoshiro128 } from '../src/random.ts'

describe('Xoshiro128', () => {
  it("gives the reference implementation's words (xoshiro128starstar.c 1.1, as in rand_xoshiro's test)", () => {
    const random = new Xoshiro128([1, 2, 3, 4])
    expect(Array.from({ length: 10 }, () => random.uint32())).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ])
  })
})

describe('splitMix64', () => {
  it('gives the published words of seed 1234567', () => {
    expect([1, 2, 3, 4, 5].map((count) => splitMix64(1234567n, count))).toEqual([
      6457827717110365317n,
      3203168211198807973n,
      9817491932198370423n,
      4593380528125082431n,
      16408922859458223821n,
    ])
  })
})

describe('createRandom', () => {
  it('repeats with the seed and differs between seeds', () => {
    const words = (seed: number) => {
      const random = createRandom(seed)
      return Array.from({ length: 20 }, () => random.uint32())
    }
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (a, b) => {
        expect(words(a)).toEqual(words(a))
        if (a !== b) expect(words(a)).not.toEqual(words(b))
      }),
    )
    expect(words(0)).not.toEqual(words(2 ** 32))
  })

  it.each([-1, 1.5, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY])('rejects seed %d', (seed) => {
    expect(() => createRandom(seed)).toThrow(InputError)
  })
})

describe('next', () => {
  it('is uniform on [0, 1)', () => {
    const random = createRandom(7)
    const bins = new Array(20).fill(0)
    for (let i = 0; i < 100_000; i++) bins[Math.floor(random.next() * 20)]++
    // 0.9999 quantile of chi-square with 19 degrees of freedom.
    expect(chiSquare(bins, 100_000)).toBeLessThan(50.8)
  })
})

describe('int', () => {
  it('is uniform without a bias for small results', () => {
    const random = createRandom(8)
    const bins = new Array(12).fill(0)
    for (let i = 0; i < 100_000; i++) bins[random.int(12)]++
    // 0.9999 quantile, 11 degrees of freedom.
    expect(chiSquare(bins, 100_000)).toBeLessThan(37.4)
    // Words modulo 3 x 2^30 would fall into the first third half the time.
    let low = 0
    for (let i = 0; i < 30_000; i++) if (random.int(3 * 2 ** 30) < 2 ** 30) low++
    expect(Math.abs(low - 10_000)).toBeLessThan(4 * Math.sqrt(30_000 * (1 / 3) * (2 / 3)))
  })

  it('takes 1 to 2^32', () => {
    const random = createRandom(9)
    expect(random.int(1)).toBe(0)
    expect(random.int(2 ** 32)).toBeGreaterThanOrEqual(0)
    for (const n of [0, -1, 1.5, 2 ** 32 + 1, Number.NaN]) expect(() => random.int(n)).toThrow(RangeError)
  })
})

describe('normal', () => {
  it('has the moments and tails of the standard normal', () => {
    const random = createRandom(10)
    const count = 200_000
    let sum = 0
    let squares = 0
    let fourths = 0
    let beyond = 0
    for (let i = 0; i < count; i++) {
      const x = random.normal()
      sum += x
      squares += x * x
      fourths += x ** 4
      if (Math.abs(x) > 1.959963984540054) beyond++
    }
    const bound = (deviation: number) => 4 * (deviation / Math.sqrt(count))
    expect(Math.abs(sum / count)).toBeLessThan(bound(1))
    expect(Math.abs(squares / count - 1)).toBeLessThan(bound(Math.sqrt(2)))
    expect(Math.abs(fourths / count - 3)).toBeLessThan(bound(Math.sqrt(96)))
    expect(Math.abs(beyond / count - 0.05)).toBeLessThan(bound(Math.sqrt(0.05 * 0.95)))
  })
})

function chiSquare(bins: readonly number[], count: number): number {
  const expected = count / bins.length
  return bins.reduce((sum, observed) => sum + (observed - expected) ** 2 / expected, 0)
}
