import type { SweepEvent } from '@thresher/sweeps'
import { describe, expect, it } from 'vitest'
import { sweepEventWriter } from '../../src/training/sweep-event-lines.js'

const PROGRESS = {
  event: 'progress',
  complete: 3,
  pruned: 1,
  failed: 0,
  running: 1,
  left: 8,
  secondsLeft: 6000,
  elapsedSeconds: 60,
} as const
const FINISHED = {
  event: 'finished',
  number: 4,
  state: 'COMPLETE',
  value: 0.96531,
  reason: undefined,
  seconds: 185,
  directory: '/runs/0004',
} as const

/** The lines that some events make, a second apart. */
function lines(...events: SweepEvent[]): string[] {
  const written: string[] = []
  let now = 0
  const write = sweepEventWriter(
    (line) => written.push(line),
    () => now,
  )
  for (const event of events) {
    write(event)
    now += 1000
  }
  return written
}

describe('sweepEventWriter', () => {
  it('says how a run ended and what is left in one line', () => {
    expect(lines(FINISHED, PROGRESS)).toEqual([
      'run 4 done: 0.9653 in 3 m 05 s; 4 done, 8 left, about 1 h 40 m',
    ])
    expect(lines({ ...FINISHED, state: 'PRUNED', reason: 'rung 1: 0.94 under 0.95' }, PROGRESS)).toEqual([
      'run 4 pruned at 0.9653: rung 1: 0.94 under 0.95; 4 done, 8 left, about 1 h 40 m',
    ])
    const failed = {
      ...FINISHED,
      state: 'FAIL',
      value: undefined,
      reason: 'exit code 1: \u001b[31mno device',
    } as const
    expect(lines(failed, { ...PROGRESS, left: undefined, secondsLeft: undefined })).toEqual([
      'run 4 failed: exit code 1: ?[31mno device; 4 done',
    ])
  })

  it('says with what a run starts', () => {
    const started = {
      event: 'started',
      number: 0,
      params: { lr: 0.0004, optimizer: 'adamw' },
      seed: 42,
      baseline: true,
      attempt: 0,
      worker: 0,
      directory: '/runs/0000',
    } as const
    expect(lines(PROGRESS, started, { ...started, baseline: false, attempt: 2 })).toEqual([
      'run 0 (baseline, seed 42): lr 4.00e-4, optimizer adamw',
      'run 0 (attempt 3): lr 4.00e-4, optimizer adamw',
    ])
  })

  it('tells of reports now and then', () => {
    const report = (step: number) =>
      ({ event: 'report', number: 2, step, value: 0.9 + step / 1000, metrics: {} }) as const
    expect(lines(...Array.from({ length: 12 }, (_, step) => report(step)))).toEqual([
      'run 2: 0.9050 at step 5',
      'run 2: 0.9100 at step 10',
    ])
  })

  it('names phases where there are several', () => {
    const phase = {
      event: 'phase',
      name: 'closer',
      index: 1,
      phases: 3,
      trials: 10,
      skipped: undefined,
    } as const
    expect(lines(phase, { ...phase, skipped: 'no gain' }, { ...phase, phases: 1, index: 0 })).toEqual([
      'phase 2 of 3, closer: 10 runs',
      'phase 2 of 3, closer: left out, no gain',
    ])
  })
})
