import { InputError } from '../errors.js'
import type { PruneDecision } from '../pruners/pruner.js'
import { type Resumption, resumptionOf } from '../pruners/resume.js'
import {
  categoricalDistribution,
  type FloatOptions,
  floatDistribution,
  type IntOptions,
  intDistribution,
} from '../space/build-distribution.js'
import type { Distribution, ParamValue } from '../space/distribution.js'
import { contains, isSingle, valueAt } from '../space/param-value.js'
import { checkCompatible } from '../space/same-distribution.js'
import type { AnyParams } from '../space/space.js'
import type { TrialWrite } from '../storage/storage.js'
import { paramWrite } from '../study/drawing.js'
import { checkAttribute } from './check-attribute.js'
import { CONSTRAINTS_KEY } from './constraints.js'
import { MutableTrial } from './mutable-trial.js'
import type { AttributeValue, TrialRecord } from './trial-record.js'

/** Parameters that an enqueued trial must get: Optuna's attribute. */
export const FIXED_PARAMS_KEY = 'fixed_params'

/** What a trial asks of its study. */
export interface TrialHost {
  readonly objectives: number
  /** @throws InputError where the study knows the parameter otherwise. */
  checkDistribution(name: string, distribution: Distribution): void
  drawOne(trial: TrialRecord, name: string, distribution: Distribution): ParamValue
  write(trial: number, writes: readonly TrialWrite[]): Promise<void>
  decide(trial: TrialRecord): Promise<PruneDecision>
  notice(text: string): void
}

export interface TrialParts {
  readonly host: TrialHost
  /** As it was created or claimed. */
  readonly record: TrialRecord
  /** What the sampler drew for it. */
  readonly drawn: ReadonlyMap<string, ParamValue>
  readonly seed: number
  readonly signal: AbortSignal
}

/**
 * One run of the objective: suggests parameters, takes reports (Optuna's trial/_trial.py). What it is told is in the
 * storage shortly after.
 */
export class Trial<Params = AnyParams> {
  /** From 0, in order of creation within the study. */
  readonly number: number
  /** The storage's key. */
  readonly id: number
  /** For the objective's own randomness: of the study's seeds where it has some, else the trial's own. */
  readonly seed: number
  /** Aborted where the study is to end at once; an objective that then throws is queued again. */
  readonly signal: AbortSignal
  /** Why {@link shouldPrune} said what it said last. */
  pruneReason: string | undefined

  readonly #host: TrialHost
  readonly #state: MutableTrial
  readonly #fixed: Readonly<Record<string, ParamValue>>
  readonly #drawn: ReadonlyMap<string, ParamValue>
  #pending: TrialWrite[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  #writing: Promise<void> = Promise.resolve()

  constructor({ host, record, drawn, seed, signal }: TrialParts) {
    this.number = record.number
    this.id = record.id
    this.seed = seed
    this.signal = signal
    this.#host = host
    this.#state = new MutableTrial(record.id, record.number, record)
    this.#fixed = fixedParamsOf(record)
    this.#drawn = drawn
  }

  /**
   * A real number from low to high; with `log` searched on a logarithmic scale, with `step` one of low + k * step. The
   * same name gives the same value throughout the trial.
   * @throws InputError for wrong bounds, and where the study knows the name as something else.
   */
  suggestFloat(name: string, low: number, high: number, options: FloatOptions = {}): number {
    return this.suggest(name, floatDistribution(low, high, options)) as number
  }

  /**
   * A whole number from low to high, both included.
   * @throws InputError as {@link suggestFloat}.
   */
  suggestInt(name: string, low: number, high: number, options: IntOptions = {}): number {
    return this.suggest(name, intDistribution(low, high, options)) as number
  }

  /**
   * One of the choices, which must be the same, in the same order, throughout the study.
   * @throws InputError as {@link suggestFloat}.
   */
  suggestCategorical<const T extends ParamValue>(name: string, choices: readonly T[]): T {
    return this.suggest(name, categoricalDistribution(choices)) as T
  }

  /** A value of a distribution: what the other suggest methods come to. */
  suggest(name: string, distribution: Distribution): ParamValue {
    const known = this.#state.distributions.get(name)
    if (known === undefined) {
      if (typeof name !== 'string' || name === '') {
        throw new InputError(`a parameter's name is ${name === '' ? 'empty' : typeof name}; give it a name.`)
      }
      this.#host.checkDistribution(name, distribution)
      return this.#decide(name, distribution)
    }
    checkCompatible(name, known, distribution)
    const value = this.#state.params.get(name)!
    if (!contains(distribution, value)) {
      throw new InputError(
        `trial ${this.number}: ${name} is ${value} already, which is outside what is asked now; ask for one name in one way within a trial.`,
      )
    }
    return value
  }

