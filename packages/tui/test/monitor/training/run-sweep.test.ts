import '../../support/outside-ci.js'
import { createStudy, MemoryStorage, type Study } from '@thresher/core'
import type { SweepEvent, SweepOutcome } from '@thresher/sweeps'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Interrupted } from '../../../src/errors.js'
import { runSweepScreen } from '../../../src/monitor/training/run-sweep.js'
import { chooseLook } from '../../../src/terminal/capabilities.js'
import { fakeContext } from '../../support/context.js'
import { HeadlessTerminal } from '../../support/terminal.js'

vi.setConfig({ testTimeout: 60_000 })

/** A sweep that does what the test tells it, under the screen. */
class FakeSweep {
  readonly storage = new MemoryStorage()
  readonly terminal = new HeadlessTerminal(140, 30)
  readonly context = fakeContext({
    stdin: this.terminal.stdin,
    stdout: this.terminal.stdout,
    env: { LANG: 'C.UTF-8', TERM: 'xterm-256color' },
  })
  signal: AbortSignal | undefined
  emit: (event: SweepEvent) => void = () => undefined
  end: (outcome: SweepOutcome) => void = () => undefined
  fail: (error: Error) => void = () => undefined
  study!: Study
  readonly ended: Promise<SweepOutcome>

  constructor() {
    this.ended = runSweepScreen({
      study: 'lr',
      storage: this.storage,
      look: chooseLook({ color: 'never' }, this.context.env, this.context.stdout),
      context: this.context,
      interval: 20,
      run: (onEvent, signal) => {
        this.signal = signal
        this.emit = onEvent
        return new Promise((resolve, reject) => {
          this.end = resolve
          this.fail = reject
        })
      },
    })
    this.ended.catch(() => undefined)
  }

  async begin(): Promise<void> {
    this.study = await createStudy({ name: 'lr', storage: this.storage, direction: 'maximize' })
    this.emit({
      event: 'sweep',
      study: 'lr',
      storage: 'memory:',
      directory: '/runs',
      trainer: 'python train.py',
      metric: 'val/hmean',
      direction: 'maximize',
      workers: 2,
      resumed: false,
    })
    await this.terminal.shows('python train.py, 2 workers')
  }

  async run(value: number): Promise<void> {
    const trial = await this.study.ask()
    trial.suggestFloat('lr', 1e-5, 1, { log: true })
    await this.study.tell(trial, value)
  }

  outcome(reason: SweepOutcome['reason'], text: string): SweepOutcome {
    return { reason, text, study: this.study.snapshot }
  }
}

const sweeps: FakeSweep[] = []
function open(): FakeSweep {
  const sweep = new FakeSweep()
  sweeps.push(sweep)
  return sweep
}

afterEach(async () => {
  for (const sweep of sweeps.splice(0)) {
    sweep.fail(new Error('over'))
    sweep.terminal.type('qq')
    await sweep.ended.catch(() => undefined)
  }
})

describe('a sweep under the screen', () => {
  test('shows its runs, its phase, what it says, and how it ended', async () => {
    const sweep = open()
    await sweep.begin()
    const { terminal } = sweep
    expect(await terminal.isAlternate()).toBe(true)
    await sweep.run(0.9)
    await terminal.shows(/❯ +1 +0 +0\.9000/)
    sweep.emit({ event: 'phase', name: 'verify', index: 1, phases: 2, trials: undefined, skipped: undefined })
    await terminal.shows('python train.py, 2 workers · phase 2 of 2, verify')
    sweep.emit({ event: 'retry', number: 1, reason: 'exit code 1', seconds: 10 })
    await terminal.shows('run 1 failed and is tried again in 10.0 s: exit code 1')
    await sweep.run(0.95)
    sweep.end(sweep.outcome('done', 'every phase is done'))
    await terminal.shows('ended: every phase is done')
    await terminal.shows('0.9500')
    terminal.type('q')
    expect((await sweep.ended).reason).toBe('done')
    expect(await terminal.isAlternate()).toBe(false)
    expect(sweep.context.err.text).toBe('')
  })

  test('draws nothing before it has begun: what is wrong stands on the normal screen', async () => {
    const sweep = open()
    sweep.fail(new Error('study "lr" is there already'))
    await expect(sweep.ended).rejects.toThrow('study "lr" is there already')
    expect(sweep.terminal.raw).toBe('')
  })

  test('a failure later gives the terminal back', async () => {
    const sweep = open()
    await sweep.begin()
    sweep.fail(new Error('the disk is full'))
    await expect(sweep.ended).rejects.toThrow('the disk is full')
    expect(await sweep.terminal.isAlternate()).toBe(false)
    expect(sweep.terminal.rawMode).toBe(false)
  })
})

describe('Ctrl-C', () => {
  test('stops the sweep but not the screen', async () => {
    const sweep = open()
    await sweep.begin()
    sweep.terminal.type('\u0003')
    await sweep.terminal.shows('stopping: what is finished is kept')
    expect(sweep.signal?.aborted).toBe(true)
    sweep.end(sweep.outcome('interrupted', 'interrupted; what is finished is kept'))
    await sweep.terminal.shows('ended: interrupted; what is finished is kept')
    expect(await sweep.terminal.isAlternate()).toBe(true)
    sweep.terminal.type('q')
    expect((await sweep.ended).reason).toBe('interrupted')
  })

  test('twice does not wait for runs that are slow to end', async () => {
    const sweep = open()
    await sweep.begin()
    sweep.terminal.type('\u0003\u0003')
    await expect(sweep.ended).rejects.toThrow(Interrupted)
    expect(await sweep.terminal.isAlternate()).toBe(false)
  })

  test('before the sweep has begun stops it', async () => {
    const sweep = open()
    sweep.context.interrupts.abort(new Interrupted())
    expect(sweep.signal?.aborted).toBe(true)
  })

  test('from outside does the same, once', async () => {
    const sweep = open()
    await sweep.begin()
    sweep.context.interrupts.abort(new Interrupted())
    await sweep.terminal.shows('stopping: what is finished is kept')
    sweep.end(sweep.outcome('interrupted', 'interrupted'))
    await sweep.terminal.shows('ended: interrupted')
    sweep.terminal.type('q')
    expect((await sweep.ended).reason).toBe('interrupted')
  })
})

describe('q while it runs', () => {
  test('asks first, and another key goes on', async () => {
    const sweep = open()
    await sweep.begin()
    sweep.terminal.type('q')
    await sweep.terminal.shows('q again: stop it')
    sweep.terminal.type('x')
    await sweep.terminal.shows('↑↓ move')
    expect(sweep.signal?.aborted).toBe(false)
  })

  test('twice stops it, and waits on the normal screen', async () => {
    const sweep = open()
    await sweep.begin()
    sweep.terminal.type('qq')
    await expect.poll(() => sweep.context.err.text).toContain('stopping; what is finished is kept')
    expect(await sweep.terminal.isAlternate()).toBe(false)
    expect(sweep.signal?.aborted).toBe(true)
    sweep.end(sweep.outcome('interrupted', 'interrupted'))
    expect((await sweep.ended).reason).toBe('interrupted')
  })
})
