import { FAILURE_KEY, type TrialRecord } from '@thresher/core'
import { RUN_ATTRIBUTES } from './run-attributes.js'

/** Why a trial was pruned or failed, as far as it says so. */
export function endReason(trial: TrialRecord): string | undefined {
  const { state, userAttributes, systemAttributes } = trial
  // The core says the error's class first, which tells people nothing of a run.
  if (state === 'FAIL') return textOf(systemAttributes.get(FAILURE_KEY))?.replace(/^TrainingFailure: /, '')
  if (state !== 'PRUNED') return undefined
  const rung = lastRung(trial)
  return (
    textOf(userAttributes.get(RUN_ATTRIBUTES.pruned)) ??
    (rung === undefined ? undefined : `stopped at rung ${rung}`)
  )
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
