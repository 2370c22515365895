import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStorage } from '@thresher/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runProgram } from '../../src/program.js'
import { fakeContext } from '../support/context.js'

const CSV = `run,lr,weight_decay,T_max,val_hmean,epochs
baseline,0.0004,0.0001,22,95.31,22
a,0.0003,0.0002,22,95.12,22
b,0.0005,0.00005,24,95.47,12
c,0.0006,,24,94.90,22
`
let folder: string
let table: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thresher-'))
  table = join(folder, 'sweep.csv')
  await writeFile(table, CSV)
  await run('import', table)
})
afterAll(() => rm(folder, { recursive: true }))

/** Runs the program with the real packages, on a storage of the test's own. */
async function run(...argv: string[]) {
  const { services } = fakeContext()
  const env = { LANG: 'C.UTF-8', THRESHER_STORAGE: `sqlite:///${join(folder, 'studies.db')}` }
  const context = fakeContext({ env, services: { ...services, sweeps: () => import('@thresher/sweeps') } })
  const code = await runProgram(argv, context)
  return { code, out: context.out.text, err: context.err.lines }
}
const json = async (...argv: string[]) => JSON.parse((await run(...argv, '--json')).out)

describe('thresher import', () => {
  test('says what was guessed on stderr, and what comes next', async () => {
    const { code, out, err } = await run('import', table, '--study', 'again')
    expect(code).toBe(0)
    expect(err).toEqual([`thresher: ${table}: the metric is val_hmean, higher is better.`])
    expect(out).toContain(`again: 4 runs from ${table}\nNext:  thresher report again`)
  })

  test('--json is one document', async () => {
    expect(await json('import', table, '--study', 'doc')).toMatchObject({
      study: 'doc',
      format: 'csv',
      trials: 4,
      metrics: ['val_hmean'],
      directions: ['maximize'],
      notices: [expect.stringContaining('the metric is val_hmean')],
    })
  })

  test('never replaces without --force', async () => {
    const refused = await run('import', table)
    expect(refused).toMatchObject({ code: 2, out: '' })
    expect(refused.err.at(-1)).toMatch(/study "sweep" is there already\. .*--force to replace it\.$/)
    expect((await run('import', table, '--force')).code).toBe(0)
  })

  test('makes nothing of what it cannot read', async () => {
    const broken = join(folder, 'broken.csv')
    await writeFile(broken, `${CSV}d,0.1x,1,22,90,5\n`)
    const { code, out, err } = await run('import', broken)
    expect([code, out, err.length]).toEqual([2, '', 1])
    expect(err[0]).toMatch(/broken\.csv:6: lr is "0\.1x", which is no number\./)
    const storage = await openStorage(`sqlite:///${join(folder, 'studies.db')}`)
    expect(await storage.findStudy('broken')).toBeUndefined()
    await storage.close()
  })
})

describe('thresher rank', () => {
  test('shows the order, and no verdict of one run each', async () => {
    const { code, out } = await run('rank', 'sweep')
    expect(code).toBe(0)
    expect(out.split('\n').slice(2, 7)).toEqual([
      '   #  run       H-Mean  vs baseline  lr         weight_decay  T_max  epochs',
      'base  baseline   95.31            –  4.00e-4    1.00e-4       22         22',
      '   1  b          95.47     +0.16 pt  5.00e-4 ↑  5.00e-5 ↓     24 ↑       12  ? undecided',
      '   2  a          95.12     -0.19 pt  3.00e-4 ↓  2.00e-4 ↑     22         22  ? undecided',
      '   3  c          94.90     -0.41 pt  6.00e-4 ↑  ?             24 ↑       22  ? undecided',
    ])
    expect(out).toMatch(/One run each: no verdict is possible/)
    expect(out).toMatch(/\+0\.16 pt of run b would be beyond noise/)
  })

  test('has verdicts where the noise is known', async () => {
    const { ranked, noise, baseline } = await json('rank', 'sweep', '--noise', '0.1')
    expect(noise).toEqual({ source: 'given', deviation: 0.1, freedom: null })
    expect(baseline).toMatchObject({ run: 'baseline', value: 95.31 })
    expect(ranked.map((row: Record<string, unknown>) => [row.rank, row.run, row.verdict])).toEqual([
      [1, 'b', 'undecided'],
      [2, 'a', 'undecided'],
      [3, 'c', 'worse'],
    ])
    const { out } = await run('rank', 'sweep', '--noise', '0.1')
    expect(out).toMatch(/\? \d+ more seeds?/)
    expect(out).toMatch(/▼ worse, p 0\.011\n/)
    expect(out).toMatch(/at 5 % over 3 candidates: 1 worse, 2 undecided\./)
  })

  test('fails where nothing is better, if asked to', async () => {
    expect((await run('rank', 'sweep', '--fail-unless-better')).code).toBe(3)
    expect((await run('rank', 'sweep', '--noise', '0.01', '--fail-unless-better')).code).toBe(0)
  })

  test('prints as many rows as asked for, within the width', async () => {
    const { out } = await run('rank', 'sweep', '--top', '1')
    expect(out).toContain('2 more: --top N shows them')
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(120)
  })

  test.each([
    [['rank', 'swep'], /no study "swep"; did you mean sweep\?/],
    [['rank', 'sweep', '--baseline', 'z'], /no complete run z; it has baseline, a, b, c\./],
    [['rank', 'sweep', '--where', 'lr'], /write name=value/],
    [['rank', 'sweep', '--where', 'T_max=23'], /no run has T_max=23; there are 22, 24\./],
    [['rank', 'sweep', '--noise', '0'], /It is a number above 0/],
    [['report', 'sweep', '--cut', 'lr=x'], /--cut lr=x: write name=number/],
    [['compare', 'sweep:', 'sweep'], /no run is named after the colon/],
    [['compare', 'sweep:b', 'sweep'], /both are run b of "sweep"/],
    [['export', 'sweep', '--format', 'cvs'], /Did you mean csv\?/],
  ])('%j is refused in a line', async (argv, message) => {
    const { code, out, err } = await run(...argv)
    expect([code, out, err.length]).toEqual([2, '', 1])
    expect(err[0]).toMatch(message)
  })
})

