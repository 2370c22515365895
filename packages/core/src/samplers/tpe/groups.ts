import type { Distribution, SearchSpace } from '../../space/distribution.js'
import { sortedSpace } from '../../space/intersection.js'
import type { TrialRecord } from '../../trial/trial-record.js'

/**
 * The parameters of a growing study in the coarsest groups of which every COMPLETE or PRUNED trial has all or none: the
 * spaces that are drawn from where parameters depend on others (Optuna 5.0, search_space/group_decomposed.py). Each
 * finished trial is looked at once.
 */
export class ParameterGroups {
  #groups: Map<string, Distribution>[] = []
  #spaces: SearchSpace[] | undefined
  /** Trials from here on were not looked at. */
  #next = 0
  /** Places before #next that were not finished when they were. */
  #pending: number[] = []

  /** The groups of a study's trials; later calls get the same trials, further on. */
  update(trials: readonly TrialRecord[]): readonly SearchSpace[] {
    this.#pending = this.#pending.filter((place) => !this.#take(trials[place]!))
    for (; this.#next < trials.length; this.#next++) {
      if (!this.#take(trials[this.#next]!)) this.#pending.push(this.#next)
    }
    this.#spaces ??= this.#groups.map(sortedSpace).filter((space) => space.size > 0)
    return this.#spaces
  }

  /** Whether the trial is finished, and so never looked at again. */
  #take({ state, distributions }: TrialRecord): boolean {
    if (state === 'RUNNING' || state === 'WAITING') return false
    if (state !== 'FAIL') this.#divide(distributions)
    return true
  }

  #divide(distributions: ReadonlyMap<string, Distribution>): void {
    const rest = new Map(distributions)
    const groups: Map<string, Distribution>[] = []
    for (const group of this.#groups) {
      groups.push(new Map([...group].filter(([name]) => distributions.has(name))))
      groups.push(new Map([...group].filter(([name]) => !distributions.has(name))))
      for (const name of group.keys()) rest.delete(name)
    }
    groups.push(rest)
    const divided = groups.filter((group) => group.size > 0)
    if (divided.length !== this.#groups.length) this.#spaces = undefined
    this.#groups = divided
  }
}
