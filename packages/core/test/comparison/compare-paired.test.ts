import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { comparePaired } from '../../src/comparison/compare-paired.ts'
import { holm } from '../../src/comparison/holm.ts'
import { describeDifferences, pairedT } from '../../src/comparison/paired-t.ts'
import { levelOfLook, powerOf, seedsNeeded } from '../../src/comparison/power.ts'
import { signFlipTest } from '../../src/comparison/sign-flip.ts'
import { createRandom } from '../../src/random.ts'

const values = (...list: number[]) => new Map(list.entries())
const compare = (
  baseline: Map<number, number>,
  candidates: Record<string, Map<number, number>>,
  options: Partial<Parameters<typeof comparePaired>[2]> = {},
) => comparePaired(baseline, new Map(Object.entries(candidates)), { direction: 'maximize', ...options })

describe('holm', () => {
  it('is the step-down of the paper', () => {
    // 4 * 0.005, 3 * 0.01, then no lower than before: 2 * 0.03, 1 * 0.04 -> 0.06
    const expected = [0.03, 0.06, 0.06, 0.02]
    for (const [i, p] of holm([0.01, 0.04, 0.03, 0.005]).entries()) expect(p).toBeCloseTo(expected[i]!, 14)
    expect(holm([0.9, 0.8])).toEqual([1, 1])
    expect(holm([])).toEqual([])
  })
})

describe('sign-flip test', () => {
  it('counts patterns out by hand', () => {
    // |1 + 2 + 3| = 6 is reached by +++ and --- of 8.
    expect(signFlipTest([1, 2, 3], createRandom(0))).toBe(0.25)
    // |1 + 2 - 3| = 0 is reached by all.
    expect(signFlipTest([1, 2, -3], createRandom(0))).toBe(1)
    // 4 + 3 - 1 = 6: of the sums 8, 6, 2, 0 (and their opposites) two reach it.
    expect(signFlipTest([4, 3, -1], createRandom(0))).toBe(0.5)
    expect(signFlipTest([0.1, 0.1, 0.1, 0.1, 0.1], createRandom(0))).toBe(0.0625)
  })

  it('is drawn at random beyond 16 differences, near the normal approximation', () => {
    const differences = Array.from({ length: 40 }, (_, i) => Math.sin(i * 12.9898) + 0.25)
    const p = signFlipTest(differences, createRandom(1))
    const squares = differences.reduce((sum, d) => sum + d * d, 0)
    const z = differences.reduce((sum, d) => sum + d, 0) / Math.sqrt(squares)
    // P(|Z| > z) by Abramowitz and Stegun 26.2.17, to 1e-7.
    const t = 1 / (1 + 0.2316419 * z)
    const series =
      t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
    const normal = (2 * Math.exp((-z * z) / 2) * series) / Math.sqrt(2 * Math.PI)
    expect(Math.abs(p - normal)).toBeLessThan(0.02)
  })
})

describe('power', () => {
  it('is that of the textbook: 34 pairs find half a standard deviation at 5 % with 80 %', () => {
    // J. Cohen, Statistical Power Analysis, 1988; G*Power gives n = 34, power 0.8078
    expect(seedsNeeded(0.5, 1, 0.05, 0.8, 1000)).toBe(34)
    expect(powerOf(34, 0.5, 1, 0.05)).toBeCloseTo(0.8078, 3)
    expect(powerOf(5, 0, 1, 0.05)).toBeCloseTo(0.05, 6)
    expect(seedsNeeded(1e-6, 1, 0.05, 0.8, 1000)).toBeUndefined()
  })

  it('agrees with a simulation', () => {
    const random = createRandom(3)
    let found = 0
    for (let study = 0; study < 2000; study++) {
      const drawn = Array.from({ length: 5 }, () => 1.5 + random.normal())
      if (pairedT(describeDifferences(drawn, 1)) < 0.05) found++
    }
    expect(Math.abs(found / 2000 - powerOf(5, 1.5, 1, 0.05))).toBeLessThan(0.03)
  })

  it('spends the level on looks, all of it and most at the end', () => {
    const levels = [2, 3, 4, 5, 6].map((count) => levelOfLook(count, 6, 0.05))
    expect(levels.reduce((sum, level) => sum + level)).toBeCloseTo(0.05, 12)
    expect(levels.toSorted((a, b) => a - b)).toEqual(levels)
  })
})

