import '../../support/outside-ci.js'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { Interrupted } from '../../../src/errors.js'
import { runProgram } from '../../../src/program.js'
import { fakeContext } from '../../support/context.js'
import type { FakeSweepOptions } from '../../support/fake-sweep.js'
import { HeadlessTerminal } from '../../support/terminal.js'

const SWEEP = ['thresholds', '--maps', 'maps', '--gt', 'gt']
const CLEARS = ['\u001b[2J', '\u001b[3J', '\u001bc']
const [UP, DOWN, END, ESCAPE] = ['\u001b[A', '\u001b[B', '\u001b[F', '\u001b']

interface Session {
  readonly terminal: HeadlessTerminal
  readonly ended: Promise<number>
  readonly errors: () => string
  readonly interrupts: AbortController
}

const sessions: Session[] = []
vi.setConfig({ testTimeout: 30_000 })

function open(
  sweep: FakeSweepOptions = {},
  argv: readonly string[] = SWEEP,
  columns = 110,
  rows = 30,
  env = {},
): Session {
  const terminal = new HeadlessTerminal(columns, rows)
  const context = fakeContext(
    {
      stdin: terminal.stdin,
      stdout: terminal.stdout,
      env: { LANG: 'C.UTF-8', TERM: 'xterm-256color', ...env },
    },
    sweep,
  )
  const session = {
    terminal,
    ended: runProgram(argv, context),
    errors: () => context.err.text,
    interrupts: context.interrupts,
  }
  sessions.push(session)
  return session
}

/** Ink says for itself that it draws nothing where CI is set, as it is where these tests often run. */
beforeAll(async () => {
  // React and Ink take seconds to load on a busy machine; no test should wait for that.
  await import('../../../src/monitor/thresholds/run-monitor.js')
}, 60_000)

afterEach(async () => {
  for (const { terminal, ended } of sessions.splice(0)) {
    terminal.type('\u0003')
    terminal.type('\u0003')
    await ended
  }
})

