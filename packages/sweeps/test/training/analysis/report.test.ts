import { describe, expect, test } from 'vitest'
import { type ReportOptions, reportOn } from '../../../src/training/analysis/report.js'
import { failure } from '../../support/failure.js'
import { type MadeRun, studyOf } from '../study-of.js'

const METRIC = { name: 'val_hmean' }
const report = async (runs: readonly MadeRun[], options: ReportOptions = {}) =>
  reportOn(await studyOf(runs), { metric: METRIC, ...options })
const run = (value: number, x: number, more: Partial<MadeRun> = {}): MadeRun => ({
  value,
  params: { x },
  ...more,
})

describe('a report', () => {
  test('ranks by the difference from the baseline, in points', async () => {
    const { ranking, metric } = await report([
      run(0.96, 0.1, { baseline: true, name: 'base' }),
      run(0.95, 0.2),
      run(0.97, 0.3),
    ])
    expect(metric.scale).toBe('fraction')
    expect(ranking.baseline).toMatchObject({ run: 'base', value: 0.96 })
    expect(ranking.candidates.map(({ rank, number, points }) => [rank, number, points])).toEqual([
      [1, 2, expect.closeTo(1, 9)],
      [2, 1, expect.closeTo(-1, 9)],
    ])
  })

  test('knows fractions, percents and losses apart', async () => {
    const scaleOf = async (name: string, ...values: number[]) =>
      (
        await report(
          values.map((value, x) => run(value, x)),
          { metric: { name } },
        )
      ).metric.scale
    expect(await scaleOf('val_hmean', 0.5, 0.9)).toBe('fraction')
    expect(await scaleOf('val_hmean', 50, 96.5)).toBe('percent')
    expect(await scaleOf('val_loss', 0.5, 0.9)).toBe('plain')
    expect(await scaleOf('reward', 50, 96.5)).toBe('plain')
    expect(await scaleOf('acc', -1, 0.5)).toBe('plain')
  })

  test('takes noise and equivalence in points, of losses in their own unit', async () => {
    const runs = [run(0.96, 1, { baseline: true }), run(0.97, 2)]
    expect((await report(runs, { noise: 0.1 })).noise.deviation).toBeCloseTo(0.001, 12)
    expect((await report(runs, { noise: 0.1, metric: { name: 'loss' } })).noise.deviation).toBe(0.1)
    expect((await report(runs, { noise: 0.1, equivalence: 3 })).ranking.candidates[0]!.verdict).toBe('same')
  })

  test('has another baseline where one is named', async () => {
    const { ranking } = await report([run(1, 1, { baseline: true }), run(2, 2), run(3, 3)], { baseline: 1 })
    expect(ranking.baseline!.number).toBe(1)
    expect(ranking.candidates.map(({ number, delta }) => [number, delta])).toEqual([
      [2, 1],
      [0, -1],
    ])
    expect(await failure(() => report([run(1, 1)], { baseline: 9 }))).toMatch(/there is no run 9/)
    expect(
      await failure(() => report([run(1, 1), { state: 'FAIL', params: { x: 2 } }], { baseline: 1 })),
    ).toMatch(/it is not complete, run 1/)
  })

  test('is of those runs only that were asked for, and the baseline', async () => {
    const runs = [
      { value: 1, params: { b: 32, x: 1 }, baseline: true },
      { value: 2, params: { b: 64, x: 1 } },
      { value: 3, params: { b: 32, x: 2 } },
    ]
    const { ranking, trials } = await report(runs, { where: new Map([['b', 64]]) })
    expect([ranking.baseline!.number, ...ranking.candidates.map(({ number }) => number)]).toEqual([0, 1])
    expect(trials.complete).toBe(2)
    expect(await failure(() => report(runs, { where: new Map([['b', 128]]) }))).toMatch(
      /no run has b=128; there are 32, 64\./,
    )
    expect(await failure(() => report(runs, { where: new Map([['c', 1]]) }))).toMatch(
      /no run has that parameter/,
    )
  })

  test('says what one run each supports, only of a leader ahead', async () => {
    const ahead = await report([run(96.5, 1, { baseline: true }), run(96.6, 2), run(96, 3)])
    expect(ahead.support).toMatchObject({ candidates: 2, difference: expect.closeTo(0.1, 9) })
    expect((await report([run(96.5, 1, { baseline: true }), run(96.4, 2)])).support).toBeNull()
    expect(
      (await report([run(96.5, 1, { baseline: true }), run(96.6, 2)], { noise: 0.1 })).support,
    ).toBeNull()
    expect((await report([run(96.5, 1), run(96.6, 2)])).support).toBeNull()
  })

  test('is refused for several objectives', async () => {
    const study = { ...(await studyOf([run(1, 1)])), directions: ['minimize', 'maximize'] as const }
    expect(await failure(() => reportOn(study))).toMatch(/it has 2 objectives/)
  })

  test('of nothing, and of failures alone, is empty and no error', async () => {
    for (const runs of [[], [{ state: 'FAIL', params: { x: 1 } } as const]]) {
      const { ranking, recommendations, groups, importance, time } = await report(runs)
      expect([ranking.baseline, ranking.candidates, recommendations, groups, importance.parameters]).toEqual([
        null,
        [],
        [],
        [],
        [],
      ])
      expect(time.decision.stop).toBe(false)
    }
  })

  test('is plain data: its JSON is all of it', async () => {
    const whole = await report([
      run(0.96, 0.1, { baseline: true, seed: 1, seconds: 60 }),
      run(0.961, 0.1, { seed: 2 }),
      run(0.97, 0.2, { seed: 1 }),
      run(0.972, 0.2, { seed: 2 }),
      run(0.95, 0.3, { seed: 1, params: { x: 0.3, y: 'a' } }),
    ])
    expect(JSON.parse(JSON.stringify(whole))).toEqual(whole)
  })
})

