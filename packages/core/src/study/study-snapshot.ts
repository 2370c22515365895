import type { TrialRecord } from '../trial/trial-record.js'

export type Direction = 'minimize' | 'maximize'

/**
 * What samplers, pruners and reports see of a study. The same array object is handed out as long as nothing changed;
 * trials that are finished keep their object for ever, so that whatever is derived from one may be cached by it.
 */
export interface StudySnapshot {
  readonly name: string
  /** One an objective. */
  readonly directions: readonly Direction[]
  /** By number; trials[n].number === n. */
  readonly trials: readonly TrialRecord[]
}
