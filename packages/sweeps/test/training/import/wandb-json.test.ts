import { describe, expect, test } from 'vitest'
import { importStudy } from '../../../src/training/import/import-study.js'
import { readWandbRuns } from '../../../src/training/import/wandb-json.js'
import { failure } from '../../support/failure.js'
import { temporaryFolder } from '../../support/temporary-folder.js'

const folder = temporaryFolder()
const RUNS = [
  {
    name: 'baseline',
    id: 'x1',
    state: 'finished',
    config: { optimizer: { lr: 0.001, name: 'adam' }, seed: 42, layers: [1, 2], _wandb: { v: 1 } },
    summary: { 'val/hmean': 0.965, _runtime: 120, _step: 9, epoch: 22, val: { loss: 0.3 } },
  },
  {
    name: '한글',
    id: 'x2',
    state: 'crashed',
    config: {
      optimizer: { value: { lr: 0.002, name: 'sgd' }, desc: null },
      seed: 43,
      layers: [1, 2],
      _wandb: {},
    },
    summary: { 'val/hmean': 'NaN' },
  },
]

describe('runs of W&B as JSON', () => {
  test('have nested names joined by dots, seeds and times, and none of its own entries', async () => {
    const path = folder.write('runs.json', JSON.stringify(RUNS, null, 2))
    const [first, second] = await readWandbRuns(path)
    expect(first).toMatchObject({ name: 'baseline', state: 'COMPLETE', seed: 42, epochs: 22, seconds: 120 })
    expect([...first!.params]).toEqual([
      ['optimizer.lr', 0.001],
      ['optimizer.name', 'adam'],
      ['layers', '[1,2]'],
    ])
    expect([...first!.metrics]).toEqual([
      ['val/hmean', 0.965],
      ['epoch', 22],
      ['val.loss', 0.3],
    ])
    expect(second).toMatchObject({ name: '한글', state: 'FAIL' })
    expect([...second!.params.keys()]).toEqual(['optimizer.lr', 'optimizer.name', 'layers'])
  })

  test('become a study', async () => {
    const path = folder.write('study.json', JSON.stringify(RUNS))
    const { name, metrics, trials } = await importStudy(path)
    expect({ name, metrics }).toEqual({ name: 'study', metrics: ['val/hmean'] })
    expect(trials.map(({ state, value, baseline }) => [state, value, baseline])).toEqual([
      ['COMPLETE', 0.965, true],
      ['FAIL', undefined, false],
    ])
  })

  test.each([
    ['under runs', JSON.stringify({ runs: RUNS })],
    ['an object a line', RUNS.map((run) => JSON.stringify(run)).join('\n')],
    [
      'as the columns of a data frame',
      JSON.stringify({
        name: { 0: RUNS[0]!.name, 1: RUNS[1]!.name },
        state: { 0: 'finished', 1: 'crashed' },
        config: { 0: RUNS[0]!.config, 1: RUNS[1]!.config },
        summary: { 0: RUNS[0]!.summary, 1: RUNS[1]!.summary },
      }),
    ],
  ])('are the same %s', async (_, text) => {
    const strip = (runs: Awaited<ReturnType<typeof readWandbRuns>>) =>
      runs.map(({ place: __, facts: ___, ...run }) => run)
    const listed = await readWandbRuns(folder.write('list.json', JSON.stringify(RUNS)))
    expect(strip(await readWandbRuns(folder.write('other.json', text)))).toEqual(strip(listed))
  })

  test.each([
    ['text', 'lr,acc\n', /w\.json:1: not JSON/],
    ['cut off', JSON.stringify(RUNS).slice(0, -20), /w\.json:1: not JSON \(it ends too early/],
    ['a list of numbers', '[1, 2]', /w\.json: run 1: has no config and summary\./],
    ['no runs', '[]', /w\.json: holds no runs\./],
    ['something else', '{"a": 1}', /w\.json: is no list of runs\./],
    ['an unknown state', '[{"config": {}, "summary": {}, "state": "odd"}]', /run 1: state is "odd"/],
    [
      'a line that is cut off',
      '{"config": {}, "summary": {}}\n{"config": {}}\n',
      /w\.json:2: has no config and summary/,
    ],
    [
      'nesting without end',
      `[{"config": ${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}, "summary": {}}]`,
      /run 1: is nested more than 64 deep/,
    ],
  ])('are refused where they are %s', async (_, text, message) => {
    const path = folder.write('w.json', text)
    expect(await failure(() => readWandbRuns(path))).toMatch(message)
  })
})
