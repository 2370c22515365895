import { describe, expect, it } from 'vitest'
import { judge } from '../../src/comparison/judge.ts'
import { nextRun } from '../../src/comparison/next-run.ts'
import { checkOptions } from '../../src/comparison/options.ts'
import type { CompareOptions } from '../../src/comparison/paired-comparison.ts'
import { pair } from '../../src/comparison/pairing.ts'
import { createRandom, type Random } from '../../src/random.ts'

/** THRESHER_SIMULATIONS=20000 runs it long. */
const STUDIES = Number(process.env.THRESHER_SIMULATIONS ?? 400)
const CANDIDATES = 12

/** 5 % and three binomial standard deviations of the simulation. */
const AT_MOST = 0.05 + 3 * Math.sqrt((0.05 * 0.95) / STUDIES)

/** A study's noise: what each seed gives each setting, the baseline first, none truly better. */
type Noise = (settings: number, seeds: number, random: Random) => number[][]

const draw = (count: number, one: () => number) => Array.from({ length: count }, one)

const NULLS: Record<string, Noise> = {
  independent: (settings, seeds, random) =>
    Array.from({ length: settings }, () => draw(seeds, () => random.normal())),

  /** Seeds that are hard for everybody, as pairing is for. */
  'shared by seeds': (settings, seeds, random) => {
    const hard = draw(seeds, () => 5 * random.normal())
    return Array.from({ length: settings }, () => hard.map((value) => value + random.normal()))
  },

  /** Some settings far noisier than others. */
  'of many sizes': (settings, seeds, random) =>
    Array.from({ length: settings }, () => {
      const size = Math.exp(1.5 * random.normal())
      return draw(seeds, () => size * random.normal())
    }),

  /** Student's t with 3 degrees of freedom. */
  'heavy-tailed': (settings, seeds, random) =>
    Array.from({ length: settings }, () =>
      draw(seeds, () => {
        const squares = draw(3, () => random.normal() ** 2).reduce((sum, square) => sum + square)
        return random.normal() / Math.sqrt(squares / 3)
      }),
    ),

  /** Log-normal: most runs alike, a few far off, the same for all settings. */
  skewed: (settings, seeds, random) =>
    Array.from({ length: settings }, () => draw(seeds, () => Math.exp(random.normal()))),

  /** Accuracies on a hundred samples: whole hundredths, equal more often than not. */
  coarse: (settings, seeds, random) =>
    Array.from({ length: settings }, () => draw(seeds, () => Math.round(90 + random.normal()) / 100)),
}

function verdictsOf(values: readonly (readonly number[])[], options: Partial<CompareOptions> = {}) {
  const [baseline, ...candidates] = values.map((row) => new Map(row.entries()))
  const pairings = candidates.map((candidate, i) => pair(`c${i}`, baseline!, candidate))
  return judge(pairings, checkOptions({ direction: 'maximize', ...options })).map(({ verdict }) => verdict)
}

describe(`in ${STUDIES} studies of ${CANDIDATES} candidates without a true difference, better or worse comes up in at most 5 %`, {
  timeout: 600_000,
}, () => {
  const cases = Object.keys(NULLS).flatMap((name) => [2, 3, 5, 10].map((seeds) => ({ name, seeds })))

  it.each(cases)('noise $name, $seeds seeds', ({ name, seeds }) => {
    const random = createRandom(seeds)
    let called = 0
    let better = 0
    for (let study = 0; study < STUDIES; study++) {
      const verdicts = verdictsOf(NULLS[name]!(CANDIDATES + 1, seeds, random))
      if (verdicts.includes('better')) better++
      if (verdicts.some((verdict) => verdict === 'better' || verdict === 'worse')) called++
    }
    report(`${name}, ${seeds} seeds`, { better: better / STUDIES, called: called / STUDIES })
    expect(called / STUDIES).toBeLessThanOrEqual(AT_MOST)
  })

  it('also read after each seed, where that was planned', () => {
    const random = createRandom(1)
    const planned = 6
    let called = 0
    let calledUnplanned = 0
    for (let study = 0; study < STUDIES; study++) {
      const values = NULLS.independent!(CANDIDATES + 1, planned, random)
      const looks = [2, 3, 4, 5, 6].map((seeds) => values.map((row) => row.slice(0, seeds)))
      const any = (options: Partial<CompareOptions>) =>
        looks.some((look) => verdictsOf(look, options).some((verdict) => verdict !== 'undecided'))
      if (any({ planned })) called++
      if (any({})) calledUnplanned++
    }
    report('read after each seed', { called: called / STUDIES, unplanned: calledUnplanned / STUDIES })
    expect(called / STUDIES).toBeLessThanOrEqual(AT_MOST)
    // Why the plan is asked for.
    expect(calledUnplanned / STUDIES).toBeGreaterThan(AT_MOST)
  })

  it.each([1, 2])('also where successive elimination gave out the seeds, shrinking by %d', (shrink) => {
    const random = createRandom(shrink)
    let called = 0
    let misled = 0
    let spent = 0
    for (let study = 0; study < STUDIES; study++) {
      const values = NULLS['shared by seeds']!(CANDIDATES + 1, 5, random)
      if (eliminated(values, shrink).verdicts.includes('better')) called++
      // One candidate that leads: those that fall behind it are no better than the baseline.
      values[1] = values[1]!.map((value) => value + 3)
      const { verdicts, runs } = eliminated(values, shrink)
      if (verdicts.slice(1).includes('better')) misled++
      spent += runs
    }
    const share = spent / STUDIES / ((CANDIDATES + 1) * 5)
    report(`elimination, shrink ${shrink}`, {
      better: called / STUDIES,
      misled: misled / STUDIES,
      runs: share,
    })
    expect(called / STUDIES).toBeLessThanOrEqual(AT_MOST)
    expect(misled / STUDIES).toBeLessThanOrEqual(AT_MOST)
    expect(share).toBeLessThan(0.8)
  })
})

