import { InputError } from '../errors.js'
import { nonDominationRanks } from '../multi-objective/rank.js'
import { optionsOf } from '../options.js'
import type { Pruner } from '../pruners/pruner.js'
import type { Sampler } from '../samplers/sampler.js'
import { rankStudy, type StudyRanking, type StudyRankingOptions } from '../seeds/study-ranking.js'
import type { Distribution } from '../space/distribution.js'
import type { AnyParams, Space } from '../space/space.js'
import type { Storage } from '../storage/storage.js'
import { checkAttribute, checkedAttributes } from '../trial/check-attribute.js'
import { isFeasible } from '../trial/constraints.js'
import { FIXED_PARAMS_KEY, type Trial } from '../trial/trial.js'
import type { AttributeValue, TrialRecord } from '../trial/trial-record.js'
import { type AddedTrial, templateOf } from './added-trial.js'
import { bestTrialOf } from './best-trials.js'
import type { Budget } from './budget.js'
import type { ToldState } from './closing.js'
import { checkSettings, hasSettings, type Settings } from './enqueue.js'
import { DEFAULT_HEARTBEAT, type Heartbeat, requeueStale, requeueTrials } from './heartbeat.js'
import { type AskOptions, FAILURE_KEY, type Kernel } from './kernel.js'
import { METRIC_NAMES_KEY, metricNamesOf } from './metric-names.js'
import { type MigrationReport, planMigration } from './migration.js'
import {
  type Objective,
  type OptimizeOptions,
  type OptimizeResult,
  runTrials,
  type StopReason,
} from './optimize.js'
import type { Direction, StudySnapshot } from './study-snapshot.js'

export interface StudyParts {
  readonly kernel: Kernel
  readonly seeds: readonly number[] | undefined
  readonly budget: Budget | undefined
  readonly heartbeat: Heartbeat | undefined
}

export interface TellOptions {
  /** PRUNED or FAIL for a trial without values; COMPLETE where not given. */
  readonly state?: ToldState
}

export interface EnqueueOptions {
  /** Leaves the trial out where the study has one with these parameters, in whatever state. */
  readonly skipIfExists?: boolean
  readonly userAttributes?: Readonly<Record<string, AttributeValue>>
}

/**
 * A study: an objective's trials, what draws their parameters, and where they are kept; `ask`, `tell` and `optimize` as
 * Optuna's study/study.py. Made by `createStudy` and `loadStudy`. `Params` is what the declared space gives. What its getters say is as of the last time that this process
 * asked, told or refreshed.
 */
export class Study<Params = AnyParams> {
  readonly #kernel: Kernel
  readonly #seeds: readonly number[] | undefined
  readonly #budget: Budget | undefined
  readonly #heartbeat: Heartbeat | undefined
  #stopped = false

  constructor({ kernel, seeds, budget, heartbeat }: StudyParts) {
    this.#kernel = kernel
    this.#seeds = seeds
    this.#budget = budget
    this.#heartbeat = heartbeat
  }

  get name(): string {
    return this.#kernel.record.name
  }

  /** One an objective. */
  get directions(): readonly Direction[] {
    return this.#kernel.record.directions
  }

  get storage(): Storage {
    return this.#kernel.parts.storage
  }

  get sampler(): Sampler {
    return this.#kernel.parts.sampler
  }

  get pruner(): Pruner | undefined {
    return this.#kernel.parts.pruner
  }

  /** What every draw comes from. */
  get seed(): number {
    return this.#kernel.parts.seed
  }

  /** The declared space; undefined where the objective suggests as it goes. */
  get space(): Space<Params> | undefined {
    return this.#kernel.parts.space as Space<Params> | undefined
  }

  /** What settings run with, one after another; undefined where each trial has its own. */
  get seeds(): readonly number[] | undefined {
    return this.#seeds
  }

  get budget(): Budget | undefined {
    return this.#budget
  }

  /** By number. */
  get trials(): readonly TrialRecord[] {
    return this.#kernel.view.trials
  }

  get snapshot(): StudySnapshot {
    return this.#kernel.snapshot
  }

  get userAttributes(): ReadonlyMap<string, AttributeValue> {
    return this.#kernel.record.userAttributes
  }

  get systemAttributes(): ReadonlyMap<string, AttributeValue> {
    return this.#kernel.record.systemAttributes
  }

