import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkStatistics, harmonicMean, micro, scoresOf } from '../src/statistics.ts'
import { arbitraryPair, cells, matched, statistics } from './support/image-statistics.ts'

describe('micro', () => {
  it('divides sums', () => {
    expect(micro(3, 4, 3, 5)).toEqual({
      recall: 0.75,
      precision: 0.6,
      hmean: (2 * 0.75 * 0.6) / (0.75 + 0.6),
    })
  })

  it('is 0 where there is nothing to find or nothing found', () => {
    expect(micro(0, 0, 0, 0)).toEqual({ recall: 0, precision: 0, hmean: 0 })
    expect(micro(0, 5, 0, 0)).toEqual({ recall: 0, precision: 0, hmean: 0 })
  })
})

describe('harmonicMean', () => {
  it('lies between its arguments', () => {
    const score = fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 1, noNaN: true }))
    fc.assert(
      fc.property(score, score, (a, b) => {
        expect(harmonicMean(a, b)).toBe(harmonicMean(b, a))
        expect(harmonicMean(a, b)).toBeGreaterThanOrEqual(Math.min(a, b) * (1 - 1e-15))
        expect(harmonicMean(a, b)).toBeLessThanOrEqual(Math.max(a, b) * (1 + 1e-15))
      }),
    )
  })
})

describe('scoresOf', () => {
  const rows = [
    [matched(3, 4, 5), matched(1, 1, 1), matched(0, 2, 0)],
    [matched(4, 4, 8), matched(0, 1, 3), matched(1, 2, 2)],
  ]

  it('micro: ratios of sums', () => {
    expect(scoresOf(statistics(rows), 0)).toEqual(micro(4, 7, 4, 6))
    expect(scoresOf(statistics(rows), 1)).toEqual(micro(5, 7, 5, 13))
  })

  it('image-mean: means of ratios, H-Mean too', () => {
    const { precision, recall, hmean } = scoresOf(statistics(rows, 'image-mean'), 0)
    expect(recall).toBeCloseTo((0.75 + 1 + 0) / 3, 15)
    expect(precision).toBeCloseTo((0.6 + 1 + 0) / 3, 15)
    expect(hmean).toBeCloseTo((0.9 / 1.35 + 1 + 0) / 3, 15)
  })

  it('takes a choice of images, with repeats', () => {
    expect(scoresOf(statistics(rows), 0, [0, 0, 2])).toEqual(micro(6, 10, 6, 10))
    expect(scoresOf(statistics(rows, 'image-mean'), 1, [0])).toEqual(micro(4, 4, 4, 8))
  })

  it('is 0 without images', () => {
    const zero = { precision: 0, recall: 0, hmean: 0 }
    for (const aggregation of ['micro', 'image-mean'] as const) {
      expect(scoresOf(statistics([[]], aggregation), 0)).toEqual(zero)
      expect(scoresOf(statistics(rows, aggregation), 0, [])).toEqual(zero)
    }
  })

  it('does not depend on the order of images', () => {
    fc.assert(
      fc.property(arbitraryPair(), fc.infiniteStream(fc.nat()), ({ stats }, keys) => {
        const keyed = Array.from({ length: stats.images }, (_, image) => ({
          image,
          key: keys.next().value as number,
        }))
        const order = keyed.sort((a, b) => a.key - b.key).map(({ image }) => image)
        for (let s = 0; s < stats.settings; s++) expect(scoresOf(stats, s, order)).toEqual(scoresOf(stats, s))
      }),
    )
  })

  it('does not change when every count doubles', () => {
    fc.assert(
      fc.property(
        arbitraryPair({ kind: 'fractions' }),
        fc.constantFrom('micro', 'image-mean'),
        ({ stats }, aggregation) => {
          const doubled = cells(stats).map((row) =>
            row.map((cell) => ({
              recallHits: 2 * cell.recallHits,
              recallTotal: 2 * cell.recallTotal,
              precisionHits: 2 * cell.precisionHits,
              precisionTotal: 2 * cell.precisionTotal,
            })),
          )
          const once = { ...stats, aggregation }
          for (let s = 0; s < stats.settings; s++) {
            expect(scoresOf(statistics(doubled, aggregation), s)).toEqual(scoresOf(once, s))
          }
        },
      ),
    )
  })
})

describe('checkStatistics', () => {
  const good = statistics([[matched(1, 2, 3)]])

  it('takes what fits, penalties that outweigh the hits included', () => {
    expect(() => checkStatistics(good)).not.toThrow()
    expect(() => checkStatistics({ ...good, recallHits: Float64Array.of(-3) })).not.toThrow()
  })

  it('names the array that does not', () => {
    expect(() => checkStatistics({ ...good, recallTotal: new Float64Array(2) })).toThrow(
      new RangeError('recallTotal has 2 values, not 1 settings x 1 images'),
    )
    for (const value of [Number.NaN, -1, Number.POSITIVE_INFINITY]) {
      expect(() => checkStatistics({ ...good, precisionTotal: Float64Array.of(value) })).toThrow(
        new RangeError(`precisionTotal[0] is ${value}`),
      )
    }
    expect(() => checkStatistics({ ...good, recallHits: Float64Array.of(Number.NaN) })).toThrow(
      new RangeError('recallHits[0] is NaN'),
    )
  })
})
