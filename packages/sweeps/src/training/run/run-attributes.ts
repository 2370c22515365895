/**
 * User attributes of a training run's trial, besides those that the core gives it (`seed`, `setting`, `baseline`).
 * Optuna's dashboard shows them as they are.
 */
export const RUN_ATTRIBUTES = {
  /** Which phase it belongs to, from 0. */
  phase: 'phase',
  /** The folder of its last attempt: absolute. */
  directory: 'directory',
  /** Every metric by name, of the report that is its value. */
  metrics: 'metrics',
  /** The step of that report. */
  step: 'step',
  /** Why it was pruned. */
  pruned: 'pruned',
  /** How often it was tried again. */
  retries: 'retries',
  /** The process that runs it: host, pid and start, by which one that died is known. */
  process: 'process',
} as const

/** The study's user attribute that holds what it was begun with. */
export const PLAN_ATTRIBUTE = 'sweep'
