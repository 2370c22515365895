import { InputError } from '../errors.js'
import type { Direction, StudySnapshot } from '../study/study-snapshot.js'
import type { TrialRecord } from '../trial/trial-record.js'

/** The last step of a trial's reports; undefined before the first. Reports are ascending by step. */
export function lastStep(trial: TrialRecord): number | undefined {
  let last: number | undefined
  for (const step of trial.intermediate.keys()) {
    if (last === undefined || step > last) last = step
  }
  return last
}

/** The best of values, NaN left out; NaN where there is no other. */
export function bestOf(values: Iterable<number>, direction: Direction): number {
  let best = Number.NaN
  for (const value of values) {
    if (Number.isNaN(best) || isBetter(value, best, direction)) best = value
  }
  return best
}

/** Strictly; false where either is NaN. */
export function isBetter(value: number, than: number, direction: Direction): boolean {
  return direction === 'minimize' ? value < than : value > than
}

/**
 * The one direction of a study.
 * @throws InputError where it has several objectives: there is no order of reports to prune by.
 */
export function onlyDirection(study: StudySnapshot, pruner: string): Direction {
  if (study.directions.length !== 1) {
    throw new InputError(
      `study ${study.name} has ${study.directions.length} objectives; ${pruner} prunes studies of one. Create the study without a pruner.`,
    )
  }
  return study.directions[0]!
}

const completeOf = new WeakMap<readonly TrialRecord[], readonly TrialRecord[]>()

/** The COMPLETE trials, by number; found once for every state of the study. */
export function completeTrials(study: StudySnapshot): readonly TrialRecord[] {
  let complete = completeOf.get(study.trials)
  if (complete === undefined) {
    complete = study.trials.filter((trial) => trial.state === 'COMPLETE')
    completeOf.set(study.trials, complete)
  }
  return complete
}

/**
 * The last step of the trial that was the first to complete, of those with reports. Optuna's `auto` resources are
 * fixed by what had completed at the pruner's first use, which a resumed study could not tell; run one after another
 * the two are the same.
 */
export function firstCompletedLastStep(study: StudySnapshot): number | undefined {
  let first: TrialRecord | undefined
  for (const trial of completeTrials(study)) {
    if (trial.intermediate.size === 0) continue
    if (first === undefined || completedBefore(trial, first)) first = trial
  }
  return first && lastStep(first)
}

function completedBefore(trial: TrialRecord, other: TrialRecord): boolean {
  const time = trial.complete?.getTime() ?? 0
  const otherTime = other.complete?.getTime() ?? 0
  return time === otherTime ? trial.number < other.number : time < otherTime
}

/** A value as reasons print it. */
export function inShort(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(5)))
}
