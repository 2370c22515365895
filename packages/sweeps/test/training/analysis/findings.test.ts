import { createRandom } from '@thresher/core'
import { describe, expect, test } from 'vitest'
import { matchedRuns } from '../../../src/training/analysis/matched-runs.js'
import { importanceOf } from '../../../src/training/analysis/parameter-importance.js'
import { precisionRecallGap } from '../../../src/training/analysis/precision-recall-gap.js'
import { runSettingsOf } from '../../../src/training/analysis/run-settings.js'
import { searchedRanges } from '../../../src/training/analysis/searched-range.js'
import { stageGains } from '../../../src/training/analysis/stage-gains.js'
import { type MadeRun, studyOf } from '../study-of.js'

const settingsOf = async (runs: readonly MadeRun[]) => runSettingsOf(await studyOf(runs))

describe('settings', () => {
  test('are runs with the same parameters, unless some of these are unknown', async () => {
    const settings = await settingsOf([
      { name: 'base', value: 1, params: { x: 1 }, seed: 1, baseline: true, epochs: 5 },
      { name: 'base again', value: 2, params: { x: 1 }, seed: 2, epochs: 9 },
      { value: 7, params: {}, unknown: ['x'] },
      { value: 8, params: {}, unknown: ['x'] },
      { state: 'PRUNED', value: 3, params: { x: 3 } },
      { value: Number.POSITIVE_INFINITY, params: { x: 4 } },
    ])
    expect(
      settings.map(({ name, mean, runs, baseline, epochs }) => [name, mean, runs.length, baseline, epochs]),
    ).toEqual([
      ['base', 1.5, 2, true, 9],
      ['2', 7, 1, false, undefined],
      ['3', 8, 1, false, undefined],
    ])
  })
})

describe('a seed among the parameters', () => {
  test('is a seed, and no parameter', async () => {
    const study = await studyOf(
      [1, 2].flatMap((lr) =>
        [42, 777].map((seed) => ({ value: lr + seed / 1000, params: { lr, 'trainer.seed': seed } })),
      ),
    )
    const settings = runSettingsOf(study)
    expect(
      settings.map(({ params, runs }) => [Object.fromEntries(params), runs.map(({ seed }) => seed)]),
    ).toEqual([
      [{ lr: 1 }, [42, 777]],
      [{ lr: 2 }, [42, 777]],
    ])
    expect(importanceOf(study).parameters).toEqual([])
    expect(searchedRanges(study, settings[0], settings[1])).toEqual([])
  })

  test('that the study has itself leaves the parameter what it is', async () => {
    const settings = await settingsOf([{ value: 1, params: { seed: 3 }, seed: 42 }])
    expect([settings[0]!.runs[0]!.seed, settings[0]!.params.get('seed')]).toEqual([42, 3])
  })
})

describe('one parameter at a time', () => {
  test('compares settings that are alike in all others, and says what the time was', async () => {
    const grid = [0, 1].flatMap((a) =>
      ['x', 'y'].map(
        (b): MadeRun => ({
          value: 10 * a + (b === 'y' ? 1 : 0),
          params: { a, b },
          seconds: b === 'y' ? 50 : 100,
        }),
      ),
    )
    const found = matchedRuns(
      await settingsOf([...grid, { value: 99, params: { a: 2, b: 'z' }, seconds: 1 }]),
      0.95,
    )
    expect(found).toEqual([
      {
        name: 'a',
        from: 0,
        to: 1,
        pairs: 2,
        meanFrom: 0.5,
        meanTo: 10.5,
        difference: 10,
        interval: [10, 10],
        time: 0,
      },
      {
        name: 'b',
        from: 'x',
        to: 'y',
        pairs: 2,
        meanFrom: 5,
        meanTo: 6,
        difference: 1,
        interval: [1, 1],
        time: -0.5,
      },
    ])
  })

  test('leaves out settings of which not all is known', async () => {
    const settings = await settingsOf([
      { value: 1, params: { a: 0, b: 0 } },
      { value: 2, params: { a: 1 }, unknown: ['b'] },
    ])
    expect(matchedRuns(settings, 0.95)).toEqual([])
  })
})

