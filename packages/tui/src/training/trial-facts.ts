import { FAILURE_KEY, type TrialRecord } from '@thresher/core'
import { RUN_ATTRIBUTES } from '@thresher/sweeps/sweep-study'

/** Names under which trainers take how many epochs a run has. */
const EPOCHS_NAME = /(^|[._/])(max_?|num_?|n_?|total_?)?(train_?)?epochs$/i

/** Why a trial was pruned or failed, as far as it says so. */
export function reasonOf(trial: TrialRecord): string | undefined {
  if (trial.state === 'FAIL') return textOf(trial.systemAttributes.get(FAILURE_KEY))
  if (trial.state !== 'PRUNED') return undefined
  const given = textOf(trial.userAttributes.get(RUN_ATTRIBUTES.pruned))
  const rung = lastRung(trial)
  return given ?? (rung === undefined ? undefined : `stopped at rung ${rung}`)
}

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

/** The text of the attribute, if it is one. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Successive halving notes each rung that a trial reached. */
function lastRung({ systemAttributes }: TrialRecord): number | undefined {
  const rungs = [...systemAttributes.keys()].flatMap((key) => /^completed_rung_(\d+)$/.exec(key)?.[1] ?? [])
  return rungs.length === 0 ? undefined : Math.max(...rungs.map(Number))
}
