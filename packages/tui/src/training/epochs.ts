import type { TrialRecord } from '@thresher/core'
import { RUN_FACTS } from '@thresher/sweeps/sweep-study'

/** The first step that any trial reported: 0 or 1 as the trainer counts; undefined before the first report. */
export function firstStepOf(trials: readonly TrialRecord[]): number | undefined {
  let first: number | undefined
  for (const { intermediate } of trials) {
    const [step] = intermediate.keys()
    if (step !== undefined && (first === undefined || step < first)) first = step
  }
  return first
}

/**
 * How many epochs a trial has done by its last report, whether the study's trainer counts from 0 or from 1; of an
 * imported one what its source says.
 */
export function epochsDone(
  { intermediate, userAttributes }: TrialRecord,
  firstStep: number | undefined,
): number {
  const last = [...intermediate.keys()].at(-1)
  if (last !== undefined) return firstStep === 0 ? last + 1 : last
  const said = userAttributes.get(RUN_FACTS.epochs)
  return typeof said === 'number' && said >= 0 ? said : 0
}

/** Names under which trainers take how many epochs a run has. */
const EPOCHS_NAME = /(^|[._/])(max_?|num_?|n_?|total_?)?(train_?)?epochs$/i

/** How many epochs a trial is to have, where a parameter of it, or one of `fixed`, says so. */
export function epochsPlannedOf(
  { params }: Pick<TrialRecord, 'params'>,
  fixed: Iterable<readonly [string, unknown]> = [],
): number | undefined {
  for (const [name, value] of [...params, ...fixed]) {
    if (EPOCHS_NAME.test(name) && typeof value === 'number' && Number.isInteger(value) && value > 0)
      return value
  }
  return undefined
}
