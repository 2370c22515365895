import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type AnyParams,
  asha,
  createStudy,
  int,
  MemoryStorage,
  openStorage,
  type Pruner,
  type Space,
  type Storage,
  space,
} from '@thresher/core'
import { describe, expect, it, vi } from 'vitest'
import { identityFacts, identityOf } from '../../../src/training/process-identity.js'
import type { SweepEvent } from '../../../src/training/run/events.js'
import { runSweep, type SweepRequest } from '../../../src/training/run/run-sweep.js'
import type { SweepPhase, SweepPlan } from '../../../src/training/sweep-plan.js'
import type { TrainingRun } from '../../../src/training/trainer.js'
import { failure as failureOf } from '../../support/failure.js'
import { temporaryFolder } from '../../support/temporary-folder.js'
import { failure, fakeTrainer } from '../fake-trainer.js'
import { commandSettings, sweepPlan } from '../plans.js'

vi.setConfig({ testTimeout: 60_000 })

const { path: root } = temporaryFolder()
let sweeps = 0

/** A sweep of x from 0 to 100, whose best is 70. */
function plan(changes: Partial<SweepPlan> = {}): SweepPlan {
  return sweepPlan({
    metric: { name: 'm', direction: 'maximize', target: undefined, summary: 'best' },
    space: space({ x: int(0, 100) }) as unknown as Space<AnyParams>,
    fixed: new Map([['epochs', 3]]),
    order: ['epochs', 'x'],
    trials: undefined,
    phases: [phase({ trials: 6 })],
    ...changes,
  })
}

function phase(changes: Partial<SweepPhase> = {}): SweepPhase {
  const rest = { around: 1, verify: undefined, sampler: undefined, onlyIfGain: undefined }
  return { name: 'search', trials: 4, ...rest, ...changes }
}

const xOf = (run: TrainingRun) => run.params.get('x') as number
const value = (run: TrainingRun) => 0.9 - Math.abs(xOf(run) - 70) / 1000 + (run.seed % 7) / 10_000

async function sweep(of: SweepPlan, request: Partial<SweepRequest> = {}) {
  const events: SweepEvent[] = []
  const trainer = (request.trainer ?? fakeTrainer({ value })) as ReturnType<typeof fakeTrainer>
  const directory = join(root, `sweep-${sweeps++}`)
  const outcome = await runSweep(of, {
    storage: new MemoryStorage(),
    study: 's',
    directory,
    ...request,
    trainer,
    onEvent: (event) => {
      events.push(event)
      request.onEvent?.(event)
    },
  })
  const { trials } = outcome.study
  return { ...outcome, trials, events, directory, runs: trainer.runs }
}

const statesOf = (trials: Awaited<ReturnType<typeof sweep>>['trials']) => trials.map(({ state }) => state)
const eventsOf = <K extends SweepEvent['event']>(events: readonly SweepEvent[], kind: K) =>
  events.filter((event): event is SweepEvent & { event: K } => event.event === kind)

