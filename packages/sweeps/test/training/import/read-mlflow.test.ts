import { describe, expect, test } from 'vitest'
import { importStudy } from '../../../src/training/import/import-study.js'
import { readMlflow } from '../../../src/training/import/read-mlflow.js'
import { failure } from '../../support/failure.js'
import { temporaryFolder } from '../../support/temporary-folder.js'

const folder = temporaryFolder()

/** A file store as MLflow 2 writes it. */
function store(name: string, runs: readonly Record<string, string>[]): string {
  folder.write(
    `${name}/0/meta.yaml`,
    "artifact_location: file:///x\nexperiment_id: '0'\nlifecycle_stage: active\nname: Default\n",
  )
  folder.write(`${name}/.trash/x`, '')
  folder.write(`${name}/7/meta.yaml`, "experiment_id: '7'\nlifecycle_stage: active\nname: receipts\n")
  for (const [i, files] of runs.entries()) {
    for (const [file, text] of Object.entries(files)) folder.write(`${name}/7/run${i}/${file}`, text)
  }
  return `${folder.path}/${name}`
}

const meta = (id: string, more: Record<string, unknown> = {}) =>
  Object.entries({
    end_time: 1_700_000_060_000,
    experiment_id: "'7'",
    lifecycle_stage: 'active',
    run_id: id,
    run_name: id,
    start_time: 1_700_000_000_000,
    status: 3,
    ...more,
  })
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('')

describe('an MLflow folder', () => {
  const RUNS = [
    {
      'meta.yaml': meta('later', { start_time: 1_700_000_010_000 }),
      'params/lr': '0.002',
      'params/optimizer': 'sgd',
      'params/seed': '777',
      'metrics/val_hmean': '1700000001000 0.90 1\n1700000002000 0.96 2\n',
      'metrics/train/loss': '1700000001000 0.5 1\n',
    },
    {
      'meta.yaml': meta('baseline'),
      'params/lr': '0.001',
      'params/optimizer': 'None',
      'params/seed': '42',
      'metrics/val_hmean': '1700000001000 0.91 1\n1700000002000 nan 2\n1700000003000 0.95 3\n',
    },
    { 'meta.yaml': meta('gone', { lifecycle_stage: 'deleted' }), 'params/lr': '9' },
    { 'meta.yaml': meta('failed', { status: 4 }), 'params/lr': '0.003' },
    { 'meta.yaml': meta('going', { status: 'RUNNING' }), 'params/lr': '0.003' },
  ]

  test('gives its runs by start, with parameters, the last of each metric, and courses', async () => {
    const { name, runs } = await readMlflow(store('plain', RUNS), undefined)
    expect(name).toBe('receipts')
    expect(runs.map((run) => [run.name, run.state, run.seed])).toEqual([
      ['baseline', 'COMPLETE', 42],
      ['failed', 'FAIL', undefined],
      ['going', 'unfinished', undefined],
      ['later', 'COMPLETE', 777],
    ])
    expect([...runs[0]!.params]).toEqual([
      ['lr', 0.001],
      ['optimizer', null],
    ])
    expect([...runs[3]!.metrics]).toEqual([
      ['train/loss', 0.5],
      ['val_hmean', 0.96],
    ])
    expect([...runs[0]!.curves.get('val_hmean')!]).toEqual([
      [1, 0.91],
      [2, Number.NaN],
      [3, 0.95],
    ])
  })

  test('becomes a study with times and reports', async () => {
    const { name, trials, notices } = await importStudy(store('study', RUNS))
    expect(name).toBe('receipts')
    expect(trials.map(({ state, value, baseline }) => [state, value, baseline])).toEqual([
      ['COMPLETE', 0.95, true],
      ['FAIL', undefined, false],
      ['COMPLETE', 0.96, false],
    ])
    expect([...trials[2]!.intermediate!]).toEqual([
      [1, 0.9],
      [2, 0.96],
    ])
    expect(trials[0]!.complete!.getTime() - trials[0]!.start!.getTime()).toBe(60_000)
    expect(notices.join()).toContain('1 of 4 runs are not finished')
  })

  test('may be one experiment of it', async () => {
    const path = store('one', RUNS)
    expect((await readMlflow(`${path}/7`, undefined)).runs).toHaveLength(4)
    expect((await readMlflow(path, 'receipts')).runs).toHaveLength(4)
    expect((await readMlflow(path, '7')).runs).toHaveLength(4)
  })

  test.each<[string, Record<string, string>, RegExp]>([
    [
      'a metric that is cut off',
      { 'meta.yaml': meta('a'), 'metrics/acc': '1 0.5 1\n17000' },
      /metrics\/acc:2: is not "time value step"/,
    ],
    [
      'a metric of words',
      { 'meta.yaml': meta('a'), 'metrics/acc': '1 high 1\n' },
      /metrics\/acc:1: the value is "high", which is no number/,
    ],
    [
      'a broken meta.yaml',
      { 'meta.yaml': 'run_id: [a\n' },
      /meta\.yaml:\d: is no YAML\. Copy the folder again\./,
    ],
    ['a status that is none', { 'meta.yaml': meta('a', { status: 9 }) }, /meta\.yaml: status is "9"/],
    ['no runs', { 'meta.yaml': meta('a', { lifecycle_stage: 'deleted' }) }, /holds no runs\./],
  ])('is refused with %s', async (name, files, message) => {
    const path = store(name, [files])
    expect(await failure(() => readMlflow(path, undefined))).toMatch(message)
  })

  test('of several experiments asks which', async () => {
    const path = store('several', RUNS)
    folder.write('several/0/run/meta.yaml', meta('other'))
    expect(await failure(() => readMlflow(path, undefined))).toMatch(
      /runs of 2 experiments; give --from one of "Default", "receipts"\./,
    )
  })
})
