import { describe, expect, it } from 'vitest'
import { pairedBootstrap } from '../src/bootstrap.ts'
import { createRandom, type Random } from '../src/random.ts'
import type { ImageStatistics } from '../src/statistics.ts'
import { type Cell, matched, statistics } from './support/image-statistics.ts'

const GRIDS = 400
const SETTINGS = 12
const RESAMPLES = 399

/** A way to draw a baseline (row 0) and settings on new images, all of which score alike on all images there are. */
type Null = (images: number, random: Random) => Cell[][]

const NULLS: Record<string, Null> = {
  /** Every setting finds every object anew: as many tests as settings. */
  independent(images, random) {
    const truths = Array.from({ length: images }, () => 10 + random.int(40))
    return draw(SETTINGS + 1, () => truths.map((count) => detected(count, 0.9, 0.1, random)))
  },

  /** The same with image sizes from a few objects to hundreds, a few images carrying most of the score. */
  unequal(images, random) {
    const truths = Array.from({ length: images }, () =>
      Math.max(2, Math.round(Math.exp(3 + random.normal()))),
    )
    return draw(SETTINGS + 1, () => truths.map((count) => detected(count, 0.9, 0.1, random)))
  },

  /** Settings on a ring of thresholds, every image with a best one anywhere on it: neighbours are alike. */
  smooth(images, random) {
    const around = (x: number) => Math.abs((((x % 1) + 1) % 1) - 0.5)
    const photos = Array.from({ length: images }, () => ({
      best: random.next(),
      objects: draw(10 + random.int(40), () => ({ margin: 0.4 * random.next(), shift: 0.2 * random.next() })),
    }))
    return Array.from({ length: SETTINGS + 1 }, (_, setting) =>
      photos.map(({ best, objects }) => {
        const distances = objects.map(({ shift }) => around(setting / (SETTINGS + 1) - best - shift))
        const hits = objects.filter(({ margin }, o) => distances[o]! + margin > 0.2).length
        const extra = objects.filter(({ margin }, o) => distances[o]! + margin < 0.12).length
        return matched(hits, objects.length, hits + extra)
      }),
    )
  },

  /** Settings that change one object on one image in ten, for better or worse. */
  sparse(images, random) {
    const baseline = Array.from({ length: images }, () => ({
      truths: 40 + random.int(20),
      hits: 36,
      extra: 6,
    }))
    const changed = () =>
      baseline.map(({ truths, hits, extra }) => {
        if (random.next() >= 0.1) return matched(hits, truths, hits + extra)
        const better = random.next() < 0.5
        return matched(hits + (better ? 1 : -1), truths, hits + extra + (better ? 1 : -1))
      })
    return [
      baseline.map(({ truths, hits, extra }) => matched(hits, truths, hits + extra)),
      ...draw(SETTINGS, changed),
    ]
  },
}

function draw<T>(count: number, one: () => T): T[] {
  return Array.from({ length: count }, one)
}

function detected(truths: number, found: number, extra: number, random: Random): Cell {
  let hits = 0
  let wrong = 0
  for (let object = 0; object < truths; object++) {
    if (random.next() < found) hits++
    if (random.next() < extra) wrong++
  }
  return matched(hits, truths, hits + wrong)
}

interface Rates {
  /** The share of grids with any verdict. */
  called: number
  /** The same for delta / se, held against the same critical value. */
  calledPlainly: number
  /** The share of intervals that hold 0, the true difference. */
  covered: number
}

async function simulate(
  draws: Null,
  images: number,
  aggregation: ImageStatistics['aggregation'],
): Promise<Rates> {
  const random = createRandom(images)
  const rates = { called: 0, calledPlainly: 0, covered: 0 }
  for (let grid = 0; grid < GRIDS; grid++) {
    const [baseline, ...settings] = draws(images, random) as [Cell[], ...Cell[][]]
    const { statistic, criticalValue, delta, standardError, low, high } = await pairedBootstrap(
      statistics(settings, aggregation),
      statistics([baseline], aggregation),
      { resamples: RESAMPLES, seed: grid },
    )
    if (statistic.some((t) => Math.abs(t) > criticalValue)) rates.called += 1 / GRIDS
    if (delta.some((d, s) => Math.abs(d) > criticalValue * standardError[s]!))
      rates.calledPlainly += 1 / GRIDS
    rates.covered += low.filter((l, s) => l <= 0 && high[s]! >= 0).length / settings.length / GRIDS
  }
  return rates
}

/** 5 % and three binomial standard deviations of the simulation. */
const AT_MOST = 0.05 + 3 * Math.sqrt((0.05 * 0.95) / GRIDS)

describe('in grids where no setting differs, a verdict comes up in at most about 5 %', {
  timeout: 120_000,
}, () => {
  const cases = Object.keys(NULLS).flatMap((name) => [12, 30, 100].map((images) => ({ name, images })))

  it.each(cases)('$name, $images images', async ({ name, images }) => {
    const { called, calledPlainly, covered } = await simulate(NULLS[name]!, images, 'micro')
    expect(called).toBeLessThanOrEqual(AT_MOST)
    // Why the statistic is not delta / se.
    if (images === 12) expect(calledPlainly).toBeGreaterThan(AT_MOST)
    // Each setting's own interval.
    if (images === 100) expect(Math.abs(covered - 0.95)).toBeLessThan(0.03)
  })

  it.each([12, 30, 100])('means over images, smooth, %d images', async (images) => {
    const { called } = await simulate(NULLS.smooth!, images, 'image-mean')
    expect(called).toBeLessThanOrEqual(AT_MOST)
  })
})

describe('what is there', { timeout: 120_000 }, () => {
  it('is found: five objects more in a hundred, on 100 images, among settings without a gain', async () => {
    const grids = 100
    const random = createRandom(1)
    let found = 0
    let misled = 0
    for (let grid = 0; grid < grids; grid++) {
      const truths = draw(100, () => 10 + random.int(40))
      const finding = (rate: number) => truths.map((count) => detected(count, rate, 0.1, random))
      const settings = [finding(0.95), ...draw(SETTINGS - 1, () => finding(0.9))]
      const { statistic, criticalValue } = await pairedBootstrap(
        statistics(settings),
        statistics([finding(0.9)]),
        { resamples: RESAMPLES, seed: grid },
      )
      if (statistic[0]! > criticalValue) found++
      if (statistic.some((t, s) => s > 0 && Math.abs(t) > criticalValue)) misled++
    }
    expect(found).toBeGreaterThanOrEqual(0.9 * grids)
    expect(misled).toBeLessThanOrEqual(grids * (0.05 + 3 * Math.sqrt((0.05 * 0.95) / grids)))
  })
})
