import { rankStudy, type StudyRanking, type StudyRankingOptions } from '../seeds/study-ranking.js'
import { StudyNotFoundError } from '../storage/errors.js'
import type { Storage, StudyRecord } from '../storage/storage.js'
import type { AttributeValue, TrialRecord } from '../trial/trial-record.js'
import type { Budget } from './budget.js'
import { type Facts, factsOf } from './facts.js'
import type { Heartbeat } from './heartbeat.js'
import { metricNamesOf } from './metric-names.js'
import type { Direction, StudySnapshot } from './study-snapshot.js'
import { StudyView } from './study-view.js'

/** A sampler or pruner as a study names it. */
export interface NamedOptions {
  readonly name: string
  readonly options: AttributeValue
}

/**
 * A study as those see it who only look: nothing of it is built, checked or written, so that studies of any sampler
 * open, Optuna's own too, from a storage that is read only. What its getters say is as of the last refresh.
 */
export class StudyWatcher {
  readonly #storage: Storage
  readonly #view: StudyView
  #record: StudyRecord
  #facts: Facts
  #silent: ReadonlySet<number> = new Set()

  private constructor(storage: Storage, record: StudyRecord, facts: Facts) {
    this.#storage = storage
    this.#record = record
    this.#facts = facts
    this.#view = new StudyView(storage, record.id)
  }

  static async open(storage: Storage, name: string): Promise<StudyWatcher> {
    const record = await storage.findStudy(name)
    if (record === undefined) throw new StudyNotFoundError(name, storage.url)
    const watcher = new StudyWatcher(storage, record, factsOf(await storage.readFacts(record.id)))
    await watcher.#readTrials()
    return watcher
  }

  get name(): string {
    return this.#record.name
  }

  /** One an objective. */
  get directions(): readonly Direction[] {
    return this.#record.directions
  }

  /** One an objective, where they were set. */
  get metricNames(): readonly string[] | undefined {
    return metricNamesOf(this.#record)
  }

  get userAttributes(): ReadonlyMap<string, AttributeValue> {
    return this.#record.userAttributes
  }

  /** By number; the same array while nothing changed. */
  get trials(): readonly TrialRecord[] {
    return this.#view.trials
  }

  /** Numbers of RUNNING trials whose process gave no sign of life for the study's grace: it was killed, most likely. */
  get silent(): ReadonlySet<number> {
    return this.#silent
  }

  get snapshot(): StudySnapshot {
    return { name: this.name, directions: this.directions, trials: this.trials }
  }

  /** Undefined in studies of Optuna's own. */
  get sampler(): NamedOptions | undefined {
    return (this.#facts.sampler ?? undefined) as NamedOptions | undefined
  }

  get pruner(): NamedOptions | undefined {
    return (this.#facts.pruner ?? undefined) as NamedOptions | undefined
  }

  get seeds(): readonly number[] | undefined {
    return (this.#facts.seeds ?? undefined) as readonly number[] | undefined
  }

  get budget(): Budget | undefined {
    return (this.#facts.budget ?? undefined) as Budget | undefined
  }

  get heartbeat(): Heartbeat | undefined {
    return (this.#facts.heartbeat ?? undefined) as Heartbeat | undefined
  }

  /** As `Study.ranking`. */
  ranking(options: StudyRankingOptions = {}): StudyRanking {
    return rankStudy(this.snapshot, this.seeds, options)
  }

  /**
   * Brings in what was written since.
   * @throws StudyNotFoundError where the study was deleted; StorageError where the storage fails.
   */
  async refresh(): Promise<readonly TrialRecord[]> {
    const record = await this.#storage.findStudy(this.name)
    if (record?.id !== this.#record.id) throw new StudyNotFoundError(this.name, this.#storage.url)
    this.#facts = factsOf(await this.#storage.readFacts(record.id))
    this.#record = record
    await this.#readTrials()
    return this.trials
  }

  async #readTrials(): Promise<void> {
    await this.#view.refresh()
    const grace = this.heartbeat?.grace
    const stale =
      grace === undefined || this.#view.running === 0
        ? []
        : await this.#storage.staleTrials(this.#record.id, grace)
    this.#silent = new Set(stale.map(({ number }) => number))
  }
}

/**
 * The study of that name, to look at while others write it.
 * @throws StudyNotFoundError where there is none; StorageError where the storage fails.
 */
export function watchStudy({
  name,
  storage,
}: {
  readonly name: string
  readonly storage: Storage
}): Promise<StudyWatcher> {
  return StudyWatcher.open(storage, name)
}
