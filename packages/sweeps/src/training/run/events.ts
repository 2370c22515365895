import type { ParamValue, TrialState } from '@thresher/core'

/** How far a sweep is: counts of the study's trials, other processes' included; not those that are run again. */
export interface SweepProgress {
  readonly complete: number
  readonly pruned: number
  readonly failed: number
  readonly running: number
  /** Runs that have yet to start, as far as the phases say; undefined where nothing but the user ends the sweep. */
  readonly left: number | undefined
  /** Undefined until a run has finished, and where `left` is. */
  readonly secondsLeft: number | undefined
  /** Of this sitting. */
  readonly elapsedSeconds: number
}

/** What every event of a run says. */
interface OfRun {
  /** The trial's number within the study. */
  readonly number: number
}

/**
 * What happens in a sweep, in the order in which it happens. Plain data: a line of --jsonl is the event itself, NaN as
 * null.
 */
export type SweepEvent =
  | {
      readonly event: 'sweep'
      readonly study: string
      /** The storage's URL, without a password. */
      readonly storage: string
      /** Where the runs' folders are. */
      readonly directory: string
      readonly trainer: string
      readonly metric: string
      readonly direction: 'minimize' | 'maximize'
      readonly workers: number
      /** Whether the study was there before. */
      readonly resumed: boolean
    }
  /** A phase begins, or goes on. `skipped` says why it does not. */
  | {
      readonly event: 'phase'
      readonly name: string
      /** From 0. */
      readonly index: number
      readonly phases: number
      /** How many runs it is to have; undefined where nothing ends it. */
      readonly trials: number | undefined
      readonly skipped: string | undefined
    }
  | ({
      readonly event: 'started'
      readonly params: Readonly<Record<string, ParamValue>>
      readonly seed: number
      readonly baseline: boolean
      /** From 0; above it where an earlier attempt failed. */
      readonly attempt: number
      readonly worker: number
      readonly directory: string
    } & OfRun)
  | ({
      readonly event: 'report'
      readonly step: number
      readonly value: number
      readonly metrics: Readonly<Record<string, number>>
    } & OfRun)
  /** An attempt failed and another follows after `seconds`. */
  | ({ readonly event: 'retry'; readonly reason: string; readonly seconds: number } & OfRun)
  | ({
      readonly event: 'finished'
      readonly state: Extract<TrialState, 'COMPLETE' | 'PRUNED' | 'FAIL'>
      /** Of a pruned run its last report. */
      readonly value: number | undefined
      /** Why it was pruned or failed. */
      readonly reason: string | undefined
      readonly seconds: number
      readonly directory: string | undefined
    } & OfRun)
  /** A run was cut short and is queued again. */
  | ({ readonly event: 'queued' } & OfRun)
  | ({ readonly event: 'progress' } & SweepProgress)
  /** What people should hear of. */
  | { readonly event: 'notice'; readonly text: string }
  | { readonly event: 'ended'; readonly reason: SweepEnd; readonly text: string }

/** Why a sweep ended; `broken`: its runs fail one after another. */
export type SweepEnd =
  | 'done'
  | 'count'
  | 'target'
  | 'timeout'
  | 'exhausted'
  | 'rule'
  | 'broken'
  | 'interrupted'
