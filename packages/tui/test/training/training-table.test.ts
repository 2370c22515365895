import { describe, expect, test } from 'vitest'
import { paint } from '../../src/output/style.js'
import { ASCII_SYMBOLS, UNICODE_SYMBOLS } from '../../src/output/symbols.js'
import { displayWidth } from '../../src/output/text.js'
import { trainingColumns, trainingHeader, trainingRowLine } from '../../src/training/training-table.js'
import { type TrainingView, trainingView } from '../../src/training/training-view.js'
import { LEARNING_RATE, SEEDS, sweepStudy } from '../support/sweep-study.js'

function table(view: TrainingView, width: number, symbols = UNICODE_SYMBOLS): string[] {
  const columns = trainingColumns(view, width, symbols)
  const rows = view.baseline ? [view.baseline, ...view.rows] : view.rows
  return [trainingHeader(columns), ...rows.map((row) => trainingRowLine(columns, row))].map((line) =>
    paint(line, false),
  )
}

const view = trainingView((await sweepStudy(LEARNING_RATE, { seeds: SEEDS })).watcher)

describe('the table of runs', () => {
  test('wide: everything', () => {
    expect(table(view, 150)).toEqual([
      '   #  run  H-Mean  vs baseline     lr         weight_decay  T_max  eta_min    epochs  seeds',
      'base    0  0.9653            –     4.00e-4    1.00e-4       22     1.00e-5     22/22      3',
      '   1    5  0.9660     +0.07 pt  ?  5.13e-4 ↑  6.80e-5 ↓     24 ↑   6.40e-6 ↓   10/22      1  undecided: 7 more seeds would tell 0.07 pt',
      '   2    3  0.9647     -0.06 pt  ?  3.85e-4 ↓  1.39e-4 ↑     22     1.90e-5 ↑   22/22      1  undecided: 9 more seeds would tell 0.06 pt',
      '   ●    7  0.9641                  4.62e-4 ↑  7.90e-5 ↓     24 ↑   8.10e-6 ↓   14/22      0  ▁▄▆▇▇█████████',
      '   ✂    4  0.9402                  2.61e-4 ↓  3.90e-4 ↑     20 ↓   4.40e-5 ↑   10/22      0  rung 1: 0.9402 under 0.9518 (3rd of 6)',
      '   ✗    6                          9.00e-4 ↑  1.00e-3 ↑     24 ↑   1.00e-6 ↓              0  python train.py ended with exit code 1: CUDA out of memo…',
    ])
  })

  test('narrower: the note in fewer words, then no note, then fewer parameters', () => {
    expect(table(view, 125)[2]).toMatch(/ {6}1 {2}7 more seeds would tell 0\.07 pt$/)
    expect(table(view, 115)[2]).toMatch(/ {6}1 {2}7 more seeds$/)
    expect(table(view, 80)[0]).toBe(
      '   #  run  H-Mean  vs baseline     lr         weight_decay  T_max  epochs  seeds',
    )
    expect(table(view, 60)[0]).toBe('   #  run  H-Mean  vs baseline     lr         epochs  seeds')
    expect(table(view, 30)[0]).toBe('   #  run  H-Mean  vs baseline')
  })

  test('never is wider than it is told', () => {
    for (let width = 36; width < 220; width++) {
      for (const symbols of [UNICODE_SYMBOLS, ASCII_SYMBOLS]) {
        for (const line of table(view, width, symbols)) expect(displayWidth(line)).toBeLessThanOrEqual(width)
      }
    }
  })

  test('is ASCII where it has to be', () => {
    expect(table(view, 150, ASCII_SYMBOLS).join('')).toMatch(/^[\x20-\x7e]*$/)
  })

  test('marks the column that is sorted by without moving any', () => {
    const columns = trainingColumns(view, 150, UNICODE_SYMBOLS)
    const plain = paint(trainingHeader(columns), false)
    for (const { id, title } of columns) {
      const marked = paint(trainingHeader(columns, { id, mark: '↓' }), false)
      expect(marked.replace('↓', ' ').trimEnd()).toBe(plain)
      if (title !== '') expect(marked).toContain(`${title}↓`)
    }
  })
})

test('without a baseline and seeds there are no columns for them', async () => {
  const runs = [
    { params: { lr: 0.1 }, value: 2.5 },
    { params: { lr: 0.2 }, value: 2.25 },
  ]
  const losses = trainingView(
    (await sweepStudy(runs, { direction: 'minimize', metric: 'eval/loss' })).watcher,
  )
  expect(table(losses, 100)).toEqual([
    '   #  run    loss  lr   epochs',
    '   1    1    2.25  0.2',
    '   2    0     2.5  0.1',
  ])
})

test('a further seed that is under way shows beside those that are done', async () => {
  const seeds = [1, 2]
  const runs = [
    { params: { lr: 0.1 }, value: 0.9, seed: 1, baseline: true },
    { params: { lr: 0.1 }, state: 'RUNNING', seed: 2, setting: 0, baseline: true } as const,
  ]
  const one = trainingView((await sweepStudy(runs, { seeds })).watcher)
  expect(table(one, 100)[1]).toMatch(/ {2}1\+1●$/)
})
