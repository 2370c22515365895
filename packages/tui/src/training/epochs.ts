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
