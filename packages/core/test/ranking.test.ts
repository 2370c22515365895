import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pairedBootstrap } from '../src/bootstrap.ts'
import type { ExactValues } from '../src/exact-values.ts'
import { createGrid } from '../src/grid.ts'
import { DEFAULT_SETTING } from '../src/parameter.ts'
import { createRandom } from '../src/random.ts'
import { rankSettings } from '../src/ranking.ts'
import { type ImageStatistics, scoresOf } from '../src/statistics.ts'
import { parseParam, parseSetting } from '../src/values.ts'
import { type Cell, matched, statistics } from './support/image-statistics.ts'

const grid = (...params: string[]) => createGrid(params.map(parseParam), DEFAULT_SETTING)

/** Statistics of as many settings as the grid has: `quality[i]` is the chance to find an object. */
function simulated(quality: readonly number[], images: number, seed: number): ImageStatistics {
  const random = createRandom(seed)
  const difficulty = Array.from({ length: images }, () => Array.from({ length: 30 }, () => random.next()))
  return statistics(
    quality.map((q) =>
      difficulty.map((objects) => {
        const hits = objects.filter((difficult) => difficult < q).length
        return matched(hits, 30, hits + 2)
      }),
    ),
  )
}

describe('rankSettings', { timeout: 60_000 }, () => {
  it('puts the best first and says which differ', async () => {
    const stats = simulated([0.7, 0.85, 0.8005, 0.8], 100, 1)
    const setting = parseSetting('thresh=0.4')
    const baseline = { setting, stats: simulated([0.7, 0.85, 0.8005, 0.8], 100, 1) }
    const only = { ...baseline, stats: row(baseline.stats, 3) }
    const ranking = await rankSettings(grid('thresh=0.1:0.4:0.1'), stats, only, { seed: 3, resamples: 500 })
    expect(ranking.baseline).toEqual({ setting, ...scoresOf(stats, 3) })
    expect(ranking.ranked.map(({ rank, index, verdict }) => [rank, index, verdict])).toEqual([
      [1, 1, 'better'],
      [2, 2, 'same'],
      [3, 3, 'same'],
      [4, 0, 'worse'],
    ])
    expect(ranking).toMatchObject({ better: 1, same: 2, worse: 1, seed: 3, resamples: 500 })
    expect(ranking.ranked[2]).toMatchObject({ setting, delta: 0, interval: [0, 0], ...scoresOf(stats, 3) })
  })

  it('gives every setting what the bootstrap says of it', async () => {
    const stats = simulated([0.6, 0.7, 0.9, 0.8, 0.75, 0.65], 40, 2)
    const baseline = { setting: DEFAULT_SETTING, stats: simulated([0.77], 40, 2) }
    const settings = grid('thresh=0.1,0.2', 'box_thresh=0.3,0.4,0.5')
    const { ranked } = await rankSettings(settings, stats, baseline)
    const bootstrap = await pairedBootstrap(stats, baseline.stats)
    for (const { index, setting, delta, interval, hmean, verdict } of ranked) {
      expect(setting).toEqual(settings.setting(index))
      expect(delta).toBe(hmean - scoresOf(baseline.stats, 0).hmean)
      expect(interval).toEqual([bootstrap.low[index], bootstrap.high[index]])
      const t = bootstrap.statistic[index]!
      expect(verdict).toBe(
        t > bootstrap.criticalValue ? 'better' : t < -bootstrap.criticalValue ? 'worse' : 'same',
      )
    }
  })

  it('breaks ties by the parameters in the order given, ascending', async () => {
    const order = async (...params: string[]) => {
      const settings = grid(...params)
      const stats = statistics(new Array(settings.size).fill([matched(1, 2, 3)]))
      const { ranked } = await rankSettings(settings, stats, {
        setting: DEFAULT_SETTING,
        stats: row(stats, 0),
      })
      return ranked.map(({ setting }) => [setting.thresh, setting.unclip_ratio])
    }
    expect(await order('thresh=0.2,0.3', 'unclip_ratio=1.5,1.6')).toEqual([
      [0.2, 1.5],
      [0.2, 1.6],
      [0.3, 1.5],
      [0.3, 1.6],
    ])
    expect(await order('unclip_ratio=1.5,1.6', 'thresh=0.3,0.2')).toEqual([
      [0.2, 1.5],
      [0.3, 1.5],
      [0.2, 1.6],
      [0.3, 1.6],
    ])
  })

  it('is a permutation of the grid, in falling order, and its counts add up', async () => {
    const settings = grid('thresh=0.2,0.3,0.4', 'box_thresh=0.5,0.6')
    const cell = fc.tuple(fc.nat(3), fc.nat(2), fc.nat(2)).map(([h, m, e]) => matched(h, h + m, h + e))
    const image = fc.array(cell, { minLength: 7, maxLength: 7 })
    await fc.assert(
      fc.asyncProperty(image, fc.array(image, { minLength: 6, maxLength: 6 }), async (base, rows) => {
        const baseline = { setting: DEFAULT_SETTING, stats: statistics([base]) }
        const { ranked, better, same, worse } = await rankSettings(settings, statistics(rows), baseline, {
          resamples: 40,
        })
        expect(ranked.map(({ index }) => index).sort()).toEqual([0, 1, 2, 3, 4, 5])
        expect(ranked.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6])
        for (const [i, { hmean }] of ranked.entries())
          expect(hmean).toBeLessThanOrEqual(ranked[i - 1]?.hmean ?? 1)
        expect(better + same + worse).toBe(6)
        for (const { verdict, delta } of ranked) {
          if (verdict === 'better') expect(delta).toBeGreaterThan(0)
          if (verdict === 'worse') expect(delta).toBeLessThan(0)
        }
      }),
    )
  })

  it('calls nothing without images or with few', async () => {
    for (const images of [0, 1, 5]) {
      const stats = statistics([
        new Array<Cell>(images).fill(matched(9, 10, 10)),
        new Array<Cell>(images).fill(matched(0, 10, 1)),
      ])
      const baseline = {
        setting: DEFAULT_SETTING,
        stats: statistics([new Array<Cell>(images).fill(matched(5, 10, 10))]),
      }
      expect(await rankSettings(grid('thresh=0.2,0.3'), stats, baseline)).toMatchObject({
        better: 0,
        same: 2,
        worse: 0,
      })
    }
  })

  it('rejects statistics of another grid', async () => {
    const stats = statistics([[matched(1, 1, 1)]])
    await expect(
      rankSettings(grid('thresh=0.2,0.3'), stats, { setting: DEFAULT_SETTING, stats }),
    ).rejects.toThrow(new RangeError('statistics of 1 settings for a grid of 2'))
  })
})

function row(stats: ImageStatistics, setting: number): ImageStatistics {
  const part = (values: ExactValues) => values.slice(setting * stats.images, (setting + 1) * stats.images)
  return {
    ...stats,
    settings: 1,
    recallHits: part(stats.recallHits),
    recallTotal: part(stats.recallTotal),
    precisionHits: part(stats.precisionHits),
    precisionTotal: part(stats.precisionTotal),
  }
}
