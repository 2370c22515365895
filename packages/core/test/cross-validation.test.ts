import { describe, expect, it } from 'vitest'
import { crossValidate } from '../src/cross-validation.ts'
import { createGrid } from '../src/grid.ts'
import { DEFAULT_SETTING } from '../src/parameter.ts'
import { createRandom } from '../src/random.ts'
import { scoresOf, statisticsOf } from '../src/statistics.ts'
import { matched, statistics } from './support/image-statistics.ts'

const gridOf = (settings: number) =>
  createGrid([{ name: 'min_size', values: Array.from({ length: settings }, (_, i) => i) }], DEFAULT_SETTING)

/** Every setting finds about 80 of 100 on every image, each image with luck of its own; `gain` is added to setting 3. */
function noisy(seed: number, settings: number, images: number, gain = 0) {
  const random = createRandom(seed)
  return statistics(
    Array.from({ length: settings }, (_, s) =>
      Array.from({ length: images }, () => matched(70 + random.int(21) + (s === 3 ? gain : 0), 100, 100)),
    ),
  )
}

describe('crossValidate', () => {
  it('scores every image under the setting chosen without its fold', async () => {
    const data = noisy(1, 5, 10, 40)
    const result = await crossValidate(gridOf(5), data, statisticsOf(data, 0), 5, { resamples: 50 })
    expect(result.chosen.map(({ min_size }) => min_size)).toEqual([3, 3, 3, 3, 3])
    expect(result.hmean).toBe(scoresOf(data, 3).hmean)
    expect(result.delta).toBeCloseTo(scoresOf(data, 3).hmean - scoresOf(data, 0).hmean, 12)
    expect(result.interval[0]).toBeGreaterThan(0)
  })

  it('chooses by all images but the fold’s, also where scores are means of images', async () => {
    // Setting 1 is better on image 0 alone, by so much that it is chosen wherever image 0 is seen.
    const rows = [
      [matched(0, 9, 9), matched(5, 9, 9), matched(5, 9, 9), matched(5, 9, 9)],
      [matched(9, 9, 9), matched(4, 9, 9), matched(4, 9, 9), matched(4, 9, 9)],
    ]
    for (const aggregation of ['micro', 'image-mean'] as const) {
      const data = statistics(rows, aggregation)
      const result = await crossValidate(gridOf(2), data, statisticsOf(data, 0), 4, { resamples: 50 })
      expect(result.chosen.map(({ min_size }) => min_size).sort()).toEqual([0, 1, 1, 1])
      expect(result.hmean).toBeCloseTo((0 + 4 + 4 + 4) / 36, 12)
    }
  })

  it('does not take luck for gain: over grids without a difference it promises nothing', async () => {
    let [promised, looked] = [0, 0]
    for (let seed = 1; seed <= 60; seed++) {
      const data = noisy(seed, 40, 30)
      const baseline = statisticsOf(data, 0)
      const { delta } = await crossValidate(gridOf(40), data, baseline, 5, { resamples: 20, seed })
      promised += delta
      const best = Math.max(...Array.from({ length: 40 }, (_, s) => scoresOf(data, s).hmean))
      looked += best - scoresOf(baseline, 0).hmean
    }
    // The best of 40 looks 2.4 points better by luck; what it is worth on images not seen is nothing.
    expect(looked / 60).toBeGreaterThan(0.015)
    expect(Math.abs(promised / 60)).toBeLessThan(0.005)
  })

  it('refuses folds that cannot be dealt', async () => {
    const data = noisy(1, 2, 3)
    for (const folds of [1, 4, 2.5]) {
      await expect(crossValidate(gridOf(2), data, statisticsOf(data, 0), folds)).rejects.toThrow(
        `${folds} folds of 3 images`,
      )
    }
  })
})
