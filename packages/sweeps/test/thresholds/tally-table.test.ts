import { createGrid, DEFAULT_SETTING, harmonicMean, type Setting, scoresOf } from '@thresher/core'
import type { Tally } from '@thresher/native'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CompactTallies, compactTallies } from '../../src/thresholds/compact-tallies.js'
import { TallyTable } from '../../src/thresholds/tally-table.js'

const grid = createGrid([{ name: 'thresh', values: [0.2, 0.3, 0.4] }], DEFAULT_SETTING)
const inGrid: Setting = DEFAULT_SETTING
const outside: Setting = { ...DEFAULT_SETTING, thresh: 0.5 }

/** Rows of levels, one a setting. */
function tallies(...settings: Tally[][]): CompactTallies {
  const flat = settings.flat()
  const column = (name: keyof Tally) => Float64Array.from(flat, (tally) => tally[name])
  return compactTallies({
    levels: settings[0]!.length,
    recallHits: column('recallHits'),
    recallTotal: column('recallTotal'),
    precisionHits: column('precisionHits'),
    precisionTotal: column('precisionTotal'),
  })
}
const one = (hits: number, gt: number, det: number): Tally => ({
  recallHits: hits,
  recallTotal: gt,
  precisionHits: hits,
  precisionTotal: det,
})

describe('TallyTable', () => {
  test('sums images before it divides, and orders settings by H-Mean, ties as the grid has them', () => {
    const table = new TallyTable(grid, inGrid, 'micro')
    table.add(1, tallies([one(1, 2, 2)], [one(2, 2, 2)], [one(0, 2, 0)]))
    table.add(0, tallies([one(2, 2, 3)], [one(1, 2, 3)], [one(1, 2, 2)]))
    const { baseline, top } = table.standings(3)
    expect(baseline.hmean).toBe(harmonicMean(3 / 5, 3 / 4))
    expect(top.map(({ index, scores }) => [index, scores.hmean])).toEqual([
      [0, baseline.hmean],
      [1, baseline.hmean],
      [2, harmonicMean(0.5, 0.25)],
    ])
    expect(table.positions).toEqual([0, 1])
  })

  test('with image-mean it takes the mean of the images’ own scores', () => {
    const table = new TallyTable(grid, inGrid, 'image-mean')
    table.add(0, tallies([one(1, 1, 1)], [one(1, 2, 2)], [one(0, 1, 0)]))
    table.add(1, tallies([one(0, 9, 0)], [one(9, 9, 9)], [one(9, 9, 9)]))
    expect(table.standings(1).top[0]).toMatchObject({ index: 1, scores: { hmean: 0.75 } })
    const { grid: statistics } = table.statistics()
    expect(statistics.aggregation).toBe('image-mean')
    expect(scoresOf(statistics, 0).hmean).toBe(0.5)
  })

  test('each setting has its own best level, the first among equals', () => {
    const table = new TallyTable(grid, outside, 'micro')
    const levels = (...hits: [number, number][]) => hits.map(([hit, det]) => one(hit, 4, det))
    table.add(
      0,
      tallies(
        levels([2, 8], [2, 2], [2, 2]),
        levels([4, 4], [3, 3], [2, 2]),
        levels([0, 0], [1, 9], [1, 9]),
        levels([1, 4], [1, 1], [0, 0]),
      ),
    )
    expect(table.baselineIsExtra).toBe(true)
    const { grid: statistics, baseline } = table.statistics()
    expect([...statistics.precisionTotal]).toEqual([2, 4, 9])
    expect([...baseline.stats.precisionTotal]).toEqual([1])
    expect(table.standings(3).baseline).toEqual(scoresOf(baseline.stats, 0))
  })

  test('standings are the scores of the statistics, whatever the order of images', () => {
    const cell = fc.tuple(fc.integer({ min: -2, max: 9 }), fc.nat(9), fc.nat(9))
    const image = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(
        fc.array(image, { minLength: 1, maxLength: 5 }),
        fc.constantFrom('micro' as const, 'image-mean' as const),
        (images, aggregation) => {
          const rows = images.map((settings) =>
            tallies(...settings.map((levels) => levels.map(([hits, gt, det]) => one(hits, gt, det)))),
          )
          const table = new TallyTable(grid, inGrid, aggregation)
          for (const [i, row] of [...rows.entries()].reverse()) table.add(i, row)
          const { grid: statistics } = table.statistics()
          for (const { index, scores } of table.standings(3).top) {
            const expected = scoresOf(statistics, index)
            for (const name of ['precision', 'recall', 'hmean'] as const) {
              expect(scores[name]).toBeCloseTo(expected[name], 12)
            }
          }
        },
      ),
    )
  })
})