describe('the live screen', () => {
  test('fills in as images finish, then shows the ranking', async () => {
    const { terminal } = open({ images: 20, pace: 40 })
    const running = await terminal.shows('provisional')
    expect(await terminal.isAlternate()).toBe(true)
    expect(terminal.rawMode).toBe(true)
    expect(running.join('\n')).not.toMatch(/better/)
    const done = await terminal.shows(/settings on 20 images/)
    expect(done.join('\n')).toMatch(/❯ +1 .*▲ better/)
    expect(done.at(-2)).toBe('↑↓ move   c copy   e export   ? keys   q quit')
    expect(done.at(-1)).toBe('')
  })

  test('never clears the terminal nor scrolls it, over many frames and resizes', async () => {
    const { terminal } = open({ images: 60, pace: 30 })
    await terminal.shows('provisional')
    const sizes = [
      [80, 24],
      [40, 10],
      [120, 40],
      [61, 13],
      [200, 50],
      [110, 30],
    ] as const
    for (const [columns, rows] of sizes) {
      terminal.resize(columns, rows)
      for (let i = 0; i < 10; i++) {
        terminal.type(DOWN)
        await sleep(40)
      }
      const screen = await terminal.screen()
      expect(screen[0]).toMatch(columns < 60 || rows < 12 ? /^The monitor needs/ : /^thresher {2}thresholds/)
      expect(screen.at(-1)).toBe('')
      expect(await terminal.scrollback()).toBe(0)
    }
    expect(terminal.written.filter((chunk) => chunk.includes('\n')).length).toBeGreaterThan(15)
    for (const clear of CLEARS) expect(terminal.raw).not.toContain(clear)
  })

  test('a resize leaves nothing of the old frame behind', async () => {
    const { terminal } = open({ pace: 1 }, SWEEP, 200, 50)
    await terminal.shows(/settings on/)
    terminal.resize(70, 20)
    await terminal.shows(/^thresher {2}thresholds$/m)
    const small = await terminal.screen()
    expect(small.filter((line) => line.includes('H-Mean  vs baseline'))).toHaveLength(1)
    terminal.resize(200, 50)
    const large = await terminal.shows('95 % interval  ')
    expect(large.filter((line) => line.includes('# '))).toHaveLength(1)
  })

  test('draws at most fifteen frames a second, however fast progress comes', async () => {
    const { terminal } = open({ images: 2000, pace: 1 })
    await terminal.shows('provisional')
    const before = terminal.written.length
    const began = performance.now()
    const frames = () => terminal.written.slice(before).filter((chunk) => chunk.includes('thresholds')).length
    while (frames() < 8) await sleep(10)
    expect(frames()).toBeLessThanOrEqual((15 * (performance.now() - began)) / 1000 + 1)
  })

  test('has no colour under NO_COLOR and no sign beyond ASCII with --ascii', async () => {
    const { terminal } = open({ pace: 1 }, [...SWEEP, '--ascii'], 110, 30, { NO_COLOR: '1' })
    const screen = await terminal.shows(/settings on/)
    expect(screen.join('')).toMatch(/^[\x20-\x7e]*$/)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes are what must not be there
    expect(terminal.raw).not.toMatch(/\u001b\[[\d;]*m/)
  })

  test('has colour where the terminal has', async () => {
    const { terminal } = open({ pace: 1 })
    await terminal.shows(/settings on/)
    expect(terminal.raw).toContain('\u001b[32m')
  })
})

describe('keys', () => {
  test('move the selection and say what is selected', async () => {
    const { terminal } = open({ pace: 1 })
    await terminal.shows(/settings on/)
    terminal.type(`${DOWN}${DOWN}jj${UP}`)
    await terminal.shows(/^#4 {2}H-Mean/m)
    terminal.type(END)
    await terminal.shows(/^#2079 {2}H-Mean/m)
    terminal.type('g')
    await terminal.shows(/^#1 {2}H-Mean/m)
  })

  test('c copies the options, b the command, through the terminal', async () => {
    const { terminal } = open({ pace: 1 })
    await terminal.shows(/settings on/)
    terminal.type('c')
    await terminal.shows('Copied, if the terminal allows it: -o PostProcess.thresh=0.24')
    terminal.type('b')
    await terminal.shows('Copied, if the terminal allows it: thresher boxes maps')
    const copied = [...terminal.raw.matchAll(/\]52;c;([\w+/=]+)/g)].map(([, text]) =>
      Buffer.from(text!, 'base64').toString(),
    )
    expect(copied).toEqual([
      '-o PostProcess.thresh=0.24 PostProcess.box_thresh=0.4 PostProcess.unclip_ratio=1.9',
      'thresher boxes maps --thresh 0.24 --box-thresh 0.4 --unclip-ratio 1.9 -o boxes.jsonl',
    ])
  })

  test('e writes JSON and CSV, under new names each time', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'thresher-'))
    const before = process.cwd()
    process.chdir(folder)
    try {
      const { terminal } = open({ pace: 1 })
      await terminal.shows(/settings on/)
      terminal.type('e')
      await terminal.shows('Written: thresher-thresholds.json, thresher-thresholds.csv')
      terminal.type('e')
      await terminal.shows('Written: thresher-thresholds-2.json')
      expect((await readdir(folder)).sort()).toEqual([
        'thresher-thresholds-2.csv',
        'thresher-thresholds-2.json',
        'thresher-thresholds.csv',
        'thresher-thresholds.json',
      ])
    } finally {
      process.chdir(before)
      await rm(folder, { recursive: true })
    }
  })

  test('? opens the keys, escape closes them', async () => {
    const { terminal } = open({ pace: 1 })
    await terminal.shows(/settings on/)
    terminal.type('?')
    await terminal.shows('Previous setting')
    terminal.type(ESCAPE)
    await terminal.shows(/settings on/)
  })
})

