import type { TrialState } from '../../trial/trial-record.js'

/** The operations of Optuna's journal file, by their number (Optuna 5.0, storages/journal/_storage.py). */
export const OPERATION = {
  createStudy: 0,
  deleteStudy: 1,
  setStudyUserAttribute: 2,
  setStudySystemAttribute: 3,
  createTrial: 4,
  setTrialParam: 5,
  setTrialState: 6,
  setIntermediateValue: 7,
  setTrialUserAttribute: 8,
  setTrialSystemAttribute: 9,
  /** Rustuna's; Optuna passes over it. */
  discardTrials: 10,
} as const

/** States by their number. */
export const STATES: readonly TrialState[] = ['RUNNING', 'COMPLETE', 'PRUNED', 'FAIL', 'WAITING']

/** Directions by their number; 0 is NOT_SET. */
export const DIRECTIONS = [undefined, 'minimize', 'maximize'] as const
