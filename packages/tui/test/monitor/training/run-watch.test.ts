import '../../support/outside-ci.js'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createStudy, openStorage, type Study, type Trial, watchStudy } from '@thresher/core'
import { afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { CliContext } from '../../../src/context.js'
import { runProgram } from '../../../src/program.js'
import { chooseLook } from '../../../src/terminal/capabilities.js'
import { fakeContext } from '../../support/context.js'
import { HeadlessTerminal } from '../../support/terminal.js'

const CLEARS = ['\u001b[2J', '\u001b[3J', '\u001bc']
const [UP, DOWN, ESCAPE, ENTER] = ['\u001b[A', '\u001b[B', '\u001b', '\r']
const LEFT_BY_Q = /q quit$/m

vi.setConfig({ testTimeout: 60_000 })

interface Session {
  readonly terminal: HeadlessTerminal
  readonly ended: Promise<number>
  readonly errors: () => string
}

const sessions: Session[] = []

function watch(url: string, { often = true, argv = [] as string[], env = {} } = {}): Session {
  const terminal = new HeadlessTerminal(120, 30)
  const context = fakeContext({
    stdin: terminal.stdin,
    stdout: terminal.stdout,
    env: { LANG: 'C.UTF-8', TERM: 'xterm-256color', ...env },
  })
  const session = {
    terminal,
    ended: often ? watchOften(url, context) : runProgram(['watch', '--storage', url, ...argv], context),
    errors: () => context.err.text,
  }
  sessions.push(session)
  return session
}

/** As the command does, but with less waiting from one look to the next. */
async function watchOften(url: string, context: CliContext): Promise<number> {
  const { runWatch } = await import('../../../src/monitor/training/run-watch.js')
  const storage = await openStorage(url, { readOnly: true })
  try {
    const study = await watchStudy({ name: 'lr', storage })
    const look = chooseLook({ color: 'auto' }, context.env, context.stdout)
    return Number((await runWatch({ study, look, context, interval: 20 })).interrupted)
  } finally {
    await storage.close()
  }
}

/** A study in a file, whose runs the test begins, reports and ends as a sweep in another process would. */
async function writtenStudy(
  baseline = 1e-3,
): Promise<{ url: string; study: Study; begin: (lr: number) => Promise<Trial> }> {
  const folder = await mkdtemp(join(tmpdir(), 'thresher-'))
  const url = `sqlite:///${join(folder, 'studies.db')}`
  const study = await createStudy({
    name: 'lr',
    storage: url,
    direction: 'maximize',
    seeds: [42],
    baseline: { lr: baseline },
    pruner: null,
    heartbeat: false,
  })
  await study.setMetricNames(['val/hmean'])
  onTestFinished(async () => {
    await study.close()
    await rm(folder, { recursive: true })
  })
  const begin = async (lr: number) => {
    // The baseline is asked for first, whatever is queued.
    if (lr !== baseline) await study.enqueueTrial({ lr })
    const trial = await study.ask()
    trial.suggestFloat('lr', 1e-5, 1, { log: true })
    await trial.flush()
    return trial
  }
  return { url, study, begin }
}

/** Ink says for itself that it draws nothing where CI is set, as it is where these tests often run. */
beforeAll(async () => {
  await import('../../../src/monitor/training/run-watch.js')
}, 60_000)

afterEach(async () => {
  for (const { terminal, ended } of sessions.splice(0)) {
    terminal.type('\u0003')
    await ended
  }
})

describe('a study that is written meanwhile', () => {
  test('shows runs as they begin, report and end', async () => {
    const { url, study, begin } = await writtenStudy(4e-4)
    const { terminal } = watch(url)
    await terminal.shows('no run yet')
    expect(await terminal.isAlternate()).toBe(true)
    expect(terminal.rawMode).toBe(true)

    const first = await begin(4e-4)
    await terminal.shows('● 1 running')
    first.report(0.5, 0)
    first.report(0.9, 1)
    await first.flush()
    await terminal.shows(/base +0 +0\.9000 +– +4\.00e-4 +2 +0 +▁█/)
    await study.tell(first, 0.9653)
    await terminal.shows(/base +0 +0\.9653/)

    const second = await begin(5e-4)
    await study.tell(second, 0.966)
    await terminal.shows(/❯ +1 +1 +0\.9660 +\+0\.07 pt +\? +5\.00e-4 ↑/)
    expect((await terminal.screen()).at(-2)).toMatch(LEFT_BY_Q)
  })

  test('never clears the terminal nor scrolls it, over news, keys and resizes', async () => {
    const { url, study, begin } = await writtenStudy()
    for (let i = 1; i <= 40; i++) await study.tell(await begin(i / 1000), 0.9 + i / 1000)
    const { terminal } = watch(url)
    await terminal.shows('40 runs')
    const sizes = [
      [80, 24],
      [40, 10],
      [120, 40],
      [61, 13],
      [200, 50],
    ] as const
    for (const [i, [columns, rows]] of sizes.entries()) {
      terminal.resize(columns, rows)
      await study.tell(await begin((100 + i) / 1000), 0.5)
      terminal.type(DOWN)
      await terminal.shows(
        columns < 60 || rows < 12 ? `This terminal has ${columns} × ${rows}` : `${41 + i} runs`,
      )
      expect((await terminal.screen()).at(-1)).toBe('')
      expect(await terminal.scrollback()).toBe(0)
    }
    for (const clear of CLEARS) expect(terminal.raw).not.toContain(clear)
    const frames = terminal.written.filter((chunk) => chunk.includes('thresher'))
    expect(frames.length).toBeGreaterThan(5)
  })

  test('goes on where the study cannot be read for a while', async () => {
    const { url, study, begin } = await writtenStudy()
    await study.tell(await begin(1e-3), 0.9)
    const { terminal } = watch(url)
    await terminal.shows('1 run ')
    const { id } = (await study.storage.findStudy('lr'))!
    await study.storage.deleteStudy(id)
    await terminal.shows('no study "lr"')
    expect((await terminal.screen()).join('\n')).toContain('0.9000')
  })
})

describe('keys', () => {
  test('move, open a run, sort, filter, freeze, and tell themselves', async () => {
    const { url, study, begin } = await writtenStudy()
    for (const [lr, value] of [
      [1e-3, 0.9],
      [2e-3, 0.95],
      [3e-3, 0.85],
    ] as const) {
      await study.tell(await begin(lr), value)
    }
    const { terminal } = watch(url)
    await terminal.shows(/❯ +1 +1 /)
    terminal.type(`${DOWN}${DOWN}${UP}jk${DOWN}`)
    await terminal.shows(/❯ +2 +2 /)
    terminal.type(ENTER)
    await terminal.shows(/parameter +value +baseline/)
    terminal.type(ESCAPE)
    await terminal.shows(/❯ +2 +2 /)
    terminal.type('/lr>2.5e-3')
    await terminal.shows('/lr>2.5e-3_')
    terminal.type(ENTER)
    await terminal.shows('filter lr>2.5e-3  1 of 2')
    terminal.type(ESCAPE)
    await terminal.shows(/ {2}1 +1 .*\n❯ +2 +2 /)
    terminal.type('sr')
    await terminal.shows('by run, reversed')
    terminal.type('z')
    await terminal.shows('held still')
    terminal.type('?')
    await terminal.shows('Hold the table still; again: go on')
    terminal.type('?')
    await terminal.shows('held still')
    terminal.type('c')
    await terminal.shows('Copied, if the terminal allows it: lr=0.003')
    expect(terminal.raw).toContain(`\u001b]52;c;${Buffer.from('lr=0.003').toString('base64')}\u0007`)
  })
})

describe('leaving', () => {
  test.each([
    ['q', 0],
    ['\u0003', 130],
  ])('by %j: the table stands on the normal screen, exit code %i', async (key, code) => {
    const { url, study, begin } = await writtenStudy()
    await study.tell(await begin(1e-3), 0.9)
    const { terminal, ended } = watch(url, { often: false })
    await terminal.shows(LEFT_BY_Q)
    terminal.type(key)
    expect(await ended).toBe(code)
    expect(await terminal.isAlternate()).toBe(false)
    expect(terminal.rawMode).toBe(false)
    expect((await terminal.screen()).join('\n')).toMatch(/base +0 +0\.9000/)
    // Whoever watches leaves no lock behind.
    await study.tell(await begin(2e-3), 0.8)
  })
})

test('means nothing by colour alone: NO_COLOR and --ascii', async () => {
  const { url, study, begin } = await writtenStudy()
  await study.tell(await begin(1e-3), 0.9)
  await begin(2e-3)
  const { terminal } = watch(url, { often: false, argv: ['--ascii'], env: { NO_COLOR: '1' } })
  const screen = await terminal.shows('1 running')
  expect(screen.join('')).toMatch(/^[\x20-\x7e]*$/)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes are what must not be there
  expect(terminal.raw).not.toMatch(/\u001b\[[\d;]*m/)
})

test.each([
  ['--plain', ['--plain'], {}],
  ['CI', [], { CI: '1' }],
])('%s: one plain snapshot', async (_, argv, env) => {
  const { url, study, begin } = await writtenStudy()
  await study.tell(await begin(1e-3), 0.9)
  const { terminal, ended } = watch(url, { often: false, argv, env })
  expect(await ended).toBe(0)
  expect(terminal.raw).not.toContain('\u001b[?1049h')
  expect((await terminal.screen()).join('\n')).toMatch(/base +0 +0\.9000/)
})
