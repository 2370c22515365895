import { type AttributeValue, loadStudy } from '@thresher/core'
import { describe, expect, test } from 'vitest'
import { type TrainingView, trainingView } from '../../src/training/training-view.js'
import { type FakeRun, LEARNING_RATE, SEEDS, sweepStudy } from '../support/sweep-study.js'

async function viewOf(runs: readonly FakeRun[], options = {}): Promise<TrainingView> {
  return trainingView((await sweepStudy(runs, options)).watcher)
}

const byRun = ({ rows }: TrainingView, run: number) => rows.find(({ key }) => key === run)!

describe('a sweep with a baseline over seeds', async () => {
  const view = await viewOf(LEARNING_RATE, { seeds: SEEDS })

  test('has the baseline apart, the others ranked by their difference, then the unfinished by state', () => {
    expect(view.baseline?.key).toBe(0)
    expect(view.rows.map(({ key, state, rank }) => [key, state, rank])).toEqual([
      [5, 'complete', 1],
      [3, 'complete', 2],
      [7, 'running', undefined],
      [4, 'pruned', undefined],
      [6, 'failed', undefined],
    ])
  })

  test('compares with the baseline, and says what one run can carry', () => {
    const { standing, value } = byRun(view, 5)
    expect(value).toBeCloseTo(0.966, 12)
    expect(standing?.delta).toBeCloseTo(0.0007, 12)
    expect(standing?.seeds).toEqual([42])
    expect(standing?.verdict).toBe('undecided')
    expect(view.baseline?.value).toBeCloseTo((0.9653 + 0.9657 + 0.9649) / 3, 12)
    expect(view.baseline?.standing).toBeUndefined()
  })

  test('counts trials by state, seeds of a setting together', () => {
    expect(view.counts).toEqual({
      all: 8,
      complete: 5,
      running: 1,
      waiting: 0,
      pruned: 1,
      failed: 1,
      silent: 0,
    })
    expect(view.baseline?.seedsDone).toBe(3)
  })

  test('knows epochs done and of how many, by the longest finished run', () => {
    expect(view.rows.map(({ key, epochs, epochsPlanned }) => [key, epochs, epochsPlanned])).toEqual([
      [5, 10, 22],
      [3, 22, 22],
      [7, 14, 22],
      [4, 10, 22],
      [6, 0, 22],
    ])
  })

  test('has the last report as the value of what is under way or pruned, and why runs ended', () => {
    expect(byRun(view, 7).value).toBeCloseTo(0.9641, 12)
    expect(byRun(view, 4)).toMatchObject({ value: 0.9402, reason: 'rung 1: 0.9402 under 0.9518 (3rd of 6)' })
    expect(byRun(view, 6).value).toBeUndefined()
    expect(byRun(view, 6).reason).toMatch(/CUDA out of memory/)
  })
})

test('a lower loss ranks first, and its difference is negative', async () => {
  const params = (lr: number) => ({ params: { lr } })
  const view = await viewOf(
    [
      { ...params(1), value: 0.5, seed: 1, baseline: true },
      { ...params(2), value: 0.7, seed: 1 },
      { ...params(3), value: 0.4, seed: 1 },
    ],
    { direction: 'minimize', seeds: [1, 2] },
  )
  expect(view.rows.map(({ key, rank }) => [key, rank])).toEqual([
    [2, 1],
    [1, 2],
  ])
  expect(view.rows[0]?.standing?.delta).toBeCloseTo(-0.1, 12)
})

test('verdicts come of several seeds: better and worse against the baseline', async () => {
  const runs = [0, 0.02, -0.02].flatMap((shift, setting) =>
    [1, 2, 3, 4, 5].map(
      (seed): FakeRun => ({
        params: { lr: setting + 1 },
        value: 0.9 + shift + 0.001 * Math.sin(seed * (setting + 1)),
        seed,
        setting: setting * 5,
        baseline: setting === 0,
      }),
    ),
  )
  const view = await viewOf(runs, { seeds: [1, 2, 3, 4, 5] })
  expect(view.rows.map(({ key, standing }) => [key, standing?.verdict])).toEqual([
    [5, 'better'],
    [10, 'worse'],
  ])
})

