import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pairedBootstrap } from '../src/bootstrap.ts'
import { InputError } from '../src/errors.ts'
import { exactValues } from '../src/exact-values.ts'
import { fewestDifferingImages } from '../src/max-statistic.ts'
import { createPacer } from '../src/pacer.ts'
import { createRandom } from '../src/random.ts'
import { drawResamples } from '../src/resamples.ts'
import { type ImageStatistics, scoresOf } from '../src/statistics.ts'
import { arbitraryPair, type Cell, cells, matched, statistics } from './support/image-statistics.ts'

const RESAMPLES = 60

/** The definition, straight: list every resample's images, score both settings on them, sort, look up. */
async function straightforward(stats: ImageStatistics, baseline: ImageStatistics, seed: number) {
  const { images } = stats
  const { occurrences } = await drawResamples(images, RESAMPLES, createRandom(seed), createPacer())
  const lists = Array.from({ length: RESAMPLES }, (_, b) =>
    Array.from({ length: images }, (_, image) =>
      new Array(occurrences[image * RESAMPLES + b]!).fill(image),
    ).flat(),
  )
  const maxima = new Array(RESAMPLES).fill(0)
  const rows = Array.from({ length: stats.settings }, (_, s) => {
    const delta = scoresOf(stats, s).hmean - scoresOf(baseline, 0).hmean
    const deltas = lists.map((list) => scoresOf(stats, s, list).hmean - scoresOf(baseline, 0, list).hmean)
    const mean = deltas.reduce((a, b) => a + b) / RESAMPLES
    const error = Math.sqrt(deltas.reduce((sum, d) => sum + (d - mean) ** 2, 0) / (RESAMPLES - 1))
    const differing = Array.from({ length: images }, (_, image) => image).filter((image) =>
      stats.aggregation === 'micro'
        ? JSON.stringify(cells(stats)[s]![image]) !== JSON.stringify(cells(baseline)[0]![image])
        : scoresOf(stats, s, [image]).hmean !== scoresOf(baseline, 0, [image]).hmean,
    ).length
    const callable = differing >= fewestDifferingImages(0.95)
    if (callable && error > 1e-12) {
      for (const [b, d] of deltas.entries()) maxima[b] = Math.max(maxima[b], Math.abs(d - delta) / error)
    }
    deltas.sort((a, b) => a - b)
    const percentile = (p: number) => {
      const place = p * (RESAMPLES - 1)
      const below = deltas[Math.floor(place)]!
      return below + ((deltas[Math.floor(place) + 1] ?? below) - below) * (place % 1)
    }
    const statistic =
      callable && Math.abs(delta) > 1e-12
        ? delta / Math.sqrt((error ** 2 * images) / (images - 1) + delta ** 2 / images)
        : 0
    return { delta, low: percentile(0.025), high: percentile(0.975), error, statistic }
  })
  maxima.sort((a, b) => a - b)
  return { rows, criticalValue: maxima[Math.ceil(0.95 * (RESAMPLES + 1)) - 1] as number }
}

const pairs = fc
  .record({
    kind: fc.constantFrom('counts' as const, 'fractions' as const),
    aggregation: fc.constantFrom('micro' as const, 'image-mean' as const),
  })
  .chain(arbitraryPair)