  /**
   * Reports the objective's value so far at a step, a whole number from 0; NaN and infinity included. Only the first
   * report of a step counts.
   * @throws InputError for another step or no number, and in studies of several objectives, which cannot prune.
   */
  report(value: number, step: number): void {
    this.#checkSingleObjective('report')
    if (typeof value !== 'number')
      throw new InputError(`report(): the value is ${typeof value}; give a number.`)
    if (!Number.isSafeInteger(step) || step < 0) {
      throw new InputError(`report(): step is ${step}; give a whole number from 0.`)
    }
    if (this.#state.intermediate.has(step)) {
      this.#host.notice(
        `trial ${this.number}: step ${step} was reported before; only the first report counts.`,
      )
      return
    }
    this.#put({ kind: 'report', step, value })
  }

  /**
   * Whether the pruner would stop the trial after its last report; {@link pruneReason} says why.
   * @throws InputError in studies of several objectives.
   */
  async shouldPrune(): Promise<boolean> {
    this.#checkSingleObjective('shouldPrune')
    await this.flush()
    const { prune, reason, attributes } = await this.#host.decide(this.#state.record())
    this.pruneReason = reason
    for (const [key, value] of attributes ?? []) {
      this.#put({ kind: 'attribute', scope: 'system', key, value })
    }
    // Other trials decide by these at once.
    if (attributes !== undefined && attributes.size > 0) await this.flush()
    return prune
  }

  /** @throws InputError for what no storage gives back as it was. */
  setUserAttribute(key: string, value: AttributeValue): void {
    checkAttribute(key, value)
    this.#put({ kind: 'attribute', scope: 'user', key, value })
  }

  /** How far each constraint is broken: at most 0 where it is kept. Samplers and the best trials look at them. */
  setConstraints(values: readonly number[]): void {
    if (
      !Array.isArray(values) ||
      !values.every((value) => typeof value === 'number' && !Number.isNaN(value))
    ) {
      throw new InputError(
        `setConstraints(): ${String(values)} are not numbers; give one a constraint, none NaN.`,
      )
    }
    this.#put({ kind: 'attribute', scope: 'system', key: CONSTRAINTS_KEY, value: [...values] })
  }

  /** What was suggested so far, by name, in that order. */
  get params(): Params {
    return Object.fromEntries(this.#state.params) as Params
  }

  /** Where it goes on from, if the pruner lets a stopped trial go on in this one; undefined where it begins. */
  get resumption(): Resumption | undefined {
    return resumptionOf(this.#state.record())
  }

  get userAttributes(): ReadonlyMap<string, AttributeValue> {
    return this.#state.userAttributes
  }

  /** The trial as it is now, what is not yet in the storage included. */
  record(): TrialRecord {
    return this.#state.record()
  }

  /** Settles when everything that the trial was told is in the storage. */
  flush(): Promise<void> {
    if (this.#timer !== undefined) clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#pending.length > 0) {
      const writes = this.#pending
      this.#pending = []
      this.#writing = this.#writing.then(() => this.#host.write(this.id, writes))
      // Whoever waits next hears of a failure; nobody waiting is no reason to end the process.
      this.#writing.catch(() => undefined)
    }
    return this.#writing
  }

  /** Writes the last word, with everything that is not yet in the storage, in one transaction. */
  finish(writes: readonly TrialWrite[]): Promise<void> {
    for (const write of writes) this.#put(write)
    return this.flush()
  }

  #decide(name: string, distribution: Distribution): ParamValue {
    const value = this.#valueFor(name, distribution)
    this.#put(paramWrite(this.number, name, distribution, value, this.#host.notice))
    return value
  }

  #valueFor(name: string, distribution: Distribution): ParamValue {
    const fixed = Object.hasOwn(this.#fixed, name) ? this.#fixed[name] : undefined
    if (fixed !== undefined) return fixed
    if (isSingle(distribution)) return valueAt(distribution, 0)
    const drawn = this.#drawn.get(name)
    if (drawn !== undefined && contains(distribution, drawn)) return drawn
    return this.#host.drawOne(this.#state.record(), name, distribution)
  }

  #put(write: TrialWrite): void {
    this.#state.checkUnfinished()
    this.#state.apply(write)
    this.#pending.push(write)
    // What one stretch of the objective says goes in one transaction; a watcher sees it soon after.
    this.#timer ??= setTimeout(() => void this.flush(), 0)
  }

  #checkSingleObjective(method: string): void {
    if (this.#host.objectives === 1) return
    throw new InputError(
      `${method}(): the study has ${this.#host.objectives} objectives, and pruning compares one; leave ${method}() out.`,
    )
  }
}

/** What an enqueued trial must get. */
export function fixedParamsOf({ systemAttributes }: TrialRecord): Readonly<Record<string, ParamValue>> {
  const fixed = systemAttributes.get(FIXED_PARAMS_KEY)
  return typeof fixed === 'object' && fixed !== null && !Array.isArray(fixed)
    ? (fixed as Readonly<Record<string, ParamValue>>)
    : {}
}
