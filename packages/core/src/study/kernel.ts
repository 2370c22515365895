import type { PruneDecision, Pruner } from '../pruners/pruner.js'
import type { Sampler } from '../samplers/sampler.js'
import { isBaseline, repeatWrites, seedOf, settingOf } from '../seeds/repeat-attributes.js'
import type { Repeat, RepeatPlan } from '../seeds/repeat-plan.js'
import { checkCompatible } from '../space/same-distribution.js'
import type { Space } from '../space/space.js'
import type { AttributeScope, Storage, StudyRecord, TrialWrite } from '../storage/storage.js'
import { checkedAttributes } from '../trial/check-attribute.js'
import { MutableTrial } from '../trial/mutable-trial.js'
import { FIXED_PARAMS_KEY, fixedParamsOf, Trial, type TrialHost } from '../trial/trial.js'
import type { AttributeValue, TrialRecord } from '../trial/trial-record.js'
import { closingOf, type ToldState } from './closing.js'
import { Drawer, type DrawRequest, type Duplicates } from './drawer.js'
import { type Drawing, drawingWrites, NOTHING_DRAWN } from './drawing.js'
import { type RandomStreams, randomStreams } from './random-streams.js'
import type { StudySnapshot } from './study-snapshot.js'
import { StudyView } from './study-view.js'

/** Why a trial failed: our own attribute, which Optuna's tools show. */
export const FAILURE_KEY = 'thresher:failure'

export interface KernelParts {
  readonly storage: Storage
  readonly record: StudyRecord
  readonly sampler: Sampler
  readonly pruner: Pruner | undefined
  readonly seed: number
  readonly space: Space<unknown> | undefined
  readonly duplicates: Duplicates
  readonly repeats: RepeatPlan | undefined
  readonly notice: (text: string) => void
}

export interface AskOptions {
  /** The trial's signal. */
  readonly signal?: AbortSignal
  /** Whether the trial is to be known as alive from its first moment. */
  readonly heartbeat?: boolean
  /** What the trial has from its first moment, unless another process takes its number meanwhile. */
  readonly userAttributes?: Readonly<Record<string, AttributeValue>> | undefined
}

const RUNNING = { state: 'RUNNING' } as const
const NEVER = new AbortController().signal

/** Asking for trials and telling their results: what everything else of a study loops over. */
export class Kernel {
  #parts: KernelParts
  #record: StudyRecord
  #view: StudyView
  #drawer: Drawer
  readonly #streams: RandomStreams
  /** Trials that this process asked for and has not told. */
  readonly #open = new Map<number, Trial>()
  #asking: Promise<unknown> = Promise.resolve()

  constructor(parts: KernelParts) {
    this.#parts = parts
    this.#record = parts.record
    this.#view = new StudyView(parts.storage, parts.record.id)
    this.#streams = randomStreams(parts.seed)
    this.#drawer = this.#newDrawer()
  }

  get parts(): KernelParts {
    return this.#parts
  }

  get record(): StudyRecord {
    return this.#record
  }

  get view(): StudyView {
    return this.#view
  }