describe('runSweep', () => {
  it('runs what the plan says, and keeps what came of it', async () => {
    const { reason, trials, runs, directory, events } = await sweep(plan())
    expect(reason).toBe('done')
    expect(statesOf(trials)).toEqual(Array.from({ length: 6 }, () => 'COMPLETE'))
    expect([...runs[0]!.params.keys()]).toEqual(['epochs', 'x'])
    for (const [i, trial] of trials.entries()) {
      expect(trial.values).toEqual([value(runs[i]!)])
      expect([...trial.intermediate.keys()]).toEqual([0, 1, 2])
      expect(Object.fromEntries(trial.userAttributes)).toMatchObject({
        phase: 0,
        device: 'none',
        step: 2,
        metrics: { m: trial.values![0], loss: 1 - trial.values![0]! },
        directory: join(directory, `000${i}`),
      })
    }
    expect(await readdir(directory)).toHaveLength(6)
    expect(events.map(({ event }) => event).slice(0, 9)).toEqual([
      'sweep',
      'phase',
      'progress',
      'started',
      'report',
      'report',
      'report',
      'finished',
      'progress',
    ])
    expect(eventsOf(events, 'progress').at(-1)).toMatchObject({ complete: 6, left: 0, running: 0 })
    expect(events.at(-1)).toMatchObject({ event: 'ended', reason: 'done' })
  })

  it('runs the baseline first, with every seed, and never prunes it', async () => {
    const all: Pruner = { name: 'all', options: {}, decide: () => ({ prune: true, reason: 'as always' }) }
    const baseline = { x: 50 }
    const { trials, runs, events } = await sweep(plan({ pruner: all, seeds: [42, 777], baseline }))
    expect(runs.slice(0, 2).map((run) => [xOf(run), run.seed])).toEqual([
      [50, 42],
      [50, 777],
    ])
    expect(statesOf(trials)).toEqual(['COMPLETE', 'COMPLETE', ...Array.from({ length: 6 }, () => 'PRUNED')])
    expect(trials[2]!.userAttributes.get('pruned')).toBe('as always')
    expect(eventsOf(events, 'finished')[2]).toMatchObject({
      state: 'PRUNED',
      reason: 'as always',
      value: 0.9 - 0.02 - Math.abs(xOf(runs[2]!) - 70) / 1000 + (runs[2]!.seed % 7) / 10_000,
    })
    expect(eventsOf(events, 'started')[0]).toMatchObject({ baseline: true, seed: 42 })
  })

  it('prunes no run that has got as far as the finished ones', async () => {
    const late: Pruner = {
      name: 'late',
      options: {},
      decide: (_, trial) => ({
        prune: trial.number > 0 && trial.intermediate.size === (trial.number === 1 ? 2 : 3),
      }),
    }
    const { trials } = await sweep(plan({ pruner: late, trials: 4 }))
    expect(statesOf(trials)).toEqual(['COMPLETE', 'PRUNED', 'COMPLETE', 'COMPLETE'])
  })

  it('shares runs out among its workers, no more than the devices take', async () => {
    let most = 0
    let running = 0
    const workers = new Set<number>()
    const trainer = fakeTrainer({
      value,
      until: async (run) => {
        workers.add(run.worker)
        most = Math.max(most, ++running)
        await new Promise((resolve) => setTimeout(resolve, 5))
        running--
      },
    })
    const gpus = commandSettings({ gpus: ['0', '1'], runsPerGpu: 2 })
    const { events } = await sweep(plan({ workers: 8, trainer: gpus, phases: [phase({ trials: 12 })] }), {
      trainer,
    })
    expect(most).toBe(4)
    expect([...workers].sort()).toEqual([0, 1, 2, 3])
    expect(eventsOf(events, 'sweep')[0]).toMatchObject({ workers: 4 })
  })

  it('ends at the cap, the count, the target, and where nothing is left', async () => {
    expect((await sweep(plan({ trials: 3 }))).trials).toHaveLength(3)
    const counted = await sweep(plan(), { count: 2 })
    expect(counted).toMatchObject({ reason: 'count', trials: { length: 2 } })
    const metric = { ...plan().metric, target: 0.5 }
    expect(await sweep(plan({ metric }))).toMatchObject({ reason: 'target', trials: { length: 1 } })
    const timed = await sweep(plan({ timeout: 0 }))
    expect(timed).toMatchObject({ reason: 'timeout', trials: { length: 0 } })
  })

  it('gives up where runs fail one after another', async () => {
    const trainer = fakeTrainer({ value, fails: () => failure() })
    const { reason, text, trials, events } = await sweep(plan(), { trainer })
    expect(reason).toBe('broken')
    expect(text).toBe('3 runs failed in the first 60 s, the last one: out of memory')
    expect(statesOf(trials)).toEqual(['FAIL', 'FAIL', 'FAIL'])
    expect(trials[0]!.userAttributes.get('exit')).toBe(1)
    expect(eventsOf(events, 'finished')[0]).toMatchObject({ state: 'FAIL', reason: 'out of memory' })
    expect(eventsOf(events, 'notice')).toEqual([])
  })

  it('ends where the work cannot be done at all', async () => {
    const trainer = fakeTrainer({ value, fails: () => new Error('disk full') })
    await expect(sweep(plan(), { trainer })).rejects.toThrow('disk full')
  })

  it('tries failed runs again, in folders of their own', async () => {
    const trainer = fakeTrainer({
      value,
      fails: ({ number, attempt }) => (number === 1 && attempt < 2 ? failure() : undefined),
    })
    const settings = commandSettings({ retries: 2 })
    const { trials, events, directory } = await sweep(plan({ trainer: settings, trials: 2 }), { trainer })
    expect(statesOf(trials)).toEqual(['COMPLETE', 'COMPLETE'])
    expect(trials[1]!.userAttributes.get('retries')).toBe(2)
    expect((await readdir(directory)).sort()).toEqual(['0000', '0001', '0001-2', '0001-3'])
    expect(eventsOf(events, 'retry')).toHaveLength(2)
    const never = fakeTrainer({ value, fails: () => failure() })
    expect(
      statesOf((await sweep(plan({ trainer: settings, trials: 1 }), { trainer: never })).trials),
    ).toEqual(['FAIL'])
    expect(never.runs).toHaveLength(3)
  })

  it('fails runs that diverge, and says when', async () => {
    const trainer = fakeTrainer({ value: (run) => (run.number === 0 ? Number.NaN : value(run)) })
    const { trials, events } = await sweep(plan({ trials: 2 }), { trainer })
    expect(statesOf(trials)).toEqual(['FAIL', 'COMPLETE'])
    expect(eventsOf(events, 'finished')[0]!.reason).toMatch(/^m is NaN at step 0: training diverged/)
  })

  it('goes on from the folder of the run that it resumes', async () => {
    const pruner = asha({ min: 1, max: 3, eta: 2, promote: true })
    const { runs, trials } = await sweep(plan({ pruner, phases: [phase({ trials: 12 })] }))
    const resumed = runs.filter(({ resumeFrom }) => resumeFrom !== undefined)
    for (const run of resumed) {
      const from = trials.find(({ userAttributes }) => userAttributes.get('directory') === run.resumeFrom)
      expect(from?.state).toBe('PRUNED')
      expect(from?.params.get('x')).toBe(xOf(run))
    }
    expect(resumed.length).toBeGreaterThan(0)
  })
})