describe('importance', () => {
  const random = createRandom(3)
  const runs = Array.from({ length: 40 }, (): MadeRun => {
    const params = { strong: random.next(), weak: random.next(), fixed: 1.5 }
    return { value: -((params.strong - 0.5) ** 2), params }
  })

  test('is of the parameters that vary, and sure of itself only with runs enough', async () => {
    const all = importanceOf(await studyOf(runs))
    expect(all).toMatchObject({ runs: 40, reliable: true })
    expect(all.parameters.map(({ name }) => name)).toEqual(['strong', 'weak'])
    for (const { share, range } of all.parameters) {
      expect(range![0]).toBeLessThanOrEqual(share + 1e-12)
      expect(range![1]).toBeGreaterThanOrEqual(share - 1e-12)
    }
    expect(importanceOf(await studyOf(runs.slice(0, 10))).reliable).toBe(false)
  })

  test('is not given of three runs, or of one parameter', async () => {
    expect(importanceOf(await studyOf(runs.slice(0, 3))).parameters).toEqual([])
    const lone = runs.map(({ params, ...run }) => ({ ...run, params: { strong: params!.strong! } }))
    expect(importanceOf(await studyOf(lone)).parameters).toEqual([])
  })
})

test('the searched range has places of baseline and leader, on its own scale', async () => {
  const study = await studyOf(
    [1, 2, 3, 4, 5].map((x, i) => ({
      value: x,
      params: { x: x * 10, few: i % 2, word: 'a' },
      baseline: i === 1,
    })),
  )
  const settings = runSettingsOf(study)
  expect(searchedRanges(study, settings[1], settings[4])).toEqual([
    {
      name: 'x',
      low: 10,
      high: 50,
      log: false,
      baseline: { value: 20, place: 0.25 },
      leader: { value: 50, place: 1 },
    },
  ])
})

describe('precision against recall', () => {
  test('is of held-out data, where both are there', async () => {
    const settings = await settingsOf([
      {
        value: 1,
        params: { x: 0 },
        metrics: { train_precision: 0.1, train_recall: 0.2, val_precision: 0.9, val_recall: 0.8 },
      },
      { value: 2, params: { x: 1 }, metrics: { val_precision: 0.7, val_recall: 0.9 } },
      { value: 3, params: { x: 2 }, metrics: { val_precision: 0.7 } },
    ])
    const found = precisionRecallGap(settings, settings[0], settings[2])!
    expect(found).toMatchObject({
      precision: 'val_precision',
      recall: 'val_recall',
      settings: 2,
      leader: null,
    })
    expect(found.baseline!.gap).toBeCloseTo(0.1, 12)
    expect(found.mean).toBeCloseTo(-0.05, 12)
    expect(precisionRecallGap([settings[2]!], undefined, undefined)).toBeUndefined()
  })
})

describe('gains of stages', () => {
  test('come from metrics of stages, an epoch where their numbers are known', async () => {
    const stages = (a: number, b: number, c: number) => ({ stage1_acc: a, stage2_acc: b, stage3_acc: c })
    const params = { stage1_epochs: 20, stage2_epochs: 10, stage3_epochs: 5 }
    const settings = await settingsOf([
      { value: 60, params: { ...params, d: 0.4 }, metrics: stages(30, 50, 60) },
      { value: 64, params: { ...params, d: 0.5 }, metrics: stages(40, 54, 64) },
      { value: 61, params: { ...params, d: 0.6 } },
    ])
    const found = stageGains(settings, 0.95)!
    expect(found).toMatchObject({ from: 'metrics', runs: 2 })
    expect(
      found.stages.map(({ stage, mean, gain, epochs, perEpoch }) => [stage, mean, gain, epochs, perEpoch]),
    ).toEqual([
      [1, 35, null, 20, null],
      [2, 52, 17, 10, 1.7],
      [3, 62, 10, 5, 2],
    ])
  })

  test.each([0, 1])('come from reports at the ends of stages, counted from %d', async (first) => {
    const curve = new Map([10, 20, 30, 35, 37].map((value, i) => [i + first, value]))
    const settings = await settingsOf([
      { value: 37, params: { stage1_epochs: 3, stage2_epochs: 2 }, intermediate: curve },
    ])
    const found = stageGains(settings, 0.95)!
    expect(found).toMatchObject({ from: 'curves', runs: 1 })
    expect(found.stages.map(({ mean, gain }) => [mean, gain])).toEqual([
      [30, null],
      [37, 7],
    ])
  })

  test('are none where there are no stages', async () => {
    expect(stageGains(await settingsOf([{ value: 1, params: { epochs: 3 } }]), 0.95)).toBeUndefined()
  })
})
