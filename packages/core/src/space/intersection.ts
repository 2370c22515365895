import type { TrialRecord } from '../trial/trial-record.js'
import type { Distribution, SearchSpace } from './distribution.js'
import { isSingle } from './param-value.js'
import { sameDistribution } from './same-distribution.js'

/**
 * The parameters that every COMPLETE or PRUNED trial of a growing study has, with equal distributions; those with one
 * value only are left out. Each finished trial is looked at once. One object follows one study.
 */
export class IntersectionSpace {
  #shared: Map<string, Distribution> | undefined
  #space: SearchSpace | undefined
  /** Trials from here on were not looked at. */
  #next = 0
  /** Numbers before #next that were not finished when they were. */
  #pending: number[] = []

  /**
   * The space of a study's trials, by number; later calls get the same trials, further on. The same object comes back
   * while it stays the same.
   */
  update(trials: readonly TrialRecord[]): SearchSpace {
    this.#pending = this.#pending.filter((number) => !this.#take(trials[number]!))
    for (; this.#next < trials.length; this.#next++) {
      if (!this.#take(trials[this.#next]!)) this.#pending.push(this.#next)
    }
    this.#space ??= sortedSpace(this.#shared ?? new Map())
    return this.#space
  }

  /** Whether the trial is finished, and so never looked at again. */
  #take({ state, distributions }: TrialRecord): boolean {
    if (state === 'RUNNING' || state === 'WAITING') return false
    if (state === 'FAIL') return true
    if (this.#shared === undefined) {
      this.#shared = new Map(distributions)
      this.#space = undefined
      return true
    }
    for (const [name, distribution] of this.#shared) {
      const other = distributions.get(name)
      if (other !== undefined && sameDistribution(distribution, other)) continue
      this.#shared.delete(name)
      this.#space = undefined
    }
    return true
  }
}

/** By name in code point order, without what has one value only. */
export function sortedSpace(distributions: Iterable<readonly [string, Distribution]>): SearchSpace {
  return new Map(
    [...distributions]
      .filter(([, distribution]) => !isSingle(distribution))
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  )
}