test('a further seed under way leaves a setting its rank and shows the run that goes on', async () => {
  const view = await viewOf(
    [
      { params: { lr: 1 }, value: 0.9, seed: 1, baseline: true },
      { params: { lr: 2 }, value: 0.91, seed: 1 },
      { params: { lr: 2 }, state: 'RUNNING', curve: [0.5, 0.6], seed: 2, setting: 1 },
    ],
    { seeds: [1, 2] },
  )
  expect(view.rows).toHaveLength(1)
  expect(view.rows[0]).toMatchObject({
    key: 1,
    state: 'complete',
    rank: 1,
    seedsDone: 1,
    seedsRunning: 1,
    epochs: 2,
  })
  expect(view.rows[0]?.shown.number).toBe(2)
})

describe('a study without seeds', () => {
  const runs: FakeRun[] = [
    { params: { lr: 1 }, value: 96.53, baseline: true },
    { params: { lr: 2 }, value: 96.6 },
    { params: { lr: 3 }, value: 96.47 },
  ]

  test('is compared with its baseline, and no verdict can come of a run each', async () => {
    const view = await viewOf(runs)
    expect(view.scale).toBe('percent')
    expect(view.rows.map(({ key, standing }) => [key, standing?.verdict])).toEqual([
      [1, 'undecided'],
      [2, 'undecided'],
    ])
    expect(view.rows[0]?.standing?.delta).toBeCloseTo(0.07, 10)
  })

  test('that names no baseline is ranked by value alone', async () => {
    const view = await viewOf(runs.map(({ baseline: _, ...run }) => run))
    expect(view.baseline).toBeUndefined()
    expect(view.rows.map(({ key, rank, standing }) => [key, rank, standing])).toEqual([
      [1, 1, undefined],
      [0, 2, undefined],
      [2, 3, undefined],
    ])
  })
})

describe('what is not yet there', () => {
  test('an empty study', async () => {
    const view = await viewOf([], { seeds: SEEDS, budget: { trials: 12 } })
    expect(view).toMatchObject({ rows: [], baseline: undefined, toStart: 12 })
  })

  test('a baseline that has not finished compares with nothing', async () => {
    const view = await viewOf(
      [
        { params: { lr: 1 }, state: 'RUNNING', seed: 1, baseline: true },
        { params: { lr: 2 }, value: 0.9, seed: 1 },
      ],
      { seeds: [1, 2] },
    )
    expect(view.baseline?.state).toBe('running')
    expect(view.rows[0]).toMatchObject({ rank: 1, standing: undefined, value: 0.9 })
  })

  test('a queued run has the parameters that it is to get', async () => {
    const { watcher, storage } = await sweepStudy([])
    const study = (await storage.findStudy(watcher.name))!
    await storage.createTrial(study.id, {
      state: 'WAITING',
      systemAttributes: new Map([['fixed_params', { lr: 0.5 }]]),
    })
    await watcher.refresh()
    const [row] = trainingView(watcher).rows
    expect(row).toMatchObject({ state: 'waiting', rank: undefined })
    expect([...row!.params]).toEqual([['lr', 0.5]])
  })

  test('a study of several objectives shows the first, compared with nothing', async () => {
    const { watcher, storage } = await sweepStudy([], { directions: ['minimize', 'maximize'] })
    const { id } = (await storage.findStudy(watcher.name))!
    await storage.createTrial(id, { state: 'COMPLETE', values: [0.5, 3] })
    await watcher.refresh()
    const view = trainingView(watcher)
    expect(view).toMatchObject({ objectives: 2, direction: 'minimize', baseline: undefined })
    expect(view.rows[0]).toMatchObject({ value: 0.5, rank: 1, standing: undefined })
  })
})

test('steps that count from 1 are epochs as they are, from 0 one more', async () => {
  const { watcher, storage } = await sweepStudy([])
  const study = (await storage.findStudy(watcher.name))!
  await storage.createTrial(study.id, {
    state: 'RUNNING',
    intermediate: new Map([
      [1, 0.1],
      [2, 0.2],
    ]),
  })
  await watcher.refresh()
  expect(trainingView(watcher).rows[0]?.epochs).toBe(2)
  await storage.createTrial(study.id, { state: 'RUNNING', intermediate: new Map([[0, 0.1]]) })
  await watcher.refresh()
  expect(trainingView(watcher).rows.map(({ epochs }) => epochs)).toEqual([3, 1])
})

test('a parameter that says how many epochs a run has is believed', async () => {
  const view = await viewOf([
    { params: { 'trainer.max_epochs': 40 }, state: 'RUNNING', curve: [0.1] },
    { params: { 'trainer.max_epochs': 10 }, state: 'RUNNING', curve: [0.1] },
  ])
  expect(view.rows.map(({ epochsPlanned }) => epochsPlanned)).toEqual([40, 10])
})

