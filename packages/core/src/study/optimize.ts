import { InputError } from '../errors.js'
import { optionsOf } from '../options.js'
import type { StoppingRule } from '../stopping/stopping-rule.js'
import { FinishedTrialError } from '../storage/errors.js'
import type { Trial } from '../trial/trial.js'
import { TrialPruned } from '../trial/trial-pruned.js'
import type { AttributeValue, TrialRecord } from '../trial/trial-record.js'
import { checkFunction } from './check-options.js'
import { type Heartbeat, requeueStale } from './heartbeat.js'
import { FAILURE_KEY, type Kernel } from './kernel.js'
import { SpaceExhausted } from './space-exhausted.js'

export type ObjectiveResult = number | readonly number[]

/** What is to be optimised; `params` are there from the start where the study's space is declared. */
export type Objective<Params> = (
  trial: Trial<Params>,
  params: Params,
) => ObjectiveResult | Promise<ObjectiveResult>

/** Which failures of the objective the study goes on after. */
type Catch = boolean | ((error: unknown) => boolean)

export interface OptimizeOptions {
  /** How many trials to run now, those that fail included; unlimited where not given. */
  readonly trials?: number
  /** Seconds after which no new trial starts. */
  readonly timeout?: number
  /** How many trials run at once in this process; 1 unless given. */
  readonly concurrency?: number
  /** Ends the run at once: trials that are running get it, and are queued again unless they finish in time. */
  readonly signal?: AbortSignal
  /** Seconds that running trials have to finish after the signal; 5 unless given. */
  readonly abortGrace?: number
  /** Says after each trial whether that was enough. */
  readonly stopping?: StoppingRule
  /** After each trial that finished. */
  readonly callbacks?: readonly ((trial: TrialRecord) => void | Promise<void>)[]
  /** What each trial has from its first moment, unless another process takes its number meanwhile. */
  readonly userAttributes?: Readonly<Record<string, AttributeValue>>
  /** Whether to go on after an objective that throws; its trial is FAIL either way. Not unless given. */
  readonly catch?: Catch
}

/** Why a run ended. */
export type StopReason = 'trials' | 'timeout' | 'budget' | 'exhausted' | 'rule' | 'stop' | 'signal'

export interface OptimizeResult {
  /** How many trials ended in this run, whatever their state. */
  readonly trials: number
  readonly reason: StopReason
  /** What the stopping rule says, where it was that. */
  readonly rule?: string
}

/** What a run has to respect besides its options. */
export interface RunLimits {
  readonly heartbeat: Heartbeat | undefined
  /** Why the study as a whole takes no more trials; undefined where it does. */
  over(): StopReason | undefined
  /** How many trials may still start within the budget. */
  startable(): number
}

const DEFAULT_ABORT_GRACE = 5
/** Seconds after which others get their turn: signals, timers, what waits for the storage. */
const TURN = 0.02

/**
 * Asks, runs the objective and tells, until something says stop. An objective that throws TrialPruned is PRUNED, one
 * that throws anything else FAIL; the error is thrown on when the other trials have finished, unless it is caught.
 * @throws InputError for wrong options.
 */
export async function runTrials<Params>(
  kernel: Kernel,
  limits: RunLimits,
  objective: Objective<Params>,
  options: OptimizeOptions,
): Promise<OptimizeResult> {
  checkFunction('optimize(): the objective', objective)
  checkOptions(options)
  const run = new Run(kernel, limits, objective as Objective<unknown>, options)
  return run.all()
}

class Run {
  readonly #kernel: Kernel
  readonly #limits: RunLimits
  readonly #objective: Objective<unknown>
  readonly #options: OptimizeOptions
  readonly #deadline: number
  readonly #running = new Set<Trial>()
  #started = 0
  /** Asked for, and not yet among the study's running trials. */
  #asking = 0
  #ended = 0
  #reason: StopReason | undefined
  #error: { readonly value: unknown } | undefined
  #nextStaleCheck = 0
  #rule: string | undefined
  #turnEnds = now() + TURN
  readonly #began = now()