describe('the time', () => {
  const hours = (...times: number[]) =>
    times.map((time, i) => run(96 + i / 10, i, { seconds: 3600 * time, baseline: i === 0 }))

  test('is what all finished trials took, and the gain is an hour of it', async () => {
    const { time } = await report([
      ...hours(1, 3),
      { state: 'FAIL', params: { x: 9 }, seconds: 3600 },
      { state: 'RUNNING', params: { x: 8 } },
    ])
    expect(time).toMatchObject({ hours: 5, timed: 3, runs: 3, hoursPerRun: 2, gain: expect.closeTo(0.1, 9) })
    expect(time.gainPerHour).toBeCloseTo(0.02, 9)
    expect(time.lastRise).toEqual({ run: '1', since: 0 })
  })

  test.each<[string, MadeRun[], ReportOptions, boolean]>([
    ['target', hours(1, 1), { metric: { ...METRIC, target: 96.05 } }, true],
    ['time', hours(2, 2), { hoursLeft: 1 }, true],
    ['noise', hours(1, 1), {}, true],
    ['searching', hours(1, 1), { noise: 0.001 }, false],
    ['searching', [run(96, 0, { baseline: true }), run(95, 1)], {}, false],
    [
      'converged',
      [run(96, 0, { baseline: true }), ...Array.from({ length: 12 }, (_, i) => run(90, i + 1))],
      {},
      true,
    ],
  ])('ends the search by %s', async (because, runs, options, stop) => {
    expect((await report(runs, options)).time.decision).toMatchObject({ because, stop })
  })
})

describe('the advice', () => {
  const rule = async (name: string, options: ReportOptions, value = 96.5, seconds = 3600) => {
    const { advice } = await report(
      [run(value, 0, { baseline: true, seconds }), run(value - 1, 1, { seconds })],
      options,
    )
    return advice.rules.find((each) => each.rule === name)!
  }

  test('names what it does not know, and how to say it', async () => {
    const { advice } = await report([run(96.5, 0, { baseline: true })])
    const unknown = advice.rules.filter(({ says }) => says === 'unknown')
    expect(unknown.map(({ rule: name }) => name)).toEqual(['first time', 'data', 'hours', 'seen'])
    expect(unknown.map(({ because }) => because).join()).toMatch(
      /--first-time.*--validation-items.*--hours-left/,
    )
  })

  test('has a source and a limit for each rule', async () => {
    const { advice } = await report([run(96.5, 0, { baseline: true })])
    for (const { source, limit } of advice.rules)
      expect([source.length > 10, limit.length > 10]).toEqual([true, true])
  })

  test('goes by the room above the baseline', async () => {
    expect((await rule('headroom', {})).says).toBe('against')
    expect((await rule('headroom', {}, 60)).says).toBe('for')
    expect((await rule('headroom', {}, 90)).says).toBe('neither')
  })

  test('goes by what the validation data can show', async () => {
    // 100 items at 96.5 %: 2 sqrt(0.965 * 0.035 / 100) = 3.7 points, above half of the 3.5 that are left.
    const few = await rule('data', { situation: { validationItems: 100 } })
    expect(few).toMatchObject({ says: 'against', because: expect.stringContaining('3.7 pt') })
    expect((await rule('data', { situation: { validationItems: 100_000 } })).says).toBe('neither')
  })

  test('goes by the hours: 26 runs are a search and its verification', async () => {
    expect((await rule('hours', { hoursLeft: 26 })).says).toBe('for')
    expect((await rule('hours', { hoursLeft: 25.9 })).says).toBe('against')
  })

  test('says no where the hours or the data are too few, whatever else speaks for it', async () => {
    const worth = async (value: number, options: ReportOptions) =>
      (
        await report(
          [run(value, 0, { baseline: true, seconds: 3600 }), run(value - 1, 1, { seconds: 3600 })],
          options,
        )
      ).advice.worthIt
    const first = { situation: { firstTime: true } }
    expect(await worth(60, first)).toBe('yes')
    expect(await worth(60, { ...first, hoursLeft: 3 })).toBe('no')
    expect(await worth(96.5, first)).toBe('open')
  })
})