  get snapshot(): StudySnapshot {
    const { name, directions } = this.#record
    return { name, directions, trials: this.#view.trials }
  }

  /** Whether the sampler has nothing left to draw, and no trial waits, is to be promoted or to be repeated. */
  get exhausted(): boolean {
    const { sampler, pruner, repeats } = this.#parts
    if (this.#view.waiting > 0 || !sampler.exhausted?.(this.snapshot)) return false
    return pruner?.promote?.(this.snapshot) === undefined && repeats?.next(this.#view.trials) === undefined
  }

  /**
   * The next trial: one that waits, one that the pruner promotes, a further seed of a setting, or a new setting. One
   * after another, so that each draw knows of the trials before it.
   * @throws SpaceExhausted where there is none.
   */
  ask(options: AskOptions = {}): Promise<Trial> {
    const next = this.#asking.then(() => this.#ask(options))
    this.#asking = next.catch(() => undefined)
    return next
  }

  /** Queues what the baseline lacks, so that it comes before what is enqueued or added after it. */
  async queueBaseline(): Promise<void> {
    await this.#view.refresh()
    for (;;) {
      const repeat = this.#parts.repeats?.next(this.#view.trials)
      if (!repeat?.baseline) return
      const queued = new MutableTrial(-1, -1, { state: 'WAITING' })
      for (const write of this.#repeatWrites(repeat)) queued.apply(write)
      const { userAttributes, systemAttributes } = queued
      const template = { state: 'WAITING', userAttributes, systemAttributes } as const
      this.#view.put(await this.#parts.storage.createTrial(this.#record.id, template))
    }
  }

  /** @throws InputError where the values do not fit the study; FinishedTrialError where it was told before. */
  async tell(
    trial: Trial,
    told: number | readonly number[] | undefined,
    state?: ToldState,
  ): Promise<TrialRecord> {
    const closing = closingOf(trial.record(), this.#record.directions.length, told, state)
    const { notice } = closing
    if (notice !== undefined) this.#parts.notice(notice)
    return this.#close(trial, closing.state, closing.values, notice)
  }

  /** Ends a trial as FAIL, for a reason that stands in its attributes. */
  fail(trial: Trial, reason: string): Promise<TrialRecord> {
    return this.#close(trial, 'FAIL', [], reason)
  }

  /** Puts a RUNNING trial back in the queue, with what it has so far. */
  async release(trial: Trial): Promise<void> {
    this.#open.delete(trial.number)
    await trial.finish([{ kind: 'state', state: 'WAITING' }])
    this.#view.put(trial.record())
  }

  /** The trial of that number that this process asked for and has not told. */
  opened(number: number): Trial | undefined {
    return this.#open.get(number)
  }

  /** A RUNNING trial that another process asked for, to be told here. */
  adopt(record: TrialRecord): Trial {
    return this.#openTrial(record, NOTHING_DRAWN, this.#view.trials, NEVER)
  }

  async refreshRecord(): Promise<StudyRecord> {
    this.#record = (await this.#parts.storage.findStudy(this.#record.name)) ?? this.#record
    return this.#record
  }

  async setAttribute(scope: AttributeScope, key: string, value: AttributeValue): Promise<void> {
    await this.#parts.storage.setStudyAttribute(this.#record.id, scope, key, value)
    const field = scope === 'user' ? 'userAttributes' : 'systemAttributes'
    this.#record = { ...this.#record, [field]: new Map(this.#record[field]).set(key, value) }
  }

  /** Goes on with other parts, and forgets what was read and drawn from. */
  reset(parts: Partial<KernelParts>): void {
    this.#parts = { ...this.#parts, ...parts }
    this.#view = new StudyView(this.#parts.storage, this.#record.id)
    this.#drawer = this.#newDrawer()
  }

  async #ask({ signal = NEVER, heartbeat = false, userAttributes = {} }: AskOptions): Promise<Trial> {
    const { storage, sampler, repeats } = this.#parts
    const alive: TrialWrite[] = heartbeat ? [{ kind: 'heartbeat' }] : []
    for (const [key, value] of checkedAttributes(Object.entries(userAttributes))) {
      alive.push({ kind: 'attribute', scope: 'user', key, value })
    }
    await this.#view.refresh()
    const { trials } = this.#view
    if (sampler.usesStudyAttributes) await this.refreshRecord()

    // The baseline is what everything is held against: it goes before what was enqueued.
    const repeat = repeats?.next(trials)
    if (this.#view.waiting > 0 && !repeat?.baseline) {
      const claimed = await storage.claimWaiting(this.#record.id, alive)
      if (claimed !== undefined) return this.#begin(claimed, trials, signal)
    }

    const { drawing, writes } = await this.#newTrial(trials, alive, repeat)
    const record = await storage.createTrial(this.#record.id, RUNNING, writes, trials.length)
    // Another process took the number: what was drawn was not for this trial.
    if (record.number !== trials.length) {
      await this.#view.refresh()
      return this.#begin(record, this.#view.trials, signal)
    }
    await this.#writeStudyAttributes(drawing)
    this.#view.put(record)
    return this.#openTrial(record, drawing, trials, signal)
  }

  /** What the next trial, if it is ours, begins with. */
  async #newTrial(
    trials: readonly TrialRecord[],
    alive: readonly TrialWrite[],
    repeat: Repeat | undefined,
  ): Promise<{ drawing: Drawing; writes: readonly TrialWrite[] }> {
    const number = trials.length
    if (repeat !== undefined) {
      const drawing = this.#drawer.given(repeat.params)
      const declared = drawingWrites(drawing, number, undefined, this.#parts.notice)
      const fixed = Object.fromEntries(repeat.params)
      const writes = [
        systemAttribute(FIXED_PARAMS_KEY, fixed),
        ...repeatWrites(repeat),
        ...declared,
        ...alive,
      ]
      return { drawing, writes }
    }
    const promotion = this.#parts.pruner?.promote?.(this.snapshot)
    if (promotion !== undefined) {
      const writes = [...promotion.writes, ...repeatWritesOf(trials[promotion.from]!), ...alive]
      return { drawing: NOTHING_DRAWN, writes }
    }
    const drawing = await this.#draw({ number, trials, given: new Map() })
    return { drawing, writes: [...this.#newWrites(drawing, number, trials), ...alive] }
  }

  #repeatWrites(repeat: Repeat): TrialWrite[] {
    return [systemAttribute(FIXED_PARAMS_KEY, Object.fromEntries(repeat.params)), ...repeatWrites(repeat)]
  }

  /** Draws for a trial that is there already: enqueued, or created without parameters. */
  async #begin(record: TrialRecord, known: readonly TrialRecord[], signal: AbortSignal): Promise<Trial> {
    const { storage } = this.#parts
    const waited = known[record.number]?.state !== 'RUNNING'
    const trials = waited ? known : known.slice(0, record.number)
    const given = new Map([...Object.entries(fixedParamsOf(record)), ...record.params])
    try {
      const drawing = await this.#draw({ number: record.number, trials, given })
      const writes = this.#newWrites(drawing, record.number, trials, record)
      if (writes.length > 0) await storage.writeTrial(record.id, writes)
      await this.#writeStudyAttributes(drawing)
      const begun = new MutableTrial(record.id, record.number, record)
      for (const write of writes) begun.apply(write)
      this.#view.put(begun.record())
      return this.#openTrial(begun.record(), drawing, trials, signal)
    } catch (error) {
      await this.#abandon(record, error)
      throw error
    }
  }

  /** A trial that could not be begun must not stay RUNNING. */
  async #abandon(record: TrialRecord, error: unknown): Promise<void> {
    const reason = error instanceof Error ? error.message : String(error)
    await this.#parts.storage
      .writeTrial(record.id, [failure(reason), { kind: 'state', state: 'FAIL' }])
      // What went wrong first is what people should hear of.
      .catch(() => undefined)
  }

  #draw(request: Omit<DrawRequest, 'studyAttributes'>): Promise<Drawing> {
    return this.#drawer.draw({ ...request, studyAttributes: this.#record.systemAttributes })
  }

  #newWrites(
    drawing: Drawing,
    number: number,
    trials: readonly TrialRecord[],
    record?: TrialRecord,
  ): TrialWrite[] {
    const writes = drawingWrites(drawing, number, record, this.#parts.notice)
    if (this.#parts.repeats === undefined || (record !== undefined && seedOf(record) !== undefined))
      return writes
    const { seed, setting = number } = this.#parts.repeats.assign(trials, drawing.params)
    if (seed !== undefined) writes.push(...repeatWrites({ seed, setting, baseline: false }))
    return writes
  }

  #openTrial(
    record: TrialRecord,
    drawing: Drawing,
    trials: readonly TrialRecord[],
    signal: AbortSignal,
  ): Trial {
    const request = { number: record.number, trials, studyAttributes: this.#record.systemAttributes }
    const host: TrialHost = {
      objectives: this.#record.directions.length,
      checkDistribution: (name, distribution) => {
        const known = this.#view.distributions.get(name)
        if (known === undefined) this.#view.distributions.set(name, distribution)
        else checkCompatible(name, known, distribution)
      },
      drawOne: (trial, name, distribution) =>
        this.#drawer.drawOne(request, drawing.attempt, trial, name, distribution),
      write: (trial, writes) => this.#parts.storage.writeTrial(trial, writes),
      decide: (trial) => this.#decide(trial),
      notice: this.#parts.notice,
    }
    const seed = seedOf(record) ?? this.#streams.trialSeed(record.number)
    const trial = new Trial({ host, record, drawn: drawing.params, seed, signal })
    this.#open.set(trial.number, trial)
    return trial
  }

  async #decide(trial: TrialRecord): Promise<PruneDecision> {
    const { pruner } = this.#parts
    if (pruner === undefined) return { prune: false }
    await this.#view.refresh()
    return pruner.decide(this.snapshot, trial)
  }

  async #close(
    trial: Trial,
    state: ToldState,
    values: readonly number[],
    reason: string | undefined,
  ): Promise<TrialRecord> {
    const writes: TrialWrite[] = reason === undefined ? [] : [failure(reason)]
    writes.push(values.length === 0 ? { kind: 'state', state } : { kind: 'state', state, values })
    this.#open.delete(trial.number)
    await trial.finish(writes)
    const record = trial.record()
    this.#view.put(record)
    return record
  }

  async #writeStudyAttributes({ studyAttributes }: Drawing): Promise<void> {
    for (const [key, value] of studyAttributes) await this.setAttribute('system', key, value)
  }

  #newDrawer(): Drawer {
    const { sampler, pruner, space, duplicates, repeats } = this.#parts
    const { name, directions } = this.#record
    return new Drawer({
      name,
      directions,
      sampler,
      pruner,
      streams: this.#streams,
      space,
      duplicates,
      repeats,
    })
  }
}

/** A trial that goes on keeps its seed and setting. */
function repeatWritesOf(trial: TrialRecord): readonly TrialWrite[] {
  const seed = seedOf(trial)
  if (seed === undefined) return []
  return repeatWrites({ seed, setting: settingOf(trial), baseline: isBaseline(trial) })
}

function failure(reason: string): TrialWrite {
  return systemAttribute(FAILURE_KEY, reason)
}

function systemAttribute(key: string, value: AttributeValue): TrialWrite {
  return { kind: 'attribute', scope: 'system', key, value }
}
