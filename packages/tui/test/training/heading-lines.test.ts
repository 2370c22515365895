import { asha, gp, grid } from '@thresher/core'
import { expect, test } from 'vitest'
import { paint } from '../../src/output/style.js'
import { ASCII_SYMBOLS, UNICODE_SYMBOLS } from '../../src/output/symbols.js'
import { headingLines } from '../../src/training/heading-lines.js'
import { trainingView } from '../../src/training/training-view.js'
import { type FakeRun, LEARNING_RATE, minute, SEEDS, sweepStudy } from '../support/sweep-study.js'

async function heading(
  runs: readonly FakeRun[],
  options = {},
  { width = 150, now = 90, symbols = UNICODE_SYMBOLS } = {},
): Promise<string[]> {
  const view = trainingView((await sweepStudy(runs, options)).watcher)
  return headingLines(view, { command: 'watch', now: minute(now), width, symbols }).map((line) =>
    paint(line, false),
  )
}

const SWEEP = { seeds: SEEDS, budget: { trials: 12 } }

test('wide: study, counts and time in one line, metric and search in the next', async () => {
  const [first, second] = await heading(LEARNING_RATE, SWEEP)
  expect(first).toMatch(
    /^thresher {2}watch {2}efficientnet-b4-lr {4,}8 of 13 runs {2}✓ 5 done {2}● 1 running {2}✂ 1 pruned {2}✗ 1 failed {3}1 h 30 m, about 2 h 15 m left$/,
  )
  expect(first).toHaveLength(150)
  expect(second).toBe(
    'metric val/hmean, higher is better · TPE · Hyperband min 10 eta 2 · baseline over seeds 42, 777, 2024',
  )
})

test('narrow: the counts have a line of their own', async () => {
  const [first, second, third] = await heading(LEARNING_RATE, SWEEP, { width: 80, symbols: ASCII_SYMBOLS })
  expect(first).toMatch(/^thresher {2}watch {2}efficientnet-b4-lr +1 h 30 m, about 2 h 15 m left$/)
  expect(second).toBe('8 of 13 runs  # 5 done  * 1 running  % 1 pruned  x 1 failed')
  expect(third).toMatch(/^metric val\/hmean, higher is better \| TPE \| Hyperband/)
})

test.each([
  ['no run yet', [], {}, /0 runs {3}no run yet$/],
  ['one run that has ended', [{ value: 1 }], {}, /1 run {2}✓ 1 done {3}10 m 00 s, all ended$/],
  ['only queued ones', [{ value: 1 }, { state: 'WAITING' }], {}, /○ 1 queued {3}10 m 00 s, none is running$/],
  ['under way, nobody knows how long', [{ state: 'RUNNING' }], {}, /● 1 running {3}1 h 30 m$/],
] as const)('%s', async (_, runs, options, expected) => {
  expect((await heading(runs, options))[0]).toMatch(expected)
})

test.each([
  [{ sampler: gp(), pruner: asha({ min: 2, max: 20, eta: 3 }) }, 'GP · ASHA min 2 eta 3'],
  [{ sampler: grid({ lr: [1, 2] }), pruner: null }, 'grid'],
  [{ direction: 'minimize', metric: 'eval/loss' }, 'metric eval/loss, lower is better · TPE'],
  [{ directions: ['minimize', 'maximize'] }, 'value, lower is better · the first of 2 objectives · TPE'],
  [{ name: 'evil\u001b[2J' }, 'metric'],
] as const)('%o', async (options, expected) => {
  const lines = await heading([], options)
  expect(lines[1]).toContain(expected)
  expect(lines.join('')).not.toContain('\u001b')
})

test('an imported study has no sampler of ours', async () => {
  const { watcher, storage } = await sweepStudy([])
  const { id } = (await storage.findStudy(watcher.name))!
  await storage.setStudyAttribute(id, 'user', 'imported', { format: 'csv' })
  await watcher.refresh()
  const options = { command: 'watch', now: minute(0), width: 150, symbols: UNICODE_SYMBOLS }
  const [, about] = headingLines(trainingView(watcher), options).map((line) => paint(line, false))
  expect(about).toContain('higher is better · imported')
  expect(about).not.toContain('TPE')
})
