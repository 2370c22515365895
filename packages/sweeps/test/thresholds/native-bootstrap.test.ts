import { createRandom, type ImageStatistics, pairedBootstrap, statisticsOf } from '@thresher/core'
import { describe, expect, test } from 'vitest'
import { parallelSums } from '../../src/thresholds/parallel-sums.js'

/** Settings that differ from the first here and there, by whole characters or by parts of one. */
function statistics(
  seed: number,
  aggregation: ImageStatistics['aggregation'],
  unit: number,
): ImageStatistics {
  const [settings, images] = [150, 41]
  const random = createRandom(seed)
  const totals = Array.from({ length: images }, () => 5 + random.int(20))
  const column = (least: number) =>
    Float64Array.from({ length: settings * images }, (_, i) => {
      const total = totals[i % images]!
      const changed = i >= images && random.next() < 0.3
      return total - least + (changed ? random.int(4) * unit : 0)
    })
  const hits = column(4)
  return {
    ...{ settings, images, aggregation },
    ...{ recallHits: hits, recallTotal: column(0), precisionHits: hits, precisionTotal: column(1) },
  }
}

describe('the bootstrap with native sums', () => {
  test.each([
    ['micro', 1],
    ['micro', 0.7],
    ['image-mean', 1],
  ] as const)('has the same bits: %s, unit %d', async (aggregation, unit) => {
    for (let seed = 1; seed <= 4; seed++) {
      const stats = statistics(seed, aggregation, unit)
      const options = { resamples: 130 + seed, seed }
      const alone = await pairedBootstrap(stats, statisticsOf(stats, 0), options)
      for (const threads of [1, 2, 3, 500]) {
        const sumResamples = parallelSums(threads)
        expect(await pairedBootstrap(stats, statisticsOf(stats, 0), { ...options, sumResamples })).toEqual(
          alone,
        )
      }
      expect(new Set(alone.delta).size).toBeGreaterThan(50)
    }
  })

  test('ends with the signal', async () => {
    const stats = statistics(1, 'micro', 1)
    const controller = new AbortController()
    const run = pairedBootstrap(stats, statisticsOf(stats, 0), {
      resamples: 50_000,
      signal: controller.signal,
      sumResamples: parallelSums(2),
    })
    setTimeout(() => controller.abort(new Error('enough')), 20)
    await expect(run).rejects.toThrow('enough')
  })
})
