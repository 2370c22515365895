import { InputError, MemoryStorage, watchStudy } from '@thresher/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reportOn } from '../../../src/training/analysis/report.js'
import { assembleStudy } from '../../../src/training/import/assemble-study.js'
import { type ImportOptions, importStudy } from '../../../src/training/import/import-study.js'
import { storeStudy } from '../../../src/training/import/store-study.js'
import { parseTable } from '../../../src/training/import/table.js'
import { runsOfTable } from '../../../src/training/import/table-runs.js'
import { failure } from '../../support/failure.js'
import { temporaryFolder } from '../../support/temporary-folder.js'

const folder = temporaryFolder()
let files = 0
const write = (text: string, name = `t${++files}.csv`) => folder.write(name, text)
const importText = (text: string, options?: ImportOptions) => importStudy(write(text), options)
const asObjects = (trials: Awaited<ReturnType<typeof importStudy>>['trials']) =>
  trials.map(({ state, value, params, seed, baseline, userAttributes }) => ({
    state,
    value,
    params: Object.fromEntries(params as ReadonlyMap<string, unknown>),
    seed,
    baseline,
    facts: Object.fromEntries(
      [...(userAttributes as ReadonlyMap<string, unknown>)].filter(([key]) => key !== 'source'),
    ),
  }))