describe('pairedBootstrap', { timeout: 60_000 }, () => {
  it('agrees with the straightforward computation on the same resamples', async () => {
    await fc.assert(
      fc.asyncProperty(pairs, fc.nat(1000), async ({ stats, baseline }, seed) => {
        const fast = await pairedBootstrap(stats, baseline, { resamples: RESAMPLES, seed })
        const slow = await straightforward(stats, baseline, seed)
        for (const [s, row] of slow.rows.entries()) {
          expect(Math.abs(fast.delta[s]! - row.delta)).toBeLessThanOrEqual(1e-12)
          expect(Math.abs(fast.low[s]! - row.low)).toBeLessThanOrEqual(1e-12)
          expect(Math.abs(fast.high[s]! - row.high)).toBeLessThanOrEqual(1e-12)
          expect(Math.abs(fast.standardError[s]! - row.error)).toBeLessThanOrEqual(1e-12)
          expect(Math.abs(fast.statistic[s]! - row.statistic)).toBeLessThanOrEqual(1e-9)
        }
        expect(Math.abs(fast.criticalValue - slow.criticalValue)).toBeLessThanOrEqual(1e-9)
      }),
      { numRuns: 200 },
    )
  })

  it('a setting equal to the baseline: nothing at all', async () => {
    await fc.assert(
      fc.asyncProperty(pairs, async ({ stats, baseline }) => {
        const rows = [...cells(stats), ...cells(baseline)]
        const result = await pairedBootstrap(statistics(rows, stats.aggregation), baseline, { resamples: 50 })
        const last = rows.length - 1
        for (const values of [
          result.delta,
          result.low,
          result.high,
          result.standardError,
          result.statistic,
        ]) {
          expect(values[last]).toBe(0)
        }
      }),
    )
  })

  it('changing places with the baseline mirrors everything', async () => {
    await fc.assert(
      fc.asyncProperty(pairs, async ({ stats, baseline }) => {
        const one = statistics([cells(stats)[0]!], stats.aggregation)
        const there = await pairedBootstrap(one, baseline, { resamples: 50 })
        const back = await pairedBootstrap(baseline, one, { resamples: 50 })
        expect(back.delta[0]).toBeCloseTo(-there.delta[0]!, 12)
        expect(back.low[0]).toBeCloseTo(-there.high[0]!, 12)
        expect(back.high[0]).toBeCloseTo(-there.low[0]!, 12)
        expect(back.statistic[0]).toBeCloseTo(-there.statistic[0]!, 9)
        expect(back.criticalValue).toBeCloseTo(there.criticalValue, 9)
      }),
    )
  })

  it('what is known of a setting does not depend on its neighbours', async () => {
    await fc.assert(
      fc.asyncProperty(pairs, async ({ stats, baseline }) => {
        const together = await pairedBootstrap(stats, baseline, { resamples: 50 })
        for (const [s, row] of cells(stats).entries()) {
          const alone = await pairedBootstrap(statistics([row], stats.aggregation), baseline, {
            resamples: 50,
          })
          for (const name of ['delta', 'low', 'high', 'standardError', 'statistic'] as const) {
            expect(together[name][s]).toBe(alone[name][0])
          }
        }
      }),
    )
  })

  it('neither order nor repetition of settings changes anything', async () => {
    await fc.assert(
      fc.asyncProperty(pairs, async ({ stats, baseline }) => {
        const rows = cells(stats)
        const once = await pairedBootstrap(stats, baseline, { resamples: 50 })
        const shuffled = statistics([...rows, ...[...rows].reverse(), ...rows], stats.aggregation)
        const thrice = await pairedBootstrap(shuffled, baseline, { resamples: 50 })
        expect(thrice.criticalValue).toBe(once.criticalValue)
        const { low, statistic } = once
        expect([...thrice.low]).toEqual([...low, ...[...low].reverse(), ...low])
        expect([...thrice.statistic]).toEqual([...statistic, ...[...statistic].reverse(), ...statistic])
      }),
    )
  })

  it.each(['micro', 'image-mean'] as const)(
    'numbers in the narrowest arrays give the same bits (%s)',
    async (aggregation) => {
      await fc.assert(
        fc.asyncProperty(
          arbitraryPair({ aggregation }),
          fc.integer({ min: 0, max: 99 }),
          async (pair, seed) => {
            const narrow = (stats: ImageStatistics): ImageStatistics => ({
              ...stats,
              recallHits: exactValues(stats.recallHits),
              recallTotal: exactValues(stats.recallTotal),
              precisionHits: exactValues(stats.precisionHits),
              precisionTotal: exactValues(stats.precisionTotal),
            })
            expect(narrow(pair.stats).recallHits).toBeInstanceOf(Uint8Array)
            const options = { resamples: RESAMPLES, seed }
            expect(await pairedBootstrap(narrow(pair.stats), narrow(pair.baseline), options)).toEqual(
              await pairedBootstrap(pair.stats, pair.baseline, options),
            )
          },
        ),
      )
    },
  )

  it('counting everything four times over changes nothing', async () => {
    const fourfold = (stats: ImageStatistics): ImageStatistics => ({
      ...stats,
      recallHits: stats.recallHits.map((x) => 4 * x),
      recallTotal: stats.recallTotal.map((x) => 4 * x),
      precisionHits: stats.precisionHits.map((x) => 4 * x),
      precisionTotal: stats.precisionTotal.map((x) => 4 * x),
    })
    await fc.assert(
      fc.asyncProperty(pairs, async ({ stats, baseline }) => {
        const once = await pairedBootstrap(stats, baseline, { resamples: 50 })
        const scaled = await pairedBootstrap(fourfold(stats), fourfold(baseline), { resamples: 50 })
        expect(scaled).toEqual(once)
      }),
    )
  })

  it('the interval widens with the level and shifts with the seed', async () => {
    const { stats, baseline } = somePair(20, 30)
    const wide = await pairedBootstrap(stats, baseline, { level: 0.99 })
    const narrow = await pairedBootstrap(stats, baseline, { level: 0.8 })
    const other = await pairedBootstrap(stats, baseline, { level: 0.8, seed: 1 })
    for (let s = 0; s < stats.settings; s++) {
      expect(wide.low[s]).toBeLessThan(narrow.low[s]!)
      expect(wide.high[s]).toBeGreaterThan(narrow.high[s]!)
      expect(other.low[s]).not.toBe(narrow.low[s])
    }
    expect(wide.criticalValue).toBeGreaterThan(narrow.criticalValue)
    expect(await pairedBootstrap(stats, baseline, { level: 0.8 })).toEqual(narrow)
  })

  it('calls nothing on five images, whatever they say', async () => {
    const baseline = statistics([Array.from({ length: 40 }, () => matched(1, 10, 10))])
    const improved = (count: number) =>
      statistics([Array.from({ length: 40 }, (_, i) => matched(i < count ? 10 : 1, 10, 10))])
    expect((await pairedBootstrap(improved(5), baseline)).statistic[0]).toBe(0)
    expect((await pairedBootstrap(improved(6), baseline)).statistic[0]).toBeGreaterThan(2)
  })

  it('calls a difference that every image shares, though resamples do not vary', async () => {
    const row = (cell: Cell) => statistics([new Array<Cell>(40).fill(cell)])
    const result = await pairedBootstrap(row(matched(9, 10, 10)), row(matched(5, 10, 10)))
    expect(result.standardError[0]).toBe(0)
    expect(result.statistic[0]).toBeGreaterThan(result.criticalValue)
    expect([result.low[0], result.high[0]]).toEqual([result.delta[0], result.delta[0]])
  })

  it('takes a baseline that finds nothing', async () => {
    const baseline = statistics([new Array<Cell>(30).fill(matched(0, 10, 0))])
    const { stats } = somePair(5, 30)
    const result = await pairedBootstrap(stats, baseline)
    for (let s = 0; s < 5; s++) expect(result.statistic[s]).toBeGreaterThan(result.criticalValue)
  })

  it.each(['micro', 'image-mean'] as const)('takes no images and one image (%s)', async (aggregation) => {
    const none = await pairedBootstrap(statistics([[], []], aggregation), statistics([[]], aggregation))
    expect([...none.delta, ...none.low, ...none.high, ...none.statistic, none.criticalValue]).toEqual(
      new Array(9).fill(0),
    )
    const one = await pairedBootstrap(
      statistics([[matched(2, 2, 2)]], aggregation),
      statistics([[matched(1, 2, 2)]], aggregation),
    )
    expect([one.delta[0], one.low[0], one.high[0], one.statistic[0]]).toEqual([0.5, 0.5, 0.5, 0])
  })

  it('rejects options out of range and statistics that do not fit', async () => {
    const { stats, baseline } = somePair(2, 10)
    for (const resamples of [0, 1.5, 100_001, Number.NaN]) {
      await expect(pairedBootstrap(stats, baseline, { resamples })).rejects.toThrow(InputError)
    }
    for (const level of [0, 1, Number.NaN])
      await expect(pairedBootstrap(stats, baseline, { level })).rejects.toThrow(InputError)
    await expect(pairedBootstrap(stats, baseline, { seed: -1 })).rejects.toThrow(InputError)
    await expect(pairedBootstrap(stats, stats)).rejects.toThrow(RangeError)
    await expect(pairedBootstrap(stats, { ...baseline, aggregation: 'image-mean' })).rejects.toThrow(
      RangeError,
    )
    await expect(pairedBootstrap(stats, somePair(1, 9).baseline)).rejects.toThrow(RangeError)
  })

  const SETTINGS = 4000
  it('lets others run, tells of progress and stops when asked', { timeout: 60_000 }, async () => {
    // Work for many time slices, however fast the machine.
    const { stats, baseline } = somePair(SETTINGS, 150)
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    const heard: number[] = []
    await pairedBootstrap(stats, baseline, {
      onProgress: (done, total) => {
        expect(total).toBe(SETTINGS)
        heard.push(done)
      },
    })
    clearInterval(timer)
    expect(turns).toBeGreaterThan(3)
    expect(heard.length).toBeGreaterThan(3)
    expect(heard).toEqual([...heard].sort((a, b) => a - b))
    expect(heard.at(-1)).toBe(SETTINGS)

    const controller = new AbortController()
    const reason = new Error('enough')
    const running = pairedBootstrap(stats, baseline, {
      signal: controller.signal,
      onProgress: (done) => {
        expect(done).toBeLessThan(SETTINGS)
        controller.abort(reason)
      },
    })
    await expect(running).rejects.toBe(reason)
    await expect(pairedBootstrap(stats, baseline, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })
})

/** Settings of random quality; every image differs. */
function somePair(settings: number, images: number): { stats: ImageStatistics; baseline: ImageStatistics } {
  const random = createRandom(settings * 1000 + images)
  const cell = () => {
    const hits = 10 + random.int(15)
    return matched(hits, 25, hits + random.int(10))
  }
  const row = () => Array.from({ length: images }, cell)
  return { stats: statistics(Array.from({ length: settings }, row)), baseline: statistics([row()]) }
}