describe('leaving', () => {
  test('q after the end: the table stands on the normal screen, exit code 0', async () => {
    const { terminal, ended } = open({ pace: 1 })
    await terminal.shows(/settings on/)
    terminal.type('q')
    expect(await ended).toBe(0)
    expect(await terminal.isAlternate()).toBe(false)
    expect(terminal.rawMode).toBe(false)
    const screen = (await terminal.screen()).join('\n')
    expect(screen).toMatch(/ {3}20 {2}0\.96/)
    expect(screen).toContain('Use:  -o PostProcess.thresh=0.24')
    expect(terminal.raw.lastIndexOf('\u001b[?25h')).toBeGreaterThan(terminal.raw.lastIndexOf('\u001b[?25l'))
  })

  test('q while it runs asks first, and another key goes on', async () => {
    const { terminal } = open({ images: 5000, pace: 30 })
    await terminal.shows('provisional')
    terminal.type('q')
    await terminal.shows('q again: stop it')
    terminal.type('x')
    await terminal.shows(/^↑↓ move/m)
    expect((await terminal.screen()).join('\n')).toContain('provisional')
  })

  test('q twice keeps what is finished, prints it, and gives 130', async () => {
    const { terminal, ended, errors } = open({ images: 5000, pace: 20 })
    await terminal.shows('so far')
    terminal.type('qq')
    expect(await ended).toBe(130)
    expect(errors()).toContain('stopping; what is finished is kept')
    expect((await terminal.screen()).join('\n')).toContain('Interrupted: what was finished counts.')
  })

  test('Ctrl-C stops the sweep but not the screen; again leaves with 130', async () => {
    const { terminal, ended } = open({ images: 5000, pace: 20 })
    await terminal.shows('so far')
    terminal.type('\u0003')
    await terminal.shows(/settings on \d+ images?.*interrupted/)
    expect(await terminal.isAlternate()).toBe(true)
    terminal.type('\u0003')
    expect(await ended).toBe(130)
    expect(await terminal.isAlternate()).toBe(false)
  })

  test('Ctrl-C twice does not wait for a sweep that is slow to stop', async () => {
    const { terminal, ended, errors } = open({ images: 2, pace: 1500 })
    await terminal.shows('starting')
    terminal.type('\u0003')
    await terminal.shows('stopping')
    terminal.type('\u0003')
    expect(await ended).toBe(130)
    expect(await terminal.isAlternate()).toBe(false)
    expect(errors()).toContain('interrupted; left without the ranking')
  })

  test('SIGINT does what Ctrl-C does', async () => {
    const { terminal, ended, interrupts } = open({ images: 5000, pace: 20 })
    await terminal.shows('so far')
    interrupts.abort(new Interrupted())
    await terminal.shows(/settings on \d+ images?.*interrupted/)
    terminal.type('q')
    expect(await ended).toBe(130)
  })

  test('a failure gives the terminal back, then one line and exit code 1', async () => {
    const { terminal, ended, errors } = open({ pace: 300, failure: new Error('maps/img_1.npz: damaged') })
    expect(await ended).toBe(1)
    expect(await terminal.isAlternate()).toBe(false)
    expect(terminal.rawMode).toBe(false)
    expect(errors()).toMatch(/^thresher: maps\/img_1\.npz: damaged$/m)
  })

  test('a fault of the screen itself gives the terminal back too, and stops the sweep', async () => {
    const { terminal, ended, errors } = open({ images: 5000, pace: 5, badRecordAt: 3 })
    expect(await ended).toBe(1)
    expect(await terminal.isAlternate()).toBe(false)
    expect(terminal.rawMode).toBe(false)
    expect(errors()).toMatch(/^thresher: .*bad record$/m)
  })

  test('--fail-unless-better still says 3 after the screen', async () => {
    const { terminal, ended } = open({ pace: 1, bias: -0.0015 }, [...SWEEP, '--fail-unless-better'])
    await terminal.shows(/settings on/)
    terminal.type('q')
    expect(await ended).toBe(3)
  })
})

describe('no screen where there is none to draw on', () => {
  test.each([
    ['--json', [...SWEEP, '--json'], {}],
    ['--plain', [...SWEEP, '--plain'], {}],
    ['TERM=dumb', SWEEP, { TERM: 'dumb' }],
    ['CI', SWEEP, { CI: '1' }],
  ])('%s', async (_, argv, env) => {
    const { terminal, ended } = open({ pace: 1 }, argv, 110, 30, env)
    expect(await ended).toBe(0)
    expect(terminal.raw).not.toContain('\u001b[?1049h')
  })
})
