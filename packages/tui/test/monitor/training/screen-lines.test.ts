import { describe, expect, test } from 'vitest'
import { WATCH_KEYS } from '../../../src/monitor/training/keys.js'
import { screenLines } from '../../../src/monitor/training/screen-lines.js'
import type { TrainingEvent } from '../../../src/monitor/training/state.js'
import { createTrainingStore } from '../../../src/monitor/training/store.js'
import { paint } from '../../../src/output/style.js'
import { ASCII_SYMBOLS, UNICODE_SYMBOLS } from '../../../src/output/symbols.js'
import { displayWidth } from '../../../src/output/text.js'
import { trainingView } from '../../../src/training/training-view.js'
import { type FakeRun, LEARNING_RATE, minute, SEEDS, sweepStudy } from '../../support/sweep-study.js'

async function viewOf(runs: readonly FakeRun[]): Promise<TrainingEvent> {
  return { type: 'view', view: trainingView((await sweepStudy(runs, { seeds: SEEDS })).watcher) }
}

const many = Array.from(
  { length: 200 },
  (_, i): FakeRun => ({ params: { lr: i + 1 }, value: 0.5 + i / 1000, seed: 42 }),
)
const SWEEP = await viewOf(LEARNING_RATE)
const MANY = await viewOf([...LEARNING_RATE, ...many])
const EMPTY = await viewOf([])
const PAGE: TrainingEvent = { type: 'page', open: true }

function frame(
  width: number,
  height: number,
  events: readonly TrainingEvent[],
  symbols = UNICODE_SYMBOLS,
): string[] {
  const screen = { command: 'watch', symbols, keys: WATCH_KEYS, today: () => minute(90) }
  const store = createTrainingStore({ width, height }, () => 0, screen)
  for (const event of events) store.dispatch(event)
  store.dispose()
  return screenLines(store.getSnapshot(), screen).map((line) => paint(line, false))
}

const EVENTS: readonly [string, readonly TrainingEvent[]][] = [
  ['before the first read', []],
  ['where the study cannot be read', [{ type: 'trouble', text: 'sqlite:///x.db: locked' }]],
  ['an empty study', [EMPTY]],
  ['a sweep', [SWEEP]],
  ['many runs', [MANY, { type: 'move', by: 'last' }]],
  [
    'a filter that nothing passes',
    [SWEEP, { type: 'filter', change: 'begin' }, { type: 'filter', change: { typed: '~' } }],
  ],
  ['sorted and frozen', [SWEEP, { type: 'sort', by: 1 }, { type: 'reverse' }, { type: 'freeze' }, MANY]],
  ['a page', [SWEEP, PAGE]],
  ['the end of a page', [SWEEP, PAGE, { type: 'move', by: 'last' }]],
  ['help', [SWEEP, { type: 'help', open: true }]],
  ['asked to quit', [SWEEP, { type: 'confirm', open: true }]],
  ['stopping', [SWEEP, { type: 'stopping' }]],
  ['a notice', [SWEEP, { type: 'notice', text: 'x'.repeat(300) }]],
]

describe.each(EVENTS)('%s', (_, events) => {
  test.each([
    [60, 12],
    [80, 24],
    [120, 30],
    [200, 50],
    [59, 30],
    [200, 11],
    [10, 3],
  ])('at %i x %i the frame has one row less than the terminal, none too wide', (width, height) => {
    for (const symbols of [UNICODE_SYMBOLS, ASCII_SYMBOLS]) {
      const lines = frame(width, height, events, symbols)
      expect(lines).toHaveLength(height - 1)
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width)
      if (symbols === ASCII_SYMBOLS) expect(lines.join('')).toMatch(/^[\x20-\x7e]*$/)
    }
  })
})

describe('the table', () => {
  test('has the baseline on top, the leader selected, and the selected run below', () => {
    const lines = frame(120, 30, [SWEEP])
    expect(lines[4]).toMatch(/^ {5}# {2}run {2}H-Mean {2}vs baseline/)
    expect(lines[5]).toMatch(/^ {2}base {4}0 {2}0\.9653/)
    expect(lines[6]).toMatch(/^❯ {4}1 {4}5 {2}0\.9660 {5}\+0\.07 pt {2}\?/)
    expect(lines.at(-5)).toBe('run 5, rank 1 of 2: H-Mean 0.9660, baseline 0.9653: +0.07 pt')
    expect(lines.at(-4)).toBe('? undecided: 7 more seeds would tell 0.07 pt')
    expect(lines.at(-3)).toBe('lr 0.000513  weight_decay 0.000068  T_max 24  eta_min 0.0000064')
    expect(lines.at(-2)).toBe(`python train.py lr=5.13e-4 'tag=a '\\''b'\\'''`)
    expect(lines.at(-1)).toBe('↑↓ move   enter run   s sort   / filter   z freeze   ? keys   q quit')
  })

  test('keeps the baseline in sight however far it scrolls', () => {
    const lines = frame(80, 24, [MANY, { type: 'move', by: 'last' }])
    expect(lines[5]).toMatch(/^ {2}base/)
    expect(lines.filter((line) => line.startsWith('❯'))).toEqual([expect.stringMatching(/^❯ {4}✗ {4}6 /)])
  })

  test('says what it is narrowed, sorted and held by', () => {
    const typed = Array.from(
      'state:c',
      (character): TrainingEvent => ({ type: 'filter', change: { typed: character } }),
    )
    const events: TrainingEvent[] = [
      SWEEP,
      { type: 'sort', by: 1 },
      { type: 'filter', change: 'begin' },
      ...typed,
    ]
    expect(frame(120, 30, events).at(-1)).toBe('/state:c_   enter keeps it, escape takes it back')
    const kept = frame(120, 30, [...events, { type: 'filter', change: 'commit' }, { type: 'freeze' }])
    expect(kept[3]).toBe('held still (z goes on)   filter state:c  2 of 5   by run')
    expect(kept[4]).toContain('run↓')
  })

  test('says where there is nothing to show', () => {
    expect(frame(120, 30, [EMPTY]).join('\n')).toContain('No other run yet.')
  })
})

test('the page scrolls to its end and no further, and comes back at once', () => {
  const end = frame(80, 14, [SWEEP, PAGE, { type: 'move', by: 'last' }])
  expect(end.at(-2)).toContain('/runs/5/output.log')
  const back = frame(80, 14, [SWEEP, PAGE, { type: 'move', by: 'last' }, { type: 'move', by: -1 }])
  expect(back.slice(3, -1)).toEqual(end.slice(2, -2))
})

test('help lists every binding of the key table', () => {
  const help = frame(120, 30, [SWEEP, { type: 'help', open: true }]).join('\n')
  for (const { description } of WATCH_KEYS) expect(help).toContain(description)
})
