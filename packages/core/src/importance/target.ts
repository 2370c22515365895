import { InputError } from '../errors.js'
import type { StudySnapshot } from '../study/study-snapshot.js'
import type { TrialRecord } from '../trial/trial-record.js'

/** What importance is asked for, of a COMPLETE trial: smaller is better. */
export type Target = (trial: TrialRecord) => number

/** COMPLETE trials whose target, or else every value, is finite. */
export function finiteTrials(study: StudySnapshot, target: Target | undefined): TrialRecord[] {
  return study.trials.filter(
    (trial) =>
      trial.state === 'COMPLETE' &&
      (target === undefined ? trial.values!.every(Number.isFinite) : Number.isFinite(target(trial))),
  )
}

/**
 * The names in `asked`, or those of all COMPLETE trials, in code point order.
 * @throws InputError for a name that no COMPLETE trial has
 */
export function namesOf(study: StudySnapshot, asked: readonly string[] | undefined): string[] {
  const known = new Set<string>()
  for (const { state, params } of study.trials) {
    if (state === 'COMPLETE') for (const name of params.keys()) known.add(name)
  }
  const unknown = asked?.find((name) => !known.has(name))
  if (unknown !== undefined) {
    throw new InputError(
      `importances: no COMPLETE trial of ${study.name} has a parameter ${unknown}; give some of ${[...known].join(', ') || 'none'}.`,
    )
  }
  return [...(asked ?? known)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}
