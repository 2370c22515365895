import type { Distribution } from '../space/distribution.js'
import type { Storage } from '../storage/storage.js'
import { markPlaces } from '../trial/changed-places.js'
import { isFinished, type TrialRecord } from '../trial/trial-record.js'

/** Changes that are remembered, beside four a trial. */
const MOST_LOGGED = 1000

/**
 * What is known of a study's trials, kept up by asking the storage for what is new. A refresh costs the trials that
 * are new or unfinished, and a copy of the array where one of them changed.
 */
export class StudyView {
  readonly #storage: Storage
  readonly #study: number
  readonly #finished = new Set<number>()
  readonly #distributions = new Map<string, Distribution>()
  readonly #running = new Set<number>()
  #waiting = 0
  #counted = 0
  readonly #current: TrialRecord[] = []
  /** Numbers of the trials that were taken in, in that order. */
  #log: number[] = []
  /** A copy of #current, for as long as that does not change. */
  #handed: readonly TrialRecord[] | undefined
  #refreshing: Promise<unknown> = Promise.resolve()

  constructor(storage: Storage, study: number) {
    this.#storage = storage
    this.#study = study
  }

  /** As of the last refresh; the same array while nothing changed. */
  get trials(): readonly TrialRecord[] {
    if (this.#handed === undefined) {
      // Frozen, because who samples trusts the log.
      this.#handed = Object.freeze(this.#current.slice())
      markPlaces(this.#handed, this.#log)
    }
    return this.#handed
  }

  /** How many there are. */
  get length(): number {
    return this.#current.length
  }

  /** How many are COMPLETE, PRUNED or FAIL. */
  get finished(): number {
    return this.#finished.size
  }

  /** How many are COMPLETE or PRUNED. */
  get counted(): number {
    return this.#counted
  }

  /** How many are RUNNING, here or elsewhere. */
  get running(): number {
    return this.#running.size
  }

  /** How many were WAITING at the last refresh. */
  get waiting(): number {
    return this.#waiting
  }

  /** What the study knows each parameter as. */
  get distributions(): Map<string, Distribution> {
    return this.#distributions
  }

  /** Takes in a trial that this process wrote itself, so that it need not be read. */
  put(trial: TrialRecord): void {
    // Trials of other processes may lie before it: the next refresh brings them all.
    if (trial.number > this.#current.length || this.#finished.has(trial.number)) return
    this.#take(trial)
  }

  /** Everything that was written before the call. */
  refresh(): Promise<void> {
    // One after another: an older answer must not come after a newer one.
    const next = this.#refreshing.then(() => this.#read())
    this.#refreshing = next.catch(() => undefined)
    return next
  }

  async #read(): Promise<void> {
    const fresh = await this.#storage.readTrials(this.#study, this.#finished)
    this.#waiting = 0
    for (const trial of fresh) {
      if (trial.state === 'WAITING') this.#waiting++
      // Finished: told by this process while the storage was answering.
      if (trial !== this.#current[trial.number] && !this.#finished.has(trial.number)) this.#take(trial)
    }
  }

  #take(trial: TrialRecord): void {
    this.#handed = undefined
    this.#current[trial.number] = trial
    if (this.#log.length > MOST_LOGGED + 4 * this.#current.length) this.#log = []
    this.#log.push(trial.number)
    if (trial.state === 'RUNNING') this.#running.add(trial.number)
    else this.#running.delete(trial.number)
    if (isFinished(trial.state)) {
      this.#finished.add(trial.number)
      if (trial.state !== 'FAIL') this.#counted++
    }
    for (const [name, distribution] of trial.distributions) {
      if (!this.#distributions.has(name)) this.#distributions.set(name, distribution)
    }
  }
}