test('two failures of one setting are one row, with the last reason', async () => {
  const view = await viewOf(
    [
      { params: { lr: 1 }, state: 'FAIL', reason: 'first', seed: 1 },
      { params: { lr: 1 }, state: 'FAIL', reason: 'second', seed: 1, setting: 0 },
    ],
    { seeds: [1] },
  )
  expect(view.rows.map(({ key, state, reason, trials }) => [key, state, reason, trials.length])).toEqual([
    [0, 'failed', 'second', 2],
  ])
  expect(view.counts.failed).toBe(2)
})

test('a run of a dead process is one run with the one that goes on with it', async () => {
  const { watcher, storage } = await sweepStudy(
    [
      { params: { lr: 1 }, value: 0.9, seed: 1 },
      { params: { lr: 2 }, state: 'RUNNING', seed: 1 },
    ],
    { seeds: [1] },
  )
  const study = await loadStudy({ name: watcher.name, storage })
  expect(await study.requeueDead(() => true)).toBe(1)
  expect((await watcher.refresh()).map(({ state }) => state)).toEqual(['COMPLETE', 'FAIL', 'WAITING'])
  const view = trainingView(watcher)
  expect(view.counts).toMatchObject({ all: 2, complete: 1, waiting: 1, failed: 0 })
  expect(view.rows.map(({ state }) => state)).toEqual(['complete', 'waiting'])
})

describe('queued runs', () => {
  const queue = async (lr: number) => {
    const study = await sweepStudy([{ params: { lr: 1 }, value: 0.9, seed: 1 }], { seeds: [1, 2] })
    const { id } = (await study.storage.findStudy(study.watcher.name))!
    await study.storage.createTrial(id, {
      state: 'WAITING',
      systemAttributes: new Map([['fixed_params', { lr }]]),
    })
    await study.watcher.refresh()
    return trainingView(study.watcher)
  }

  test('of a setting that has run belong to it', async () => {
    const { rows, counts } = await queue(1)
    expect(
      rows.map(({ key, state, seedsDone, seedsQueued }) => [key, state, seedsDone, seedsQueued]),
    ).toEqual([[0, 'complete', 1, 1]])
    expect(counts).toMatchObject({ all: 2, waiting: 1 })
  })

  test('of another are rows of their own', async () => {
    expect((await queue(2)).rows.map(({ key, state }) => [key, state])).toEqual([
      [0, 'complete'],
      [1, 'waiting'],
    ])
  })
})

test('imported runs have the names that they came with, and are not mixed where parameters are unknown', async () => {
  const unknown = { params: { lr: 1 }, user: { unknown: ['wd'], run: 'c', epochs: 7 } }
  const view = await viewOf([
    { params: { lr: 1 }, value: 0.9, user: { run: 'a' } },
    { params: { lr: 2 }, value: 0.8, user: { run: 'b' } },
    { ...unknown, value: 0.7 },
  ])
  expect(view.rows.map(({ name, key, rank }) => [name, key, rank])).toEqual([
    ['a', 0, 1],
    ['b', 1, 2],
    ['c', 2, 3],
  ])
  expect(view.rows.map(({ epochs, epochsPlanned }) => [epochs, epochsPlanned])).toEqual([
    [0, 7],
    [0, 7],
    [7, 7],
  ])
})

test('the plan that a sweep keeps with its study says how many runs there are to be, and of how many epochs', async () => {
  const { watcher, storage } = await sweepStudy(
    [{ params: { lr: 1 }, value: 0.9, seed: 1, baseline: true }],
    {
      seeds: [1, 2],
    },
  )
  const { id } = (await storage.findStudy(watcher.name))!
  const keep = async (plan: AttributeValue) => {
    await storage.setStudyAttribute(id, 'user', 'sweep', plan)
    await watcher.refresh()
    const { toStart, baseline } = trainingView(watcher)
    return [toStart, baseline?.epochsPlanned]
  }
  const phases = [{ name: 'search', trials: 10 }]
  expect(await keep({ phases, seeds: [1, 2], baseline: { lr: 1 }, fixed: { max_epochs: 30 } })).toEqual([
    11, 30,
  ])
  expect(await keep({ phases, trainer: { kind: 'tensorflow', epochs: 8 } })).toEqual([10, 8])
  expect(await keep({ phases: [{ trials: Number.POSITIVE_INFINITY }] })).toEqual([undefined, undefined])
  for (const other of ['a text', null, { phases: 3 }, { phases: [1] }])
    expect(await keep(other)).toEqual([undefined, undefined])
})
