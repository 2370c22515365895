import { MemoryStorage, type ParamValue, type StudySnapshot, watchStudy } from '@thresher/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reportOn } from '../../../src/training/analysis/report.js'
import { bestConfig } from '../../../src/training/export/best-config.js'
import { resultsCsv } from '../../../src/training/export/results-csv.js'
import { studyJson } from '../../../src/training/export/study-json.js'
import { assembleStudy } from '../../../src/training/import/assemble-study.js'
import { storeStudy } from '../../../src/training/import/store-study.js'
import { parseTable } from '../../../src/training/import/table.js'
import { runsOfTable } from '../../../src/training/import/table-runs.js'
import { failure } from '../../support/failure.js'
import { type MadeRun, studyOf } from '../study-of.js'

/** The study that the import makes of a table. */
async function imported(csv: string, metric: string): Promise<StudySnapshot> {
  const storage = new MemoryStorage()
  const runs = runsOfTable(parseTable('x.csv', csv), { metric })
  await storeStudy(
    assembleStudy(runs, { name: 'x', format: 'csv', source: 'x.csv', metric, direction: 'maximize' }),
    storage,
  )
  return (await watchStudy({ name: 'x', storage })).snapshot
}

describe('the table of results', () => {
  test('is in words that people and the import know', async () => {
    const study = await studyOf([
      {
        name: 'base, "old"',
        value: 0.9,
        params: { lr: 1e-7, opt: 'adam' },
        baseline: true,
        seed: 42,
        epochs: 3,
        seconds: 60,
        metrics: { acc: 0.9, recall: 0.5 },
      },
      { value: 0.8, params: { lr: 0.1 }, unknown: ['opt'] },
      { state: 'FAIL', params: { lr: 0.2, opt: 'a\nb' } },
    ])
    expect(resultsCsv(study, ['acc'])).toBe(
      'run,number,state,baseline,seed,acc,lr,opt,epochs,seconds,recall\n' +
        '"base, ""old""",0,COMPLETE,true,42,0.9,1e-7,adam,3,60,0.5\n' +
        '1,1,COMPLETE,,,0.8,0.1,,,,\n' +
        '2,2,FAIL,,,,0.2,"a\nb",,,\n',
    )
  })

  test('names parameters as Optuna does where they would be taken for something else', async () => {
    const study = await studyOf([{ value: 1, params: { seed: 3, lr: 0.1 } }])
    const csv = resultsCsv(study, undefined)
    expect(csv.split('\n')[0]).toBe('run,number,state,value,params_seed,params_lr')
    expect(Object.fromEntries((await imported(csv, 'value')).trials[0]!.params)).toEqual({ seed: 3, lr: 0.1 })
  })

  test('comes back by import as it went', async () => {
    const value = fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((x) => x + 0)
    const word = fc.stringMatching(/^[a-z]{1,6}[ ,"a-z\n가-힣]{0,6}[a-z]$/)
    const run = fc.record({
      value,
      lr: fc.option(value, { nil: undefined }),
      opt: word,
      seed: fc.integer(),
      epochs: fc.nat(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 6 }), async (rows) => {
        fc.pre(rows.some(({ lr }) => lr !== undefined))
        // All true or false is a column of booleans.
        fc.pre(!rows.every(({ opt }) => /^(true|false)$/i.test(opt)))
        const study = await studyOf(
          rows.map(
            ({ value: acc, lr, opt, seed, epochs }, i): MadeRun => ({
              name: `r${i}`,
              value: acc,
              params: { ...(lr !== undefined && { lr }), opt },
              ...(lr === undefined && { unknown: ['lr'] }),
              seed,
              epochs,
              baseline: i === 0,
            }),
          ),
        )
        const again = await imported(resultsCsv(study, ['acc']), 'acc')
        const facts = ({ trials }: StudySnapshot) =>
          trials.map(({ values, params, systemAttributes, userAttributes }) => ({
            values,
            params: Object.fromEntries<ParamValue>(params),
            systemAttributes,
            told: ['run', 'epochs', 'unknown'].map((key) => userAttributes.get(key)),
          }))
        expect(facts(again)).toEqual(facts(study))
      }),
      { numRuns: 40 },
    )
  })
})

test('the document has all of each trial', async () => {
  const study = await studyOf([
    {
      value: 0.5,
      params: { x: 1 },
      intermediate: new Map([
        [1, Number.NaN],
        [2, 0.5],
      ]),
      name: 'a',
    },
  ])
  expect(JSON.parse(JSON.stringify(studyJson(study, ['acc'])))).toMatchObject({
    study: 'made up',
    metrics: ['acc'],
    directions: ['maximize'],
    trials: [
      {
        number: 0,
        state: 'COMPLETE',
        values: [0.5],
        params: { x: 1 },
        distributions: { x: { kind: 'int', low: 1, high: 1 } },
        intermediate: [
          { step: 1, value: null },
          { step: 2, value: 0.5 },
        ],
        attributes: { run: 'a' },
      },
    ],
  })
})

describe('the best setting', () => {
  test('says what it is, and whether it is better than the baseline at all', async () => {
    const study = await studyOf([
      { name: 'base', value: 0.9, params: { x: 1 }, baseline: true },
      { name: 'a', value: 0.91, params: { x: 2 }, epochs: 7 },
    ])
    expect(bestConfig(reportOn(study, { metric: { name: 'acc' } }))).toMatchObject({
      run: 'a',
      params: { x: 2 },
      metric: 'acc',
      value: 0.91,
      runs: 1,
      epochs: 7,
      baseline: 0.9,
      beyondNoise: false,
    })
    expect(bestConfig(reportOn(study, { noise: 0.01, metric: { name: 'acc' } })).beyondNoise).toBe(true)
  })

  test('is none where nothing is complete', async () => {
    const study = await studyOf([{ state: 'FAIL', params: { x: 1 } }])
    expect(await failure(() => bestConfig(reportOn(study)))).toMatch(/no run is complete/)
  })
})
