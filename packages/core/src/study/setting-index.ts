import type { TrialRecord } from '../trial/trial-record.js'
import { trialSettingKey } from './setting-key.js'

/** Which settings a growing study has taken: those of all trials but the failed. Each finished trial is looked at once. */
export class SettingIndex {
  readonly #finished = new Set<string>()
  /** Of trials that are not finished, by number. */
  readonly #unfinished = new Map<number, string>()
  /** Of trials that will get these parameters, though the storage does not have them all yet. */
  readonly #announced = new Map<number, string>()
  #next = 0

  update(trials: readonly TrialRecord[]): void {
    for (const number of this.#unfinished.keys()) {
      const trial = trials[number]
      if (trial !== undefined) this.#take(trial)
    }
    for (; this.#next < trials.length; this.#next++) this.#take(trials[this.#next]!)
  }

  has(key: string): boolean {
    if (this.#finished.has(key)) return true
    for (const taken of this.#unfinished.values()) if (taken === key) return true
    for (const taken of this.#announced.values()) if (taken === key) return true
    return false
  }

  /** Says what a trial that is about to run will get, before the storage knows. */
  announce(number: number, key: string): void {
    this.#announced.set(number, key)
  }

  #take(trial: TrialRecord): void {
    if (trial.state === 'RUNNING' || trial.state === 'WAITING') {
      this.#unfinished.set(trial.number, trialSettingKey(trial))
      return
    }
    this.#unfinished.delete(trial.number)
    this.#announced.delete(trial.number)
    if (trial.state !== 'FAIL') this.#finished.add(trialSettingKey(trial))
  }
}
