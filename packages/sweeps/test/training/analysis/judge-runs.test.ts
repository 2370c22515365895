import { createRandom, createStudy } from '@thresher/core'
import { describe, expect, test } from 'vitest'
import { judgeRuns } from '../../../src/training/analysis/judge-runs.js'
import { noiseOf } from '../../../src/training/analysis/noise.js'
import { type RunSetting, runSettingsOf } from '../../../src/training/analysis/run-settings.js'
import { type MadeRun, studyOf } from '../study-of.js'

const OPTIONS = { direction: 'maximize', level: 0.95, equivalence: undefined } as const

/** Judges runs with values by setting, the first the baseline's; seeds count from 0 where asked for. */
async function judged(
  values: readonly (readonly number[])[],
  { given, seeds = false, ...options }: { given?: number; seeds?: boolean } & Partial<typeof OPTIONS> = {},
) {
  const runs = values.flatMap((list, x) =>
    list.map((value, seed): MadeRun => ({ value, params: { x }, baseline: x === 0, ...(seeds && { seed }) })),
  )
  const [baseline, ...candidates] = runSettingsOf(await studyOf(runs))
  const noise = noiseOf(baseline, candidates, given)
  return { noise, judgements: judgeRuns(baseline!, candidates, noise, { ...OPTIONS, ...options }) }
}

describe('with one run each', () => {
  test('nothing is decided, however large the difference', async () => {
    const { noise, judgements } = await judged([[0.5], [0.9], [0.1]])
    expect(noise).toEqual({ source: 'none', deviation: null, freedom: null })
    for (const { verdict, interval, adjustedPValue, plan } of judgements) {
      expect([verdict, interval, adjustedPValue, plan()]).toEqual(['undecided', null, null, null])
    }
    expect(judgements.map(({ delta }) => delta)).toEqual([0.4, -0.4])
  })

  test('a given deviation makes z-tests, corrected over the candidates', async () => {
    // A difference of 3 deviations: z = 3 / sqrt(2) = 2.1213, two-sided p 0.03389 by tables of the normal distribution.
    const alone = await judged([[10], [13]], { given: 1 })
    expect(alone.judgements[0]).toMatchObject({ verdict: 'better', delta: 3 })
    expect(alone.judgements[0]!.adjustedPValue).toBeCloseTo(0.033895, 6)
    const [low, high] = alone.judgements[0]!.interval!
    expect([low, high]).toEqual([expect.closeTo(3 - 2.7718, 4), expect.closeTo(3 + 2.7718, 4)])
    const two = await judged([[10], [13], [10.1]], { given: 1 })
    expect(two.judgements[0]!.adjustedPValue).toBeCloseTo(2 * 0.033895, 6)
    expect(two.judgements.map(({ verdict }) => verdict)).toEqual(['undecided', 'undecided'])
  })

  test('more runs of the baseline make its side of the error smaller', async () => {
    const { judgements } = await judged([[9, 11, 10, 10], [13]], { given: 1 })
    const [low] = judgements[0]!.interval!
    expect(low).toBeCloseTo(3 - 1.959964 * Math.sqrt(1 + 1 / 4), 5)
  })

  test('less is better where the metric is to be small', async () => {
    const { judgements } = await judged([[10], [7], [13]], { given: 0.5, direction: 'minimize' as never })
    expect(judgements.map(({ verdict }) => verdict)).toEqual(['better', 'worse'])
  })

  test('a difference within what does not matter is the same, where the noise is small enough to say so', async () => {
    const close = { given: 0.01, equivalence: 0.1 as never }
    expect((await judged([[10], [10.02]], close)).judgements[0]!.verdict).toBe('same')
    expect((await judged([[10], [10.02]], { ...close, given: 1 })).judgements[0]!.verdict).toBe('undecided')
    expect((await judged([[10], [10.2]], close)).judgements[0]!.verdict).toBe('better')
  })

  test('the plan is for as many seeds as find the difference', async () => {
    // sd of a difference sqrt(2); d = 1 / sqrt(2): 18 pairs have power 0.80 (G*Power, two-sided paired t, 5 %).
    const [judgement] = (await judged([[10], [11]], { given: 1 })).judgements
    expect(judgement!.plan()).toEqual({ difference: 1, more: 17 })
  })
})

