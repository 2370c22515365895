import { describe, expect, test } from 'vitest'
import { paint } from '../../src/output/style.js'
import { UNICODE_SYMBOLS } from '../../src/output/symbols.js'
import { pageLines } from '../../src/training/page-lines.js'
import { commandOf } from '../../src/training/run-facts.js'
import { trainingView } from '../../src/training/training-view.js'
import { type FakeRun, LEARNING_RATE, minute, SEEDS, sweepStudy } from '../support/sweep-study.js'

async function page(runs: readonly FakeRun[], run: number, width = 120): Promise<string[]> {
  const view = trainingView((await sweepStudy(runs, { seeds: SEEDS })).watcher)
  const row = [view.baseline, ...view.rows].find((each) => each?.key === run)!
  return pageLines(row, view, { now: minute(90), width, symbols: UNICODE_SYMBOLS }).map((line) =>
    paint(line, false),
  )
}

describe('the page about a run', () => {
  test('says how it stands against the baseline, and on what that rests', async () => {
    const [standing, verdict] = await page(LEARNING_RATE, 5)
    expect(standing).toBe('run 5, rank 1 of 2: H-Mean 0.9660, baseline 0.9653: +0.07 pt')
    expect(verdict).toBe('? undecided: 7 more seeds would tell 0.07 pt')
    const shared = { params: { lr: 7 }, value: 0.95, seed: 42 }
    const seconds = { ...shared, value: 0.951, seed: 777, setting: 8 }
    expect((await page([...LEARNING_RATE, shared, seconds], 8))[0]).toMatch(
      /: -1\.\d\d pt on the same 2 seeds$/,
    )
    expect((await page([...LEARNING_RATE, shared, seconds], 8))[2]).toMatch(
      /^95 % interval of the difference: -\d\.\d\d pt to -\d\.\d\d pt$/,
    )
    const [narrow] = await page(LEARNING_RATE, 5, 50)
    expect(narrow).toBe('run 5, rank 1 of 2: H-Mean 0.9660, +0.07 pt')
  })

  test('has its parameters in full beside the baseline’s', async () => {
    const lines = await page(LEARNING_RATE, 5)
    expect(lines).toContain('  parameter     value      baseline')
    expect(lines).toContain('  lr            0.000513   0.0004 ↑')
    expect(lines).toContain('  T_max         24         22 ↑')
  })

  test('has every seed of the baseline', async () => {
    const lines = await page(LEARNING_RATE, 0)
    expect(lines[0]).toBe('run 0, the baseline: H-Mean 0.9653')
    expect(lines).toContain('  0      42    ✓ complete  0.9653  22      30 m 00 s')
    expect(lines).toContain('  1      777   ✓ complete  0.9657  22      30 m 00 s')
    expect(lines).toContain('  2      2024  ✓ complete  0.9649  22      30 m 00 s')
    expect(lines.join('\n')).not.toContain('value  baseline')
  })

  test('draws the curve with its ends', async () => {
    const lines = await page(LEARNING_RATE, 7)
    const at = lines.indexOf('curve of trial 7, steps 0 to 13')
    expect(lines[at + 1]).toMatch(/^ {2}0\.9641 │ .*█$/)
    expect(lines[at + 6]).toMatch(/^ {2}0\.6641 │▁▁▁█/)
  })

  test('tells how long a run has taken that is under way, and why others ended', async () => {
    expect(await page(LEARNING_RATE, 7)).toContain('  7      42    ● running  0.9641  14      15 m 00 s')
    expect((await page(LEARNING_RATE, 4)).join('\n')).toContain('rung 1: 0.9402 under 0.9518 (3rd of 6)')
    const failed = await page(LEARNING_RATE, 6)
    expect(failed[0]).toBe('run 6: ✗ failed, no value yet')
    expect(failed[1]).toBe(
      'python train.py ended with exit code 1: CUDA out of memory; see /runs/6/output.log',
    )
    expect(failed.join('\n')).not.toContain('curve')
  })

  test('has the command as a shell takes it, the log, and whatever else is kept', async () => {
    const text = (await page(LEARNING_RATE, 5)).join('\n')
    expect(text).toContain(`  command  python train.py lr=5.13e-4 'tag=a '\\''b'\\'''`)
    expect(text).toContain('  log      /runs/5/output.log')
  })

  test('lets no attribute command the terminal or fill it', async () => {
    const user = {
      evil: '\u001b[2J\u0007',
      long: 'x'.repeat(1_000_000),
      metrics: { 'val/p': 0.97, nested: [1, 2] },
    }
    const lines = await page([{ value: 0.9, seed: 42, user }], 0)
    expect(lines.join('')).not.toMatch(/\p{Cc}/u)
    expect(lines.join('').length).toBeLessThan(10_000)
    expect(lines).toContain('  metrics  val/p 0.97, nested [1,2]')
  })
})

test('a run without a command is copied as its parameters', async () => {
  const view = trainingView((await sweepStudy([{ params: { lr: 0.001, name: 'a b' }, value: 1 }])).watcher)
  expect(commandOf(view.rows[0]!)).toBe("lr=0.001 'name=a b'")
})
