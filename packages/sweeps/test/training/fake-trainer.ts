import { setTimeout as delay } from 'node:timers/promises'
import {
  type Trainer,
  TrainingFailure,
  type TrainingHooks,
  type TrainingResult,
  type TrainingRun,
} from '../../src/training/trainer.js'

/** What a made-up training does; the n-th report is its value at epoch n. */
export interface FakeTraining {
  /** The final value; the epochs before it come to less. */
  value(run: TrainingRun): number
  readonly epochs?: number
  /** Thrown before the first epoch, where it gives anything. */
  fails?(run: TrainingRun): Error | undefined
  /** Settles when the run may end. */
  until?(run: TrainingRun, signal: AbortSignal): Promise<unknown>
}

/** A trainer that trains nothing: for tests of what is made of its runs. */
export function fakeTrainer({
  value,
  epochs = 3,
  fails,
  until,
}: FakeTraining): Trainer & { runs: TrainingRun[] } {
  const runs: TrainingRun[] = []
  return {
    name: 'fake',
    runs,
    async run(run: TrainingRun, hooks: TrainingHooks): Promise<TrainingResult> {
      runs.push(run)
      await delay(0)
      const error = fails?.(run)
      if (error !== undefined) throw error
      const final = value(run)
      let stopped = false
      for (let step = 0; step < epochs && !stopped; step++) {
        hooks.signal.throwIfAborted()
        const now = final - (epochs - 1 - step) / 100
        stopped = !(await hooks.report({
          step,
          value: now,
          metrics: new Map([
            ['m', now],
            ['loss', 1 - now],
          ]),
        }))
      }
      if (!stopped) await until?.(run, hooks.signal)
      return { stopped, metrics: new Map([['m', final]]), facts: { device: 'none' } }
    },
  }
}

export function failure(text = 'out of memory'): TrainingFailure {
  return new TrainingFailure(text, { exit: 1 })
}
