import { describe, expect, test } from 'vitest'
import { KEY_TABLE } from '../../../src/monitor/thresholds/keys.js'
import { screenLines } from '../../../src/monitor/thresholds/screen-lines.js'
import { initialState, type MonitorEvent, reduce } from '../../../src/monitor/thresholds/state.js'
import { paint } from '../../../src/output/style.js'
import { ASCII_SYMBOLS, UNICODE_SYMBOLS } from '../../../src/output/symbols.js'
import { displayWidth } from '../../../src/output/text.js'
import { fakeResult, fakeStandings } from '../../support/fake-sweep.js'
import { fakeView } from '../../support/view.js'

const RUNNING: MonitorEvent = {
  type: 'progress',
  progress: {
    phase: 'evaluate',
    round: 0,
    settings: 2079,
    imagesDone: 5,
    images: 12,
    fraction: 0.45,
    elapsedSeconds: 9,
    secondsLeft: 65,
    standings: fakeStandings(5),
  },
}
const DONE: MonitorEvent = { type: 'result', result: fakeResult() }

function frame(
  width: number,
  height: number,
  events: readonly MonitorEvent[],
  symbols = UNICODE_SYMBOLS,
): string[] {
  const state = events.reduce((before, event) => reduce(before, event, 0), initialState({ width, height }, 0))
  return screenLines(state, fakeView(symbols)).map((line) => paint(line, false))
}

const EVENTS: readonly [string, readonly MonitorEvent[]][] = [
  ['before the first image', []],
  ['running', [RUNNING]],
  ['stopping', [RUNNING, { type: 'stopping' }]],
  ['asked to quit', [RUNNING, { type: 'confirm', open: true }]],
  ['done', [DONE]],
  ['help', [DONE, { type: 'help', open: true }]],
  ['notice', [DONE, { type: 'notice', text: 'x'.repeat(300) }]],
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
    }
  })

  test('is ASCII with the ASCII symbols', () => {
    for (const line of frame(120, 30, events, ASCII_SYMBOLS)) expect(line).toMatch(/^[\x20-\x7e]*$/)
  })
})

describe('while the sweep runs', () => {
  const lines = frame(120, 30, [RUNNING])

  test('says how far it is and that ranks are provisional', () => {
    expect(lines[1]).toMatch(/^5 of 12 images {2}━{18}─{22} {2}45 %, about 1 m 05 s left {3}provisional$/)
  })

  test('claims no verdict and no interval', () => {
    expect(lines.join('\n')).not.toMatch(/better|worse|same|├/)
    expect(lines.join('\n')).toContain('so far')
  })

  test('pins the baseline above the leaders', () => {
    expect(lines[4]).toMatch(/^ +base {2}0\.9653/)
    expect(lines[5]).toMatch(/^❯ +1 {2}0\.\d{4}/)
  })
})

describe('when it is done', () => {
  test('wide: everything', () => {
    const lines = frame(120, 30, [DONE])
    expect(lines[3]).toMatch(
      /# {2}H-Mean +P +R {2}vs baseline .*95 % interval.* thresh +box_thresh +unclip_ratio$/,
    )
    expect(lines[5]).toMatch(/^❯ +1 .*├.*●.*┤.*▲ better$/)
  })

  test('compact: no P, no R, no bar, but every verdict', () => {
    const lines = frame(80, 24, [DONE])
    expect(lines[3]).toMatch(/# {2}H-Mean {2}vs baseline +thresh +box_thresh +unclip_ratio$/)
    expect(lines[5]).toMatch(/▲ better$/)
    expect(lines[5]).not.toContain('●')
  })

  test('shows the selected setting in full, with the commands that use it', () => {
    const text = frame(120, 30, [DONE, { type: 'move', by: 2 }]).join('\n')
    expect(text).toMatch(
      /#3 {2}H-Mean 0\.\d{4} \(P 0\.\d{4}, R 0\.\d{4}\), baseline 0\.9653: \+0\.19 pt, 95 % \+0\.07 to \+0\.31 pt {2}▲ better/,
    )
    expect(text).toContain('thresh 0.24  box_thresh 0.38  unclip_ratio 1.9  max_candidates 1000  min_size 3')
    expect(text).toContain(
      'Use:  -o PostProcess.thresh=0.24 PostProcess.box_thresh=0.38 PostProcess.unclip_ratio=1.9',
    )
    expect(text).toContain(
      'or    thresher boxes maps --thresh 0.24 --box-thresh 0.38 --unclip-ratio 1.9 -o boxes.jsonl',
    )
  })
})

test('a small terminal is told what is needed', () => {
  expect(frame(59, 30, [DONE]).join('\n')).toContain(
    'The monitor needs 60 × 12 or more.\nThis terminal has 59 × 30.',
  )
})

test('help lists every binding of the key table, the footer those with a hint', () => {
  const help = frame(120, 30, [DONE, { type: 'help', open: true }]).join('\n')
  for (const { description } of KEY_TABLE) expect(help).toContain(description)
  expect(frame(120, 30, [DONE]).at(-1)).toBe('↑↓ move   c copy   e export   ? keys   q quit')
})
