import { setTimeout as delay } from 'node:timers/promises'
import { isBaseline, type ParamValue, type Trial, TrialPruned, type TrialRecord } from '@thresher/core'
import { identityFacts, identityFrom, identityOf } from '../process-identity.js'
import type { SweepPlan } from '../sweep-plan.js'
import { type Trainer, TrainingFailure, type TrainingHooks, type TrainingResult } from '../trainer.js'
import type { SweepEvent } from './events.js'
import { RUN_ATTRIBUTES } from './run-attributes.js'
import { newRunFolder } from './run-folder.js'
import { ValueSummary } from './value-summary.js'
import { WorkerSlots } from './worker-slots.js'

export interface ObjectiveOptions {
  readonly plan: SweepPlan
  readonly study: string
  readonly trainer: Trainer
  /** Holds the runs' folders. */
  readonly directory: string
  readonly emit: (event: SweepEvent) => void
  /** The study's trials by number. */
  trials(): readonly TrialRecord[]
}

/** Seconds that a retry waits at most. */
const LONGEST_DELAY = 3600

/** What one trial of a training sweep does: it trains, reports, and comes to a value. */
export class TrainingObjective {
  readonly #options: ObjectiveOptions
  readonly #slots = new WorkerSlots()

  constructor(options: ObjectiveOptions) {
    this.#options = options
  }

  /**
   * Runs a trial in a phase; `full` runs are never pruned, as they are what others are held against.
   * @throws TrialPruned, TrainingFailure, and what the study's storage throws.
   */
  async run(trial: Trial<unknown>, phase: number, full: boolean): Promise<number> {
    const { emit } = this.#options
    const worker = this.#slots.take()
    if (!trial.userAttributes.has(RUN_ATTRIBUTES.phase)) trial.setUserAttribute(RUN_ATTRIBUTES.phase, phase)
    if (identityFrom(trial.userAttributes.get(RUN_ATTRIBUTES.process))?.pid !== process.pid) {
      trial.setUserAttribute(RUN_ATTRIBUTES.process, identityFacts(identityOf(process.pid)))
    }
    try {
      const summary = new ValueSummary(this.#options.plan.metric)
      const result = await this.#attempts(trial, worker, full || isBaseline(trial.record()), summary)
      return this.#value(trial, result, summary)
    } catch (error) {
      if (error instanceof TrainingFailure) keep(trial, error.facts)
      else if (trial.signal.aborted) emit({ event: 'queued', number: trial.number })
      throw error
    } finally {
      this.#slots.release(worker)
    }
  }

  async #attempts(
    trial: Trial<unknown>,
    worker: number,
    full: boolean,
    summary: ValueSummary,
  ): Promise<TrainingResult> {
    const { trainer: settings } = this.#options.plan
    const retries = settings.kind === 'command' ? settings.retries : 0
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#attempt(trial, worker, attempt, full, summary)
      } catch (error) {
        const again = error instanceof TrainingFailure && error.retry && attempt < retries
        if (!again || trial.signal.aborted || settings.kind !== 'command') throw error
        const seconds = Math.min(LONGEST_DELAY, settings.retryDelay * 2 ** attempt)
        this.#options.emit({ event: 'retry', number: trial.number, reason: error.message, seconds })
        trial.setUserAttribute(RUN_ATTRIBUTES.retries, attempt + 1)
        await delay(seconds * 1000, undefined, { signal: trial.signal })
      }
    }
  }

  async #attempt(
    trial: Trial<unknown>,
    worker: number,
    attempt: number,
    full: boolean,
    summary: ValueSummary,
  ): Promise<TrainingResult> {
    const { trainer, study, emit, directory: parent } = this.#options
    const directory = await newRunFolder(parent, trial.number)
    const resumeFrom = this.#resumeFrom(trial)
    trial.setUserAttribute(RUN_ATTRIBUTES.directory, directory)
    await trial.flush()
    const params = this.#params(trial)
    const { number, seed } = trial
    const baseline = isBaseline(trial.record())
    emit({
      event: 'started',
      number,
      params: Object.fromEntries(params),
      seed,
      baseline,
      attempt,
      worker,
      directory,
    })
    return trainer.run(
      { study, number, attempt, params, seed, directory, worker, resumeFrom },
      this.#hooks(trial, full, summary),
    )
  }

  #hooks(trial: Trial<unknown>, full: boolean, summary: ValueSummary): TrainingHooks {
    const { emit, trials } = this.#options
    return {
      signal: trial.signal,
      async report(report) {
        summary.take(report)
        const { step, value, metrics } = report
        emit({ event: 'report', number: trial.number, step, value, metrics: Object.fromEntries(metrics) })
        // Said by an earlier attempt already.
        if (trial.record().intermediate.has(step)) return true
        trial.report(value, step)
        const prune = await trial.shouldPrune()
        // Where the finished runs ended nothing is saved, and a whole run would be lost.
        return full || !prune || step === lastStep(trials())
      },
    }
  }

  #value(trial: Trial<unknown>, { stopped, facts }: TrainingResult, summary: ValueSummary): number {
    keep(trial, facts)
    const { chosen, last } = summary
    const { name } = this.#options.plan.metric
    if (chosen === undefined) throw new TrainingFailure(`it ended without reporting ${name}`)
    trial.setUserAttribute(RUN_ATTRIBUTES.metrics, Object.fromEntries(chosen.metrics))
    trial.setUserAttribute(RUN_ATTRIBUTES.step, chosen.step)
    if (stopped) {
      const reason = trial.pruneReason ?? `${last?.value} at step ${last?.step}`
      trial.setUserAttribute(RUN_ATTRIBUTES.pruned, reason)
      throw new TrialPruned(reason)
    }
    if (Number.isNaN(chosen.value)) {
      throw new TrainingFailure(
        `${name} is NaN at step ${chosen.step}: training diverged with these parameters`,
      )
    }
    return chosen.value
  }

  /** Every parameter in the order of the sweep file. */
  #params(trial: Trial<unknown>): ReadonlyMap<string, ParamValue> {
    const { order, fixed } = this.#options.plan
    const drawn = trial.record().params
    const all = new Map<string, ParamValue>()
    for (const name of [...order, ...fixed.keys(), ...drawn.keys()]) {
      const value = drawn.has(name) ? drawn.get(name) : fixed.get(name)
      if (value !== undefined) all.set(name, value)
    }
    return all
  }

  #resumeFrom(trial: Trial<unknown>): string | undefined {
    const from = trial.resumption?.number
    const folder =
      from === undefined
        ? undefined
        : this.#options.trials()[from]?.userAttributes.get(RUN_ATTRIBUTES.directory)
    return typeof folder === 'string' ? folder : undefined
  }
}

/** The last step of the longest run that is complete. */
function lastStep(trials: readonly TrialRecord[]): number | undefined {
  const ends = trials
    .filter(({ state }) => state === 'COMPLETE')
    .map(({ intermediate }) => [...intermediate.keys()].at(-1) ?? -1)
  return ends.length === 0 ? undefined : Math.max(...ends)
}

function keep(trial: Trial<unknown>, facts: TrainingResult['facts']): void {
  for (const [name, value] of Object.entries(facts)) trial.setUserAttribute(name, value)
}