  constructor(kernel: Kernel, limits: RunLimits, objective: Objective<unknown>, options: OptimizeOptions) {
    this.#kernel = kernel
    this.#limits = limits
    this.#objective = objective
    this.#options = options
    this.#deadline = this.#began + (options.timeout ?? Number.POSITIVE_INFINITY)
  }

  async all(): Promise<OptimizeResult> {
    const beat = this.#beat()
    try {
      const { concurrency = 1 } = this.#options
      await Promise.all(Array.from({ length: concurrency }, () => this.#worker()))
    } finally {
      clearInterval(beat)
    }
    if (this.#error !== undefined) throw this.#error.value
    const result = { trials: this.#ended, reason: this.#reason ?? 'trials' }
    return this.#rule === undefined ? result : { ...result, rule: this.#rule }
  }

  async #worker(): Promise<void> {
    try {
      for (let trial = await this.#next(); trial !== undefined; trial = await this.#next()) {
        this.#running.add(trial)
        await this.#runOne(trial).finally(() => this.#running.delete(trial!))
      }
    } catch (error) {
      this.#error ??= { value: error }
    }
  }

  async #next(): Promise<Trial | undefined> {
    if (now() >= this.#turnEnds) {
      await new Promise((resolve) => setTimeout(resolve, 0))
      this.#turnEnds = now() + TURN
    }
    const over = this.#over()
    if (over !== undefined) return this.#stop(over)
    this.#started++
    this.#asking++
    try {
      await this.#requeueStale()
      const { signal, userAttributes } = this.#options
      const heartbeat = this.#limits.heartbeat !== undefined
      const trial = await this.#kernel.ask({ ...(signal && { signal }), heartbeat, userAttributes })
      if (!signal?.aborted) return trial
      await this.#kernel.release(trial)
      this.#started--
      return this.#stop('signal')
    } catch (error) {
      this.#started--
      if (error instanceof SpaceExhausted) return this.#stop('exhausted')
      throw error
    } finally {
      this.#asking--
    }
  }

  #over(): StopReason | undefined {
    if (this.#options.signal?.aborted) return 'signal'
    if (this.#error !== undefined) return this.#reason ?? 'stop'
    if (this.#reason === 'stop' || this.#reason === 'rule') return this.#reason
    const study = this.#limits.over()
    if (study !== undefined) return study
    if (this.#started >= (this.#options.trials ?? Number.POSITIVE_INFINITY)) return 'trials'
    if (now() >= this.#deadline) return 'timeout'
    if (this.#limits.startable() <= this.#asking) return 'budget'
    return this.#kernel.exhausted ? 'exhausted' : undefined
  }

  #stop(reason: StopReason): undefined {
    this.#reason ??= reason
    return undefined
  }

  async #runOne(trial: Trial): Promise<void> {
    const outcome = await this.#outcome(trial)
    if (outcome === 'aborted') {
      this.#stop('signal')
      await this.#kernel.release(trial).catch(ignoreFinished)
      return
    }
    let record: TrialRecord
    try {
      record = await this.#tell(trial, outcome)
    } catch (error) {
      if (!(error instanceof FinishedTrialError)) throw error
      this.#kernel.parts.notice(`trial ${trial.number} was ended elsewhere meanwhile; its result is dropped.`)
      return
    }
    this.#ended++
    const decision = this.#options.stopping?.shouldStop(this.#kernel.snapshot, now() - this.#began)
    if (decision?.stop) {
      this.#stop('rule')
      this.#rule ??= decision.reason
    }
    for (const callback of this.#options.callbacks ?? []) await callback(record)
  }

  async #tell(trial: Trial, outcome: Outcome): Promise<TrialRecord> {
    if ('error' in outcome) {
      if (outcome.error instanceof TrialPruned) return this.#kernel.tell(trial, undefined, 'PRUNED')
      return this.#failed(trial, outcome.error)
    }
    try {
      return await this.#kernel.tell(trial, outcome.result)
    } catch (error) {
      if (!(error instanceof InputError) || error instanceof FinishedTrialError) throw error
      return this.#failed(trial, error)
    }
  }

  async #failed(trial: Trial, error: unknown): Promise<TrialRecord> {
    const record = await this.#kernel.fail(trial, textOf(error))
    const { catch: caught = false } = this.#options
    if (typeof caught === 'function' ? caught(error) : caught) {
      this.#kernel.parts.notice(`trial ${trial.number} failed: ${textOf(error)}`)
    } else {
      this.#error ??= { value: error }
    }
    return record
  }

  async #outcome(trial: Trial): Promise<Outcome | 'aborted'> {
    const { signal } = this.#options
    const work = this.#evaluate(trial)
    if (signal === undefined) return work
    const cut = abortedFor(signal, this.#options.abortGrace ?? DEFAULT_ABORT_GRACE)
    const outcome = await Promise.race([work, cut.promise])
    cut.dispose()
    if (outcome === 'aborted') return outcome
    // An objective that throws after the signal was cut short: it has not failed.
    return signal.aborted && 'error' in outcome && !(outcome.error instanceof TrialPruned)
      ? 'aborted'
      : outcome
  }

  async #evaluate(trial: Trial): Promise<Outcome> {
    try {
      return { result: await this.#objective(trial, trial.params) }
    } catch (error) {
      return { error }
    }
  }

  #beat(): ReturnType<typeof setInterval> | undefined {
    const { heartbeat } = this.#limits
    if (heartbeat === undefined) return undefined
    return setInterval(() => {
      for (const { id } of this.#running) {
        // The next write hears of a storage that is gone.
        void this.#kernel.parts.storage.heartbeat(id).catch(() => undefined)
      }
    }, heartbeat.interval * 1000)
  }

  async #requeueStale(): Promise<void> {
    const { heartbeat } = this.#limits
    if (heartbeat === undefined || now() < this.#nextStaleCheck) return
    this.#nextStaleCheck = now() + heartbeat.interval / 2
    const { storage, notice } = this.#kernel.parts
    await requeueStale(storage, this.#kernel.record.id, heartbeat, FAILURE_KEY, notice)
  }
}

type Outcome = { readonly result: ObjectiveResult } | { readonly error: unknown }

/** Settles when the signal has been aborted for so many seconds. */
function abortedFor(signal: AbortSignal, seconds: number): { promise: Promise<'aborted'>; dispose(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  let onAbort = () => {}
  const promise = new Promise<'aborted'>((resolve) => {
    onAbort = () => {
      timer = setTimeout(() => resolve('aborted'), seconds * 1000)
    }
    if (signal.aborted) onAbort()
    else signal.addEventListener('abort', onAbort, { once: true })
  })
  return {
    promise,
    dispose() {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
    },
  }
}

const OPTIONS: readonly (keyof OptimizeOptions)[] = [
  'trials',
  'timeout',
  'concurrency',
  'signal',
  'abortGrace',
  'stopping',
  'callbacks',
  'userAttributes',
  'catch',
]

function checkOptions(options: OptimizeOptions): void {
  optionsOf('optimize()').allowed(options, OPTIONS)
  const { trials, timeout, concurrency, abortGrace } = options
  if (trials !== undefined && !(Number.isSafeInteger(trials) && trials >= 0)) {
    throw new InputError(`optimize(): trials is ${trials}; give a whole number from 0, or none.`)
  }
  if (timeout !== undefined && !(timeout >= 0)) {
    throw new InputError(`optimize(): timeout is ${timeout}; give seconds from 0, or none.`)
  }
  if (concurrency !== undefined && !(Number.isSafeInteger(concurrency) && concurrency >= 1)) {
    throw new InputError(`optimize(): concurrency is ${concurrency}; give a whole number from 1.`)
  }
  if (abortGrace !== undefined && !(abortGrace >= 0)) {
    throw new InputError(`optimize(): abortGrace is ${abortGrace}; give seconds from 0.`)
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}

function ignoreFinished(error: unknown): void {
  if (!(error instanceof FinishedTrialError)) throw error
}

function now(): number {
  return performance.now() / 1000
}