describe('a comparison', () => {
  it('is that of a paired t-test by hand', () => {
    // d = 1, 2, 3, 4, 5: mean 3, s = sqrt(2.5), t = 3 / sqrt(0.5) = 4.2426, 4 df: p 0.01324; 2.7764 se = 1.9632
    const [a] = compare(values(10, 20, 30, 40, 50), { a: values(11, 22, 33, 44, 55) })
    expect(a!.difference).toBe(3)
    expect(a!.standardError).toBeCloseTo(Math.sqrt(0.5), 14)
    expect(a!.pValue).toBeCloseTo(0.013236, 5)
    expect(a!.permutationPValue).toBe(0.0625)
    expect(a!.interval[0]).toBeCloseTo(3 - 1.96324, 4)
    expect(a!.interval[1]).toBeCloseTo(3 + 1.96324, 4)
    expect(a!.bootstrapInterval[0]).toBeGreaterThan(1)
    expect(a!.bootstrapInterval[1]).toBeLessThan(5)
    expect(a).toMatchObject({
      verdict: 'better',
      reason: 'better: p 0.013 on 5 seeds',
      mean: 33,
      baselineMean: 30,
    })
  })

  it('turns with the direction', () => {
    const baseline = values(1, 2, 3)
    const candidates = { low: values(0, 1.01, 1.99), high: values(2, 3.01, 4.01) }
    const up = compare(baseline, candidates)
    const down = compare(baseline, candidates, { direction: 'minimize' })
    expect(up.map(({ id, verdict, rank }) => [id, verdict, rank])).toEqual([
      ['high', 'better', 1],
      ['low', 'worse', 2],
    ])
    expect(down.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['low', 'better'],
      ['high', 'worse'],
    ])
  })

  it('never says better of one seed, and borrows the noise to say what it takes', () => {
    const [one, other] = compare(values(1, 2, 3, 4), { one: values(99), other: values(1.2, 1.9, 3.3, 3.9) })
    expect(one).toMatchObject({ id: 'one', verdict: 'undecided', pValue: 1, seeds: [0] })
    expect(one!.reason).toMatch(/^undecided: 1 seed says nothing of the noise; \d more seeds? would settle/)
    expect(other!.verdict).toBe('undecided')
    expect(compare(values(1), { one: values(2) })[0]!.reason).toBe(
      'undecided: 1 seed says nothing of the noise; run a second',
    )
  })

  it('counts every candidate in the correction', () => {
    const baseline = values(10, 20, 30, 40, 50)
    const noise = (i: number) => values(10 + i, 20 - i, 30 + i, 40 - i, 50)
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`n${i}`, noise(i + 1)]))
    const alone = compare(baseline, { a: values(11, 22, 33, 44, 55) })
    const among = compare(baseline, { a: values(11, 22, 33, 44, 55), ...many })
    const a = among.find(({ id }) => id === 'a')!
    expect(a.adjustedPValue).toBeCloseTo(10 * alone[0]!.pValue, 14)
    expect(a.verdict).toBe('undecided')
    expect(a.reason).toMatch(/^undecided: \d more seeds? would settle a difference of 3$/)
  })

  it('pairs shared seeds only, and names the others', () => {
    const [a] = compare(values(1, 2, 3), {
      a: new Map([
        [2, 4],
        [7, 9],
        [1, 2],
      ]),
    })
    expect(a).toMatchObject({ seeds: [1, 2], unpaired: [7], differences: [0, 1] })
    expect(compare(values(1), { a: new Map([[5, 1]]) })[0]!.reason).toBe(
      'undecided: no seed in common with the baseline',
    )
  })

  it('says same of the same values, and within what does not matter', () => {
    const baseline = values(1, 2, 3, 4, 5)
    expect(compare(baseline, { a: baseline })[0]).toMatchObject({
      verdict: 'same',
      reason: 'same: the same value on all of 5 seeds',
    })
    const near = values(1.01, 1.99, 3.01, 3.99, 5.002)
    expect(compare(baseline, { near })[0]!.verdict).toBe('undecided')
    expect(compare(baseline, { near }, { equivalence: 0.1 })[0]).toMatchObject({
      verdict: 'same',
      reason: 'same: within 0.1 on 5 seeds',
    })
    expect(compare(baseline, { near }, { equivalence: 0.005 })[0]!.verdict).toBe('undecided')
  })

  it('does not take equal differences for certainty: coarse values give them by chance', () => {
    const three = compare(values(1, 2, 3), { a: values(2, 3, 4) })[0]!
    expect(three).toMatchObject({ verdict: 'undecided', pValue: 0.25 })
    expect(three.reason).toBe('undecided: 3 more seeds would settle a difference of 1')
    expect(compare(values(1, 2, 3, 4, 5, 6), { a: values(2, 3, 4, 5, 6, 7) })[0]!.verdict).toBe('better')
    // The same up to rounding: 0.3 - 0.2 is not 0.2 - 0.1.
    expect(compare(values(0.1, 0.2), { a: values(0.2, 0.3) })[0]!.pValue).toBe(0.5)
  })

  it('refuses NaN and leaves infinite values undecided, at the end', () => {
    expect(() => compare(values(1, 2), { a: values(1, Number.NaN) })).toThrow(
      'a: the value of seed 1 is NaN; leave the seeds of failed runs out.',
    )
    const ranked = compare(values(1, 2), { gone: values(1, Number.NEGATIVE_INFINITY), a: values(0, 0) })
    expect(ranked.map(({ id }) => id)).toEqual(['a', 'gone'])
    expect(ranked[1]).toMatchObject({
      verdict: 'undecided',
      reason: 'undecided: the value of seed 1 is not finite',
    })
  })

  it('refuses more seeds than were planned', () => {
    expect(() => compare(values(1, 2, 3), { a: values(1, 2, 3) }, { planned: 2 })).toThrow(
      'a has 3 seeds and 2 were planned; raise planned to 3.',
    )
  })

  it('does not depend on the order of candidates or seeds', () => {
    const value = fc.double({ min: -1, max: 1, noNaN: true })
    const runs = fc.array(value, { minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(runs, fc.array(runs, { minLength: 1, maxLength: 4 }), (baseline, rows) => {
        const candidates = rows.map((row, i) => [`c${i}`, values(...row)] as const)
        const turned = candidates.map(([id, map]) => [id, new Map([...map].reverse())] as const).reverse()
        const options = { direction: 'minimize' } as const
        expect(comparePaired(values(...baseline), new Map(turned), options)).toEqual(
          comparePaired(values(...baseline), new Map(candidates), options),
        )
      }),
      { numRuns: 30 },
    )
  })
})
