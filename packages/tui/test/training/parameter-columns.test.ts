import type { ParamValue } from '@thresher/core'
import { describe, expect, test } from 'vitest'
import { UNICODE_SYMBOLS } from '../../src/output/symbols.js'
import { parameterColumns } from '../../src/training/parameter-columns.js'
import { trainingView } from '../../src/training/training-view.js'
import { sweepStudy } from '../support/sweep-study.js'

type Params = Readonly<Record<string, ParamValue>>

/** Titles, and the cells of every run, the baseline's first. */
async function tableOf(base: Params | undefined, ...others: readonly Params[]) {
  const runs = [
    ...(base ? [{ params: base, value: 0.9, baseline: true }] : []),
    ...others.map((params) => ({ params, value: 0.8 })),
  ]
  const view = trainingView((await sweepStudy(runs)).watcher)
  const columns = parameterColumns(view, UNICODE_SYMBOLS)
  const rows = [...(view.baseline ? [view.baseline] : []), ...view.rows]
  return {
    titles: columns.map(({ title }) => title),
    rows: rows.map(({ params }) => columns.map((column) => column.cell(params))),
    columns,
  }
}

describe('columns of parameters', () => {
  test('are those that vary, with arrows against the baseline', async () => {
    const { titles, rows } = await tableOf(
      { lr: 4e-4, T_max: 22, batch: 8 },
      { lr: 5.13e-4, T_max: 24, batch: 8 },
      { lr: 3.8459e-4, T_max: 22, batch: 8 },
    )
    expect(titles).toEqual(['lr', 'T_max'])
    expect(rows).toEqual([
      ['4.00e-4', '22'],
      ['5.13e-4 ↑', '24 ↑'],
      ['3.85e-4 ↓', '22'],
    ])
  })

  test('are all where none varies', async () => {
    expect((await tableOf(undefined, { lr: 0.1, kind: 'sgd' })).titles).toEqual(['lr', 'kind'])
  })

  test('have no arrows without a baseline', async () => {
    expect((await tableOf(undefined, { lr: 0.1 }, { lr: 0.25 })).rows).toEqual([['0.10'], ['0.25']])
  })

  test('write texts, truth values and nothing as they are', async () => {
    const { rows } = await tableOf(
      { kind: 'adamw', nesterov: true, warmup: null },
      { kind: 'sgd\u001b[31m', nesterov: false, warmup: 'a text that is rather long' },
    )
    expect(rows).toEqual([
      ['adamw', 'true', 'null'],
      ['sgd?[31m', 'false', 'a text that is …'],
    ])
  })

  test('leave a cell blank where a run lacks the parameter', async () => {
    const { titles, rows } = await tableOf(
      { kind: 'adamw' },
      { kind: 'sgd', momentum: 0.9 },
      { kind: 'sgd', momentum: 0.5 },
    )
    expect(titles).toEqual(['kind', 'momentum'])
    expect(rows[0]).toEqual(['adamw', ''])
  })

  test('are named by the last part of a name with dots, as long as these differ', async () => {
    const short = await tableOf(
      { 'model.optimizer.lr': 1, 'data.size': 1 },
      { 'model.optimizer.lr': 2, 'data.size': 2 },
    )
    expect(short.titles).toEqual(['lr', 'size'])
    const whole = await tableOf({ 'a.lr': 1, 'b.lr': 1 }, { 'a.lr': 2, 'b.lr': 2 })
    expect(whole.titles).toEqual(['a.lr', 'b.lr'])
  })

  test('put numbers under each other, whatever their length', async () => {
    const { rows } = await tableOf({ n: 8 }, { n: 1024 }, { n: 16 })
    expect(rows).toEqual([['   8'], ['1024 ↑'], ['  16 ↑']])
  })

  test('are as wide as what stands in them', async () => {
    const { columns } = await tableOf({ weight_decay: 1, 한글: '가' }, { weight_decay: 2, 한글: '나다라' })
    expect(columns.map(({ width }) => width)).toEqual([12, 6])
  })

  test('write whole numbers without an exponent, others with one where they are far from 1', async () => {
    const { rows } = await tableOf({ steps: 250_000, eps: 0 }, { steps: 500_000, eps: 1e-8 })
    expect(rows[0]).toEqual(['250000', '      0'])
    expect(rows[1]).toEqual(['500000 ↑', '1.00e-8 ↑'])
  })
})