/** Gives seeds out until nothing is left to run; with `planned`, reads the verdicts after every run. */
function eliminated(values: readonly (readonly number[])[], shrink: number, planned?: number) {
  const known = values.map(() => new Map<number, number>())
  const seeds = [0, 1, 2, 3, 4]
  const candidates = () => new Map(known.slice(1).map((map, i) => [String(i + 1), map] as const))
  const read = () => {
    const pairings = [...candidates()].map(([id, map]) => pair(id, known[0]!, map))
    const options = checkOptions({ direction: 'maximize', ...(planned && { planned }) })
    return judge(pairings, options).map(({ verdict }) => verdict)
  }
  let runs = 0
  let everBetter = false
  for (;;) {
    const { next } = nextRun(known[0]!, candidates(), { direction: 'maximize', seeds, shrink })
    if (next === undefined) break
    const row = Number(next.id ?? 0)
    known[row]!.set(next.seed, values[row]![next.seed]!)
    runs++
    if (planned && next.seed > 0 && next.id && read().includes('better')) everBetter = true
  }
  return { verdicts: read(), runs, everBetter }
}

it('a study that gives seeds out by elimination and is read after every run errs in at most 5 %, and finds what is there', {
  timeout: 600_000,
}, () => {
  const random = createRandom(3)
  let ever = 0
  let found = 0
  for (let study = 0; study < STUDIES; study++) {
    const values = NULLS['shared by seeds']!(CANDIDATES + 1, 5, random)
    if (eliminated(values, 3, 5).everBetter) ever++
    values[1] = values[1]!.map((value) => value + 4 * Math.SQRT2)
    if (eliminated(values, 3, 5).verdicts[0] === 'better') found++
  }
  report('read after every run, shrink 3', { better: ever / STUDIES, found: found / STUDIES })
  expect(ever / STUDIES).toBeLessThanOrEqual(AT_MOST)
  expect(found / STUDIES).toBeGreaterThanOrEqual(0.6)
})

describe('what is there', { timeout: 600_000 }, () => {
  // The share of studies that call the one better candidate of twelve; differences in standard deviations of a
  // difference. Regenerate with THRESHER_SIMULATIONS=20000.
  it.each([
    { seeds: 3, difference: 10, least: 0.3 },
    { seeds: 5, difference: 3, least: 0.6 },
    { seeds: 5, difference: 4, least: 0.85 },
    { seeds: 10, difference: 1.5, least: 0.7 },
  ])('is found: $difference standard deviations on $seeds seeds', ({ seeds, difference, least }) => {
    const random = createRandom(seeds)
    let found = 0
    let misled = 0
    for (let study = 0; study < STUDIES; study++) {
      const values = NULLS.independent!(CANDIDATES + 1, seeds, random)
      values[1] = values[1]!.map((value) => value + difference * Math.SQRT2)
      const [first, ...others] = verdictsOf(values)
      if (first === 'better') found++
      if (others.includes('better')) misled++
    }
    report(`power, ${difference} sd on ${seeds} seeds`, { found: found / STUDIES, misled: misled / STUDIES })
    expect(found / STUDIES).toBeGreaterThanOrEqual(least)
    expect(misled / STUDIES).toBeLessThanOrEqual(AT_MOST)
  })
})

function report(what: string, rates: Record<string, number>): void {
  if (process.env.THRESHER_SIMULATIONS === undefined) return
  const figures = Object.entries(rates).map(([name, rate]) => `${name} ${rate.toFixed(4)}`)
  process.stderr.write(`${what}: ${figures.join(', ')}\n`)
}
