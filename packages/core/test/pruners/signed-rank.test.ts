import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { averageRanks, signedRankTest } from '../../src/pruners/signed-rank.ts'
import { golden } from '../support/golden.ts'

const { cases } = golden<{ cases: { d: number[]; greater: number; less: number }[] }>('wilcoxon')

describe('signed-rank test', () => {
  it.each(cases.map((each, i) => ({ ...each, i })))(
    'agrees with scipy 1.17 on case $i',
    ({ d, greater, less }) => {
      const p = signedRankTest(d)
      expect(Math.abs(p.greater - greater)).toBeLessThan(1e-12)
      expect(Math.abs(p.less - less)).toBeLessThan(1e-12)
    },
  )

  it('counts every sign pattern out where there are ties', () => {
    const difference = fc.integer({ min: -3, max: 3 })
    fc.assert(
      fc.property(fc.array(difference, { minLength: 1, maxLength: 9 }), (differences) => {
        const { ranks } = averageRanks(differences.map(Math.abs))
        const sumOf = (signs: readonly number[]) =>
          ranks.reduce((sum, rank, i) => {
            const sign = Math.sign(differences[i]!) && signs[i]!
            return sum + (sign > 0 ? rank : sign === 0 ? rank / 2 : 0)
          }, 0)
        const observed = sumOf(differences.map(Math.sign))
        let atLeast = 0
        const patterns = 2 ** differences.length
        for (let pattern = 0; pattern < patterns; pattern++) {
          if (sumOf(differences.map((_, i) => ((pattern >> i) & 1 ? 1 : -1))) >= observed) atLeast++
        }
        const { greater } = signedRankTest(differences)
        // Without ties, too, up to nine differences are counted out.
        expect(greater).toBeCloseTo(atLeast / patterns, 12)
      }),
    )
  })

  it('knows nothing of nothing', () => {
    expect(signedRankTest([])).toEqual({ greater: Number.NaN, less: Number.NaN })
  })
})