describe('thresher report', () => {
  test('says what mattered, whether to go on, and what to run next', async () => {
    const { code, out } = await run('report', 'sweep', '--cut', 'lr=0.00045', '--program', 'my train.py')
    expect(code).toBe(0)
    expect(out).toMatch(/ {2}lr +below 0\.00045 +2 runs {2}95\.22 .* baseline in it\n/)
    expect(out).toMatch(/1 run left out: value unknown/)
    expect(out).toMatch(/Stop: The lead of run b cannot be told from noise/)
    expect(out).toMatch(/Highest, perhaps by luck: run b\n/)
    expect(out).toContain("  run     python 'my train.py' lr=0.0005 weight_decay=0.00005 T_max=24 seed=42\n")
    expect(out).toContain('  | program: "my train.py"\n')
    expect(out).not.toMatch(/\bbest\b/i)
  })

  test('has everything in its document', async () => {
    const report = await json('report', 'sweep', '--hours-left', '5', '--validation-items', '400')
    expect(Object.keys(report)).toEqual([
      'study',
      'metric',
      'trials',
      'level',
      'noise',
      'ranking',
      'support',
      'groups',
      'matched',
      'importance',
      'ranges',
      'precisionRecall',
      'stages',
      'time',
      'advice',
      'recommendations',
    ])
  })

  test('of a study with failures alone says so and is no error', async () => {
    const path = join(folder, 'failed.csv')
    await writeFile(path, 'run,state,lr,acc\na,finished,1,0.5\nb,failed,2,\n')
    await run('import', path)
    const { code, out } = await run('report', 'failed')
    expect(code).toBe(0)
    expect(out).toMatch(/1 run · 1 failed/)
    expect(out).toMatch(/No run is marked as the baseline/)
  })
})

describe('thresher compare', () => {
  test('puts two runs side by side', async () => {
    const { out } = await run('compare', 'sweep:baseline', 'sweep', '--noise', '0.01')
    expect(out).toMatch(/val_hmean +95\.31 +95\.47 +\+0\.16 pt {2}\(\+0\.13 to \+0\.19 pt\)\n/)
    expect(out).toMatch(/lr +4\.00e-4 +5\.00e-4 +↑\n/)
    expect(out).toMatch(/Better: p /)
  })

  test('says of two studies that they may differ in more', async () => {
    await run('import', table, '--study', 'other')
    expect((await run('compare', 'sweep:a', 'other:b')).out).toMatch(
      /Two studies: whether data, code and training/,
    )
  })
})

describe('thresher export', () => {
  test('writes the table to a file or stdout, whole or not at all', async () => {
    const path = join(folder, 'results.csv')
    const { code, out, err } = await run('export', 'sweep', '-o', path)
    expect([code, out, err]).toEqual([0, '', [`thresher: ${path}: csv of sweep`]])
    expect(await readFile(path, 'utf8')).toBe((await run('export', 'sweep')).out)
    const refused = await run('export', 'sweep', '-o', join(folder, 'no', 'x.csv'))
    expect(refused.code).toBe(2)
    expect(existsSync(join(folder, 'no'))).toBe(false)
  })

  test('writes the setting to go on with', async () => {
    const best = JSON.parse((await run('export', 'sweep', '--format', 'best-config', '--noise', '0.01')).out)
    expect(best).toMatchObject({ run: 'b', params: { lr: 0.0005, T_max: 24 }, beyondNoise: true })
  })

  test('writes a journal that imports again', async () => {
    const path = join(folder, 'sweep.journal')
    await run('export', 'sweep', '--format', 'journal', '-o', path)
    expect((await run('import', path, '--study', 'from journal')).code).toBe(0)
    const ranked = async (study: string) => (await json('rank', study)).ranked
    expect(await ranked('from journal')).toEqual(await ranked('sweep'))
  })
})
