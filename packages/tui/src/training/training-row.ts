import type { ParamValue, TrialRecord } from '@thresher/core'
import type { RankedCandidate } from '@thresher/sweeps'

/** What became of a setting: complete as soon as one of its seeds is. */
export type RunState = 'complete' | 'running' | 'waiting' | 'pruned' | 'failed'

/** One setting of a study with the trials that ran it, one a seed: what people call a run. */
export interface TrainingRow {
  /** The number of its first trial: what it is known by, whatever its rank. */
  readonly key: number
  /** For people: the name that it came with, else its number. */
  readonly name: string
  readonly state: RunState
  readonly baseline: boolean
  /** From 1, of the complete ones without the baseline. */
  readonly rank: number | undefined
  readonly params: ReadonlyMap<string, ParamValue>
  /** The mean over its finished runs; the last report of a run that is under way or was pruned. */
  readonly value: number | undefined
  /** Against the baseline, where both have a finished run. */
  readonly standing: RankedCandidate | undefined
  /** Epochs of `shown`. */
  readonly epochs: number
  readonly epochsPlanned: number | undefined
  readonly seedsDone: number
  readonly seedsRunning: number
  readonly seedsQueued: number
  /** By number, the failed ones too. */
  readonly trials: readonly TrialRecord[]
  /** The trial that stands for it: one under way, else the first of its state. */
  readonly shown: TrialRecord
  /** Under way by the storage, but its process gave no sign of life for long. */
  readonly silent: boolean
  /** Why it was pruned or failed. */
  readonly reason: string | undefined
}