describe('phases', () => {
  const baseline = { x: 50 }
  const three = [
    phase({ name: 'coarse', trials: 6 }),
    phase({ name: 'focused', trials: 5, around: 0.2 }),
    phase({ name: 'verify', trials: 0, verify: 2 }),
  ]

  it('look widely, then around the best, then verify over seeds', async () => {
    const seeds = [42, 777, 2024]
    const { trials, runs, events } = await sweep(plan({ phases: three, seeds, baseline }))
    const inPhase = (index: number) =>
      trials.filter(
        ({ userAttributes }) => userAttributes.get('phase') === index && !userAttributes.get('baseline'),
      )
    expect(inPhase(0)).toHaveLength(6)
    const coarse = inPhase(0).map(({ params, values }) => [params.get('x') as number, values![0]!] as const)
    const [best] = coarse.reduce((a, b) => (b[1] > a[1] ? b : a))
    const centre = Math.min(90, Math.max(10, best))
    for (const { params } of inPhase(1)) {
      expect(Math.abs((params.get('x') as number) - centre)).toBeLessThanOrEqual(10)
    }
    expect(inPhase(1)).toHaveLength(5)
    // Two settings and the baseline, each with the two seeds that it lacks.
    expect(inPhase(2)).toHaveLength(4)
    expect(trials.filter(({ userAttributes }) => userAttributes.get('baseline'))).toHaveLength(3)
    expect(trials).toHaveLength(6 + 5 + 4 + 3)
    const verified = new Map<number, number[]>()
    for (const run of runs) verified.set(xOf(run), [...(verified.get(xOf(run)) ?? []), run.seed])
    const full = [...verified.values()].filter((ran) => ran.length > 1)
    expect(full).toEqual([seeds, seeds, seeds].map(() => expect.arrayContaining(seeds)))
    expect(eventsOf(events, 'phase').map(({ name, trials: count }) => [name, count])).toEqual([
      ['coarse', 6],
      ['focused', 5],
      ['verify', undefined],
    ])
  })

  it('are left out where there was no gain', async () => {
    const gains = [phase({ trials: 3 }), phase({ name: 'more', onlyIfGain: 50 })]
    const { trials, events } = await sweep(plan({ phases: gains, baseline }))
    expect(trials).toHaveLength(4)
    expect(eventsOf(events, 'phase')[1]!.skipped).toMatch(/ pt from the baseline, short of 50 pt$/)
    const little = [phase({ trials: 3 }), phase({ name: 'more', onlyIfGain: -50 })]
    expect((await sweep(plan({ phases: little, baseline }))).trials).toHaveLength(8)
  })

  it('go on where they were, however often they are cut short', async () => {
    const seeds = [42, 777, 2024]
    const of = plan({ phases: three, seeds, baseline })
    const whole = await sweep(of)
    const storage = new MemoryStorage()
    let last = await sweep(of, { storage, count: 1, resume: true })
    for (let sitting = 0; last.reason === 'count' && sitting < 30; sitting++) {
      last = await sweep(of, { storage, count: 2, resume: true })
    }
    expect(last.reason).toBe('done')
    const settings = (trials: typeof whole.trials) =>
      trials.map(({ params, values }) => [params.get('x'), values])
    expect(settings(last.trials)).toEqual(settings(whole.trials))
  })
})

