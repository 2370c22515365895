import type { ParamValue } from '../space/distribution.js'
import type { TrialRecord } from '../trial/trial-record.js'

/** A setting that is to run again. */
export interface Repeat {
  readonly params: ReadonlyMap<string, ParamValue>
  /** Undefined in a study without seeds. */
  readonly seed: number | undefined
  /** The number of the first trial of the setting. */
  readonly setting: number
  readonly baseline: boolean
}

/** How a study shares its trials out between new settings and further seeds of the settings that it has. */
export interface RepeatPlan {
  /** The setting that gets the next trial; undefined where a new setting does. */
  next(trials: readonly TrialRecord[]): Repeat | undefined
  /** The seed of a new trial that gets these parameters, as far as they are known, and the setting that it belongs to. */
  assign(
    trials: readonly TrialRecord[],
    params: ReadonlyMap<string, ParamValue>,
  ): Pick<Repeat, 'seed'> & { readonly setting: number | undefined }
  /** Whether a setting with these parameters has run with every seed. */
  isFull(trials: readonly TrialRecord[], params: ReadonlyMap<string, ParamValue>): boolean
  /**
   * What a sampler learns from, where that is not the trials as they are: one record a setting, with the mean of its
   * values. Numbers are kept, places not.
   */
  readonly merge: ((trials: readonly TrialRecord[]) => readonly TrialRecord[]) | undefined
}