describe('a CSV table', () => {
  test('becomes runs with parameters, metric, epochs, minutes and seeds by the names of its columns', async () => {
    const study = await importText(
      'run,lr,optimizer,amp,seed,val_hmean,val_loss,epochs,minutes,notes\n' +
        'baseline,1e-3,adam,True,42,96.5,0.31,22,30,as ever\n' +
        'a,2e-3,sgd,False,777,96.6,0.30,10,1.5,\n',
    )
    expect(study).toMatchObject({ format: 'csv', metrics: ['val_hmean'], directions: ['maximize'] })
    expect(asObjects(study.trials)).toEqual([
      {
        state: 'COMPLETE',
        value: 96.5,
        params: { lr: 0.001, optimizer: 'adam', amp: true },
        seed: 42,
        baseline: true,
        facts: {
          run: 'baseline',
          epochs: 22,
          seconds: 1800,
          metrics: { val_hmean: 96.5, val_loss: 0.31 },
          columns: { notes: 'as ever' },
        },
      },
      {
        state: 'COMPLETE',
        value: 96.6,
        params: { lr: 0.002, optimizer: 'sgd', amp: false },
        seed: 777,
        baseline: false,
        facts: { run: 'a', epochs: 10, seconds: 90, metrics: { val_hmean: 96.6, val_loss: 0.3 } },
      },
    ])
    const [{ distributions }] = study.trials as [(typeof study.trials)[0]]
    expect(Object.fromEntries(distributions as ReadonlyMap<string, unknown>)).toEqual({
      lr: { kind: 'float', low: 0.001, high: 0.002, step: null, log: true },
      optimizer: { kind: 'categorical', choices: ['adam', 'sgd'] },
      amp: { kind: 'categorical', choices: [true, false] },
    })
  })

  test('keeps blanks as unknown, and never as a value', async () => {
    const { trials } = await importText('run,lr,opt,acc\na,0.1,adam,90\nb,,sgd,91\nc,0.2,,92\nd,NA,sgd,93\n')
    expect(asObjects(trials).map(({ params, facts }) => [params, facts.unknown])).toEqual([
      [{ lr: 0.1, opt: 'adam' }, undefined],
      [{ opt: 'sgd' }, ['lr']],
      [{ lr: 0.2 }, ['opt']],
      [{ opt: 'sgd' }, ['lr']],
    ])
  })

  test('has runs without a value as failed, and leaves unfinished ones out, aloud', async () => {
    const study = await importText(
      'run,state,lr,loss\na,finished,0.1,0.5\nb,crashed,0.2,\nc,finished,0.3,nan\nd,running,0.4,0.4\ne,pruned,0.5,0.9\nf,finished,0.6,inf\n',
    )
    expect(study.directions).toEqual(['minimize'])
    expect(asObjects(study.trials).map(({ state, value }) => [state, value])).toEqual([
      ['COMPLETE', 0.5],
      ['FAIL', undefined],
      ['FAIL', undefined],
      ['PRUNED', 0.9],
      ['FAIL', undefined],
    ])
    expect(study.notices.join('\n')).toMatch(
      /1 of 6 runs are not finished: left out\.[\s\S]*3 of 5 runs have no loss: kept as failed\./,
    )
  })

  test('is read as it is told', async () => {
    const text = 'id,lr,score_weight,acc,f1,epochs\nx,0.1,1,90,80,5\ny,0.2,2,91,81,6\n'
    const guessed = await importText(text)
    expect(guessed.metrics).toEqual(['f1'])
    const told = await importText(text, {
      metric: 'acc',
      direction: 'minimize',
      params: ['lr', 'epochs'],
      ignore: ['f1'],
      baseline: 'y',
      study: 'mine',
    })
    expect(told).toMatchObject({ name: 'mine', metrics: ['acc'], directions: ['minimize'] })
    expect(asObjects(told.trials)[1]).toEqual({
      state: 'COMPLETE',
      value: 91,
      params: { lr: 0.2, epochs: 6 },
      seed: undefined,
      baseline: true,
      facts: { run: 'y', metrics: { acc: 91 }, columns: { score_weight: '2' } },
    })
  })

  test("understands Optuna's data frames, where params_ says what is a parameter", async () => {
    const { trials } = await importText(
      ',number,value,datetime_start,datetime_complete,duration,params_seed_lr,user_attrs_acc,state\n' +
        '0,0,0.5,2026-01-01 10:00:00.000000,2026-01-01 10:02:00.000000,0 days 00:02:00,0.1,0.9,COMPLETE\n',
    )
    expect(asObjects(trials)[0]).toMatchObject({
      value: 0.5,
      params: { seed_lr: 0.1 },
      facts: { metrics: { value: 0.5, acc: 0.9 } },
    })
    expect(trials[0]!.start).toEqual(new Date('2026-01-01T10:00:00Z'))
    expect(trials[0]!.complete).toEqual(new Date('2026-01-01T10:02:00Z'))
  })

  test('does not take the precision of the arithmetic for a metric, nor a weight of the loss', async () => {
    const { trials, metrics } = await importText('precision,loss_weight,val_acc\n16,1,90\n32,2,91\n')
    expect(metrics).toEqual(['val_acc'])
    expect(asObjects(trials)[0]!.params).toEqual({ precision: 16, loss_weight: 1 })
    const measured = await importText('lr,val_precision,val_recall,val_hmean\n1,90,80,85\n2,91,81,86\n')
    expect(asObjects(measured.trials)[0]).toMatchObject({
      params: { lr: 1 },
      facts: { metrics: { val_precision: 90, val_recall: 80, val_hmean: 85 } },
    })
  })

  test('marks the baseline by a column', async () => {
    const { trials } = await importText('run,baseline,lr,acc\na,,1,90\nb,true,2,91\n')
    expect(asObjects(trials).map(({ baseline }) => baseline)).toEqual([false, true])
  })

  test.each<[string, string, ImportOptions, RegExp]>([
    [
      'a garbled number',
      'lr,acc\n0.1,90\n4e-4x,91\n',
      {},
      /:3: lr is "4e-4x", which is no number\. Mend it, .*--words/,
    ],
    ['a garbled metric', 'lr,acc\n0.1,90\n0.2,9O\n', {}, /:3: acc is "9O", which is no number\./],
    ['a number beyond doubles', 'lr,acc\n1e999,90\n', {}, /:2: lr is "1e999", which is no number\./],
    ['a seed that is none', 'seed,lr,acc\n1.5,0.1,90\n', {}, /:2: seed is 1\.5; a seed is a whole number\./],
    ['a state that is none', 'state,lr,acc\nhappy,0.1,90\n', {}, /:2: state is "happy"; a run is complete/],
    ['a time below 0', 'minutes,lr,acc\n-1,0.1,90\n', {}, /:2: minutes is -1; a time is at least 0\./],
    ['nothing measured', 'lr,wd\n0.1,1\n', {}, /nothing here is called as what is measured .*--metric NAME/],
    [
      'a metric that is not there',
      'lr,acc\n0.1,1\n',
      { metric: 'f1' },
      /^--metric: .* has no column "f1"; it has "lr", "acc"\./,
    ],
    [
      'a baseline that is not there',
      'run,acc\na,1\nb,2\n',
      { baseline: 'c' },
      /^--baseline: .* has no run "c"; it has a, b\./,
    ],
    [
      'two baselines',
      'run,lr,acc\nbaseline,1,1\nbaseline,2,2\n',
      {},
      /:3: a second baseline has other parameters\./,
    ],
    ['no value at all', 'lr,acc\n0.1,nan\n', {}, /no run has a finite "acc"/],
    [
      'a column chosen twice',
      'lr,acc\n1,2\n',
      { metric: 'acc', ignore: ['acc'] },
      /^--ignore: "acc" is chosen as metric too\./,
    ],
  ])('is refused with %s', async (_, text, options, message) => {
    expect(await failure(() => importText(text, options))).toMatch(message)
  })

  test('takes a column of words though some look like numbers', async () => {
    const { trials } = await importText('size,acc\n1,90\nauto,91\n', { words: ['size'] })
    expect(asObjects(trials).map(({ params }) => params)).toEqual([{ size: '1' }, { size: 'auto' }])
  })

  test('of 20,000 runs is read', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `${i / 7},${90 + (i % 100) / 100}\n`).join('')
    expect((await importText(`lr,acc\n${rows}`)).trials).toHaveLength(20_000)
  })
})

