import type { Distribution, ParamValue } from '../space/distribution.js'

/** What became of a trial, in the words that stand in the storage. */
export type TrialState = 'RUNNING' | 'WAITING' | 'COMPLETE' | 'PRUNED' | 'FAIL'

/** What an attribute may hold; numbers may be NaN or infinite, as Python's JSON writes them. */
export type AttributeValue =
  | null
  | boolean
  | number
  | string
  | readonly AttributeValue[]
  | { readonly [key: string]: AttributeValue }

/** A trial as it stands in the storage: a snapshot that nothing changes. */
export interface TrialRecord {
  /** The storage's key; unique over all studies. */
  readonly id: number
  /** From 0, in order of creation within the study. */
  readonly number: number
  readonly state: TrialState
  /** One value an objective where COMPLETE; the last report, or nothing, where PRUNED; never NaN. */
  readonly values: readonly number[] | undefined
  /** In the order in which they were suggested. */
  readonly params: ReadonlyMap<string, ParamValue>
  /** Of each of `params`. */
  readonly distributions: ReadonlyMap<string, Distribution>
  /** Reports by step, ascending; NaN and infinity included. */
  readonly intermediate: ReadonlyMap<number, number>
  readonly userAttributes: ReadonlyMap<string, AttributeValue>
  readonly systemAttributes: ReadonlyMap<string, AttributeValue>
  readonly start: Date | undefined
  readonly complete: Date | undefined
}

/** Whether a trial is COMPLETE, PRUNED or FAIL, and never changes again: Optuna's TrialState.is_finished. */
export function isFinished(state: TrialState): boolean {
  return state === 'COMPLETE' || state === 'PRUNED' || state === 'FAIL'
}
