import type { AttributeValue, ParamValue } from '@thresher/core'

/** What one training run is given. */
export interface TrainingRun {
  readonly study: string
  /** The trial's number within the study. */
  readonly number: number
  /** Which attempt this is, from 0; above 0 where an earlier one failed and is retried. */
  readonly attempt: number
  /** Every parameter with its value, fixed ones included, in the order of the sweep file; nested names with dots. */
  readonly params: ReadonlyMap<string, ParamValue>
  /** For the trainer's own randomness. */
  readonly seed: number
  /** The run's own folder, which exists: logs, checkpoints, maps. */
  readonly directory: string
  /** Which worker runs it, from 0: what the devices are shared out by. */
  readonly worker: number
  /** Where it goes on from: the folder of the run whose weights it takes over. */
  readonly resumeFrom: string | undefined
}

/** What a trainer says as it goes. */
export interface TrainingReport {
  /** Which report of the run it is: the epoch where the trainer says one, else counted from 0. Ascending. */
  readonly step: number
  /** The metric that the sweep is about; NaN where training diverged. */
  readonly value: number
  /** Everything that came with it, by name. */
  readonly metrics: ReadonlyMap<string, number>
}

export interface TrainingHooks {
  /** Takes a report; false where the run is to stop, because the pruner says so. */
  report(report: TrainingReport): Promise<boolean>
  /** Aborted where the run is to end now: its time is up, or the user leaves. */
  readonly signal: AbortSignal
}

export interface TrainingResult {
  /** Whether it was stopped because a report was answered with false. */
  readonly stopped: boolean
  /** The last value of every metric, by name. */
  readonly metrics: ReadonlyMap<string, number>
  /** What is kept with the trial: the exact command, the exit code, the device, the version of the code. */
  readonly facts: Readonly<Record<string, AttributeValue>>
}

/** Something that trains: a program of the user's, or the built-in one. */
export interface Trainer {
  /** For people, such as `python train.py` or `tensorflow (wasm)`. */
  readonly name: string
  /**
   * Runs one training to its end, to the pruner's stop, or to the signal.
   * @throws TrainingFailure where it failed; whatever was thrown by `hooks.report`; the signal's reason where aborted.
   */
  run(run: TrainingRun, hooks: TrainingHooks): Promise<TrainingResult>
  /** Ends what a dead process left running of the run in that folder. */
  reap?(directory: string): Promise<void>
  /** Gives back what it holds: processes, memory. */
  close?(): Promise<void>
}

/** A run that failed: why in one line, with the file to look at and the mend. */
export class TrainingFailure extends Error {
  override readonly name = 'TrainingFailure'
  /** What is kept with the failed trial. */
  readonly facts: Readonly<Record<string, AttributeValue>>
  /** Whether another attempt may do better. */
  readonly retry: boolean

  constructor(
    message: string,
    facts: Readonly<Record<string, AttributeValue>> = {},
    options: { readonly cause?: unknown; readonly retry?: boolean } = {},
  ) {
    super(message, options)
    this.facts = facts
    this.retry = options.retry ?? true
  }
}