test('whatever a table holds, it becomes a study or is refused in a line', async () => {
  const cell = fc.oneof(
    fc.constantFrom(
      '',
      'nan',
      'inf',
      '-1e308',
      '1e309',
      '0x10',
      'True',
      'None',
      'baseline',
      '"',
      '9007199254740993',
      '-0',
      'ㄱ',
    ),
    fc.double().map(String),
    fc.string(),
  )
  const column = fc.constantFrom(
    'run',
    'lr',
    'acc',
    'loss',
    'seed',
    'epochs',
    'minutes',
    'state',
    'baseline',
    'x',
    '__proto__',
    'constructor',
    'stage1_acc',
  )
  const columns = fc.uniqueArray(column, { minLength: 1, maxLength: 5 })
  const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(columns, rows, async (names, cells) => {
      const text = [names, ...cells.map((row) => names.map((_, i) => row[i] ?? ''))]
        .map((row) => row.join(','))
        .join('\n')
      try {
        const options = { name: 'x', format: 'csv', source: 'x.csv' } as const
        const study = assembleStudy(runsOfTable(parseTable('x.csv', text), {}), options)
        const storage = new MemoryStorage()
        await storeStudy(study, storage)
        const { snapshot } = await watchStudy({ name: 'x', storage })
        expect(snapshot.trials).toHaveLength(study.trials.length)
        // Numbers near the end of doubles may overflow in sums, and are no error.
        reportOn(snapshot, { metric: { name: study.metrics![0]! } })
      } catch (error) {
        if (!(error instanceof InputError)) throw error
        expect(error.message).not.toMatch(/[\r\n]/)
      }
    }),
    { numRuns: 300 },
  )
})

describe('a source', () => {
  test.each([
    ['nowhere.csv', /nowhere\.csv: no such file or folder\./],
    ['.', /is a folder, and none of MLflow's\./],
  ])('%s is refused', async (name, message) => {
    expect(await failure(() => importStudy(`${folder.path}/${name}`))).toMatch(message)
  })

  test('that is an SQLite file by its path is told its URL', async () => {
    const path = write('', 'studies.db')
    expect(await failure(() => importStudy(path))).toContain(`Give its URL, sqlite:///${path}.`)
  })
})