describe('repeats without seeds', () => {
  test('are pooled over all settings, and the test is of their degrees of freedom', async () => {
    const { noise, judgements } = await judged([
      [9, 11],
      [14, 16],
      [12, 12],
    ])
    expect(noise).toMatchObject({ source: 'repeats', freedom: 3 })
    expect(noise.deviation).toBeCloseTo(Math.sqrt(4 / 3), 12)
    // t = 5 / 1.1547 = 4.330, 3 degrees of freedom: two-sided p 0.02272; twice that over two candidates.
    expect(judgements[0]!.adjustedPValue).toBeCloseTo(0.04544, 4)
    expect(judgements.map(({ verdict }) => verdict)).toEqual(['better', 'undecided'])
  })

  test('that are all alike say nothing', async () => {
    const { noise } = await judged([
      [0.5, 0.5],
      [0.6, 0.6],
    ])
    expect(noise.source).toBe('none')
  })
})

describe('seeds that are shared', () => {
  test("are compared as core's ranking does", async () => {
    const random = createRandom(5)
    const values = [0, 0.2, 3].map((gain) => Array.from({ length: 5 }, () => gain + random.normal()))
    const { noise, judgements } = await judged(values, { seeds: true })
    expect(noise.source).toBe('seeds')

    const study = await createStudy({
      name: 'seeds',
      direction: 'maximize',
      seeds: [0, 1, 2, 3, 4],
      baseline: { x: 0 },
    })
    await study.optimize((trial) => values[trial.suggestInt('x', 0, 2)]![trial.seed!]!, { trials: 5 })
    for (const x of [1, 2]) {
      for (const seed of [0, 1, 2, 3, 4]) {
        await study.addTrial({
          value: values[x]![seed]!,
          params: { x },
          distributions: { x: { kind: 'int', low: 0, high: 2, step: 1, log: false } },
          seed,
        })
      }
    }
    const { settings } = study.ranking()
    for (const [i, judgement] of judgements.entries()) {
      const theirs = settings.find(({ params }) => params.get('x') === i + 1)!
      expect(judgement).toMatchObject({
        delta: theirs.difference,
        verdict: theirs.verdict,
        adjustedPValue: theirs.adjustedPValue,
        interval: theirs.interval,
      })
    }
    expect(judgements[1]!.verdict).toBe('better')
  })

  test('leave a candidate undecided that shares none', async () => {
    const runs: MadeRun[] = [
      ...[0, 1, 2].map((seed) => ({ value: 10 + seed, params: { x: 0 }, seed, baseline: true })),
      ...[0, 1, 2].map((seed) => ({ value: 20 + 1.1 * seed, params: { x: 1 }, seed })),
      { value: 30, params: { x: 2 }, seed: 9 },
    ]
    const [baseline, ...candidates] = runSettingsOf(await studyOf(runs))
    const noise = noiseOf(baseline, candidates, undefined)
    const [, lone] = judgeRuns(baseline!, candidates, noise, OPTIONS)
    expect(lone).toMatchObject({ verdict: 'undecided', delta: 19, interval: null, paired: false })
  })
})

test('of studies without any difference at most one in twenty has a verdict', () => {
  const random = createRandom(11)
  const setting = (number: number, values: readonly number[]): RunSetting => ({
    number,
    name: String(number),
    params: new Map(),
    unknown: [],
    baseline: number === 0,
    runs: values.map((value) => ({ ...RUN, value })),
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    epochs: undefined,
  })
  const decided = (repeats: number, given: number | undefined) => {
    const settings = Array.from({ length: 7 }, (_, i) =>
      setting(
        i,
        Array.from({ length: repeats }, () => random.normal()),
      ),
    )
    const [baseline, ...candidates] = settings
    const noise = noiseOf(baseline, candidates, given)
    return judgeRuns(baseline!, candidates, noise, OPTIONS).some(({ verdict }) => verdict !== 'undecided')
  }
  let given = 0
  let repeats = 0
  for (let i = 0; i < 600; i++) {
    given += Number(decided(1, 1))
    repeats += Number(decided(2, undefined))
  }
  // 5 % of 600 is 30, and a count of 47 or more would come once in a thousand times.
  expect(given).toBeLessThan(47)
  expect(repeats).toBeLessThan(47)
  expect(given + repeats).toBeGreaterThan(10)
})

const RUN = {
  number: 0,
  name: '',
  params: new Map(),
  unknown: [],
  seed: undefined,
  baseline: false,
  epochs: undefined,
  seconds: undefined,
  metrics: new Map(),
  curve: new Map(),
}