  /** One an objective, where they were set. */
  get metricNames(): readonly string[] | undefined {
    return metricNamesOf(this.#kernel.record)
  }

  /**
   * The feasible COMPLETE trial of the best value, the earliest of several; undefined where there is none.
   * @throws InputError in studies of several objectives.
   */
  get bestTrial(): TrialRecord | undefined {
    const [direction] = this.directions
    if (this.directions.length !== 1 || direction === undefined) {
      throw new InputError(
        `study "${this.name}": ${this.directions.length} objectives have no single best trial; take bestTrials.`,
      )
    }
    return bestTrialOf(this.trials, direction)
  }

  /** The value of {@link bestTrial}. */
  get bestValue(): number | undefined {
    return this.bestTrial?.values?.[0]
  }

  /** The parameters of {@link bestTrial}. */
  get bestParams(): Params | undefined {
    const best = this.bestTrial
    return best && (Object.fromEntries(best.params) as Params)
  }

  /** The feasible COMPLETE trials that no other dominates: the Pareto front, by number. */
  get bestTrials(): readonly TrialRecord[] {
    const complete = this.trials.filter((trial) => trial.state === 'COMPLETE' && isFeasible(trial))
    const losses = complete.map(({ values }) =>
      values!.map((value, i) => (this.directions[i] === 'minimize' ? value : -value)),
    )
    const ranks = nonDominationRanks(losses, { enough: 1 })
    return complete.filter((_, i) => ranks[i] === 0)
  }

  /**
   * How the settings of a study with seeds compare with its baseline, the best first, with verdicts.
   * @throws InputError where there are several objectives or no seeds, or the baseline is COMPLETE on none.
   */
  ranking(options: StudyRankingOptions = {}): StudyRanking {
    return rankStudy(this.snapshot, this.#seeds, options)
  }

  /**
   * The next trial, to be told later: one that was enqueued, or one that the sampler draws.
   * @throws SpaceExhausted where a grid, or a space without duplicates, has nothing left.
   */
  ask(options: AskOptions = {}): Promise<Trial<Params>> {
    return this.#kernel.ask(options) as Promise<Trial<Params>>
  }

  /**
   * Tells a trial's value, one an objective; or its state, where it has none. NaN makes it FAIL. PRUNED takes the last
   * report as its value. `trial` may be the number of one that is RUNNING in another process.
   * @throws InputError where values or state do not fit; FinishedTrialError where it was told before.
   */
  async tell(
    trial: Trial<Params> | number,
    values?: number | readonly number[],
    options: TellOptions = {},
  ): Promise<TrialRecord> {
    if (typeof options !== 'object' || options === null) {
      throw new InputError(`tell(): the state is an option; write { state: '${String(options)}' }.`)
    }
    optionsOf('tell()').allowed(options, ['state'])
    const told = typeof trial === 'number' ? await this.#running(trial) : (trial as Trial)
    return this.#kernel.tell(told, values, options.state)
  }

  /**
   * Runs the objective for one trial after another, several at once with `concurrency`, and says why it stopped.
   * @throws whatever the objective throws, unless it is caught by option; InputError for wrong options.
   */
  async optimize(objective: Objective<Params>, options: OptimizeOptions = {}): Promise<OptimizeResult> {
    this.#stopped = false
    await this.refresh()
    const began = performance.now()
    return runTrials(
      this.#kernel,
      {
        heartbeat: this.#heartbeat,
        over: (): StopReason | undefined => {
          if (this.#stopped) return 'stop'
          const seconds = this.#budget?.seconds
          return seconds !== undefined && performance.now() - began >= seconds * 1000 ? 'budget' : undefined
        },
        startable: () => {
          const { counted, running } = this.#kernel.view
          return (this.#budget?.trials ?? Number.POSITIVE_INFINITY) - counted - running
        },
      },
      objective,
      options,
    )
  }

  /** Lets the running trials finish and starts no more; for objectives and callbacks of {@link optimize}. */
  stop(): void {
    this.#stopped = true
  }

  /**
   * Queues a trial that gets these parameters; the others are drawn.
   * @returns the trial's record, or undefined where it was skipped.
   * @throws InputError where the study's space is declared and does not have them.
   */
  async enqueueTrial(
    params: Partial<Params> | Settings,
    options: EnqueueOptions = {},
  ): Promise<TrialRecord | undefined> {
    optionsOf('enqueueTrial()').allowed(options, ['skipIfExists', 'userAttributes'])
    const userAttributes = checkedAttributes(Object.entries(options.userAttributes ?? {}))
    const settings = { ...params } as Settings
    checkSettings('enqueueTrial()', settings, this.#kernel.parts.space)
    await this.#kernel.queueBaseline()
    if (options.skipIfExists) {
      const trials = await this.refresh()
      if (trials.some((trial) => hasSettings(trial, settings))) return undefined
    }
    return this.storage.createTrial(this.#kernel.record.id, {
      state: 'WAITING',
      systemAttributes: new Map([[FIXED_PARAMS_KEY, settings]]),
      userAttributes,
    })
  }

  /**
   * Queues the trials of dead processes again: those without a sign of life, as {@link optimize} does, and of the other
   * RUNNING ones those of which `isDead` says so. Returns how many were queued.
   */
  async requeueDead(isDead: (trial: TrialRecord) => boolean = () => false): Promise<number> {
    const { storage, notice } = this.#kernel.parts
    const heartbeat = this.#heartbeat
    const stale =
      heartbeat === undefined
        ? 0
        : await requeueStale(storage, this.#kernel.record.id, heartbeat, FAILURE_KEY, notice)
    const dead = (await this.refresh()).filter((trial) => trial.state === 'RUNNING' && isDead(trial))
    const { retries } = heartbeat ?? DEFAULT_HEARTBEAT
    const settings = { retries, reason: 'its process has died', failureKey: FAILURE_KEY, notice }
    const queued = stale + (await requeueTrials(storage, dead, settings))
    if (queued > 0) await this.refresh()
    return queued
  }

  /**
   * Adds a trial from elsewhere, COMPLETE unless it says otherwise: samplers learn from it.
   * @throws InputError where its parts do not fit together or the study.
   */
  async addTrial(trial: AddedTrial): Promise<TrialRecord> {
    await this.#kernel.queueBaseline()
    const template = templateOf(trial, this.directions.length, this.#kernel.view.distributions)
    const added = await this.storage.createTrial(this.#kernel.record.id, template)
    this.#kernel.view.put(added)
    return added
  }

  /** Brings in what other processes did. */
  async refresh(): Promise<readonly TrialRecord[]> {
    await this.#kernel.refreshRecord()
    await this.#kernel.view.refresh()
    return this.trials
  }

  /** What {@link migrateSpace} would do, without doing it. @throws InputError as migrateSpace. */
  planMigration(space: Space<unknown>): MigrationReport {
    const { changes, usable, unusable } = planMigration(this.trials, this.#knownDistributions(), space)
    return { changes, usable, unusable }
  }

  /**
   * Goes on in another space: ranges may widen and choices be added. The distributions of the study's trials are
   * rewritten in one transaction, as Optuna wants them alike throughout a study; no value changes. Other processes must
   * load the study anew.
   * @returns the study to go on with, typed by the new space, and what changed.
   * @throws InputError where a parameter changes its kind or scale or loses a choice, where a trial is RUNNING or has a
   *   value outside its new range, and where COMPLETE or PRUNED trials lack a parameter, unless `dropUnusable`: samplers
   *   then learn nothing from these.
   */
  async migrateSpace<Next>(
    space: Space<Next>,
    options: { readonly dropUnusable?: boolean } = {},
  ): Promise<{ readonly study: Study<Next>; readonly report: MigrationReport }> {
    const trials = await this.refresh()
    const running = trials.find(({ state }) => state === 'RUNNING')
    if (running !== undefined) {
      throw new InputError(
        `study "${this.name}": trial ${running.number} is RUNNING; migrate the space when none is.`,
      )
    }
    const plan = planMigration(trials, this.#knownDistributions(), space)
    const { changes, usable, unusable } = plan
    const outside = unusable.find((trial) => trial.outside)
    if (outside !== undefined) {
      throw new InputError(
        `study "${this.name}": trial ${outside.number} does not fit, ${outside.reason}; keep the range, or start a new study and add the trials that fit.`,
      )
    }
    const [first] = unusable
    if (first !== undefined && !options.dropUnusable) {
      throw new InputError(
        `study "${this.name}": ${unusable.length} of ${unusable.length + usable.length} trials would be unusable, trial ${first.number} because ${first.reason}; say dropUnusable: true to leave them behind.`,
      )
    }
    const facts = new Map([['space', plan.space.toFacts()]])
    await this.storage.rewriteDistributions(this.#kernel.record.id, plan.distributions, facts)
    this.#kernel.reset({ space: plan.space })
    await this.refresh()
    return { study: this as unknown as Study<Next>, report: { changes, usable, unusable } }
  }

  async setUserAttribute(key: string, value: AttributeValue): Promise<void> {
    checkAttribute(key, value)
    await this.#kernel.setAttribute('user', key, value)
  }

  /** Names the objectives, for reports and Optuna's dashboard. @throws InputError where it is not one name each. */
  async setMetricNames(names: readonly string[]): Promise<void> {
    if (names.length !== this.directions.length) {
      throw new InputError(
        `setMetricNames(): ${names.length} names for ${this.directions.length} objectives; give one each.`,
      )
    }
    await this.#kernel.setAttribute('system', METRIC_NAMES_KEY, [...names])
  }

  /** Lets go of the storage. */
  async close(): Promise<void> {
    await this.storage.close()
  }

  async #running(number: number): Promise<Trial> {
    const open = this.#kernel.opened(number)
    if (open !== undefined) return open
    const record = (await this.refresh())[number]
    if (record?.state === 'RUNNING') return this.#kernel.adopt(record)
    throw new InputError(
      record === undefined
        ? `study "${this.name}": there is no trial ${number}; give the number of one that is RUNNING.`
        : `study "${this.name}": trial ${number} is ${record.state}; only a RUNNING trial can be told.`,
    )
  }

  /** Of the declared parameters, and of what else trials have. */
  #knownDistributions(): ReadonlyMap<string, Distribution> {
    return new Map([...this.#kernel.view.distributions, ...(this.space?.distributions() ?? [])])
  }
}