describe('an interrupted sweep', () => {
  it('queues what runs again, and resumes with it', async () => {
    const storage = new MemoryStorage()
    const controller = new AbortController()
    const trainer = fakeTrainer({
      value,
      until: async (run, signal) => {
        if (run.number < 2) return
        const aborted = new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
        )
        if (run.number === 3) controller.abort(new Error('interrupted'))
        await aborted
      },
    })
    const request = { storage, trainer, signal: controller.signal }
    const first = await sweep(plan({ workers: 2 }), request)
    expect(first.reason).toBe('interrupted')
    expect(statesOf(first.trials)).toEqual(['COMPLETE', 'COMPLETE', 'WAITING', 'WAITING'])
    expect(
      eventsOf(first.events, 'queued')
        .map(({ number }) => number)
        .sort(),
    ).toEqual([2, 3])
    const second = await sweep(plan({ workers: 2 }), { storage, resume: true })
    expect(second.reason).toBe('done')
    expect(statesOf(second.trials)).toEqual(Array.from({ length: 6 }, () => 'COMPLETE'))
    expect(second.trials[2]!.params).toEqual(first.trials[2]!.params)
  })

  it('killed in the middle loses no finished run', async () => {
    const storage = await openStorage(`sqlite:///${join(root, 'killed.db')}`)
    const begun = await sweep(plan(), { storage, count: 2 })
    await abandonRun(storage)
    const reaped: string[] = []
    const trainer = { ...fakeTrainer({ value }), reap: async (folder: string) => void reaped.push(folder) }
    const { trials, reason, events } = await sweep(plan(), { storage, resume: true, trainer })
    expect(reason).toBe('done')
    const results = (of: typeof trials) =>
      of.map(({ params, values, intermediate }) => [params, values, intermediate])
    expect(results(trials.slice(0, 2))).toEqual(results(begun.trials))
    expect(statesOf(trials).filter((state) => state === 'COMPLETE')).toHaveLength(6)
    expect(statesOf(trials).filter((state) => state === 'FAIL')).toHaveLength(1)
    expect(trials.filter(({ params }) => params.get('x') === 13).map(({ state }) => state)).toEqual([
      'FAIL',
      'COMPLETE',
    ])
    expect(reaped).toEqual(['/runs/0002'])
    expect(eventsOf(events, 'notice').map(({ text }) => text)).toEqual([
      'trial 2 failed: its process has died; queued again as trial 3.',
    ])
    await storage.close()
  })

  it('is shared by two processes, which run it once between them', async () => {
    const url = `sqlite:///${join(root, 'shared.db')}`
    const storages = await Promise.all([openStorage(url), openStorage(url)])
    const many = plan({ phases: [phase({ trials: 20 })], baseline: { x: 50 } })
    const both = await Promise.all(storages.map((storage) => sweep(many, { storage, resume: true })))
    expect(both.map(({ reason }) => reason)).toEqual(['done', 'done'])
    const { length } = await storages[0]!.readTrials((await storages[0]!.findStudy('s'))!.id)
    // Both may take the last one at the same time.
    expect([21, 22]).toContain(length)
    expect(both[0]!.runs.length + both[1]!.runs.length).toBe(length)
    for (const storage of storages) await storage.close()
  })

  it('is not gone on with unasked, nor by another file', async () => {
    const storage = new MemoryStorage()
    await sweep(plan(), { storage, count: 1 })
    expect(await failureOf(() => sweep(plan(), { storage }))).toContain('say --resume')
    const other = plan({ fixed: new Map([['epochs', 4]]) })
    expect(await failureOf(() => sweep(other, { storage, resume: true }))).toMatch(
      /^sweep\.yaml: differs from what study "s" was begun with: fixed\.epochs: 3 becomes 4\. /,
    )
    const { events, reason } = await sweep(plan({ workers: 2 }), { storage, resume: true })
    expect(reason).toBe('done')
    expect(eventsOf(events, 'notice')).toMatchObject([
      { text: 'since the last sitting, workers: 1 becomes 2' },
    ])
  })

  it('begins where there is nothing to resume, and leaves studies of others alone', async () => {
    const storage = new MemoryStorage()
    const { events } = await sweep(plan({ trials: 1 }), { storage, resume: true })
    expect(eventsOf(events, 'notice')[0]!.text).toContain('there is no study "s" to resume')
    const study = await createStudy({ name: 'other', storage })
    await study.optimize((trial) => trial.suggestFloat('y', 0, 1), { trials: 1 })
    expect(await failureOf(() => sweep(plan(), { storage, study: 'other', resume: true }))).toContain(
      'was not begun by a sweep file',
    )
  })
})

/** A run of x = 13 whose process is no more, as a kill -9 leaves it. */
async function abandonRun(storage: Storage): Promise<void> {
  const study = (await storage.findStudy('s'))!
  const { distribution } = int(0, 100)
  const trial = await storage.createTrial(study.id)
  await storage.writeTrial(trial.id, [
    { kind: 'param', name: 'x', internal: 13, distribution },
    { kind: 'attribute', scope: 'user', key: 'phase', value: 0 },
    { kind: 'attribute', scope: 'user', key: 'directory', value: '/runs/0002' },
    // Beyond what the system numbers processes with.
    {
      kind: 'attribute',
      scope: 'user',
      key: 'process',
      value: identityFacts({ ...identityOf(process.pid), pid: 2 ** 30 }),
    },
  ])
}
