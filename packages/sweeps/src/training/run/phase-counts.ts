import { isBaseline, isFinished, retriedTrials, settingsOf, type TrialRecord } from '@thresher/core'
import type { SweepPlan } from '../sweep-plan.js'
import { RUN_ATTRIBUTES } from './run-attributes.js'

/** Which phase a trial was begun in; undefined before it begins. */
export function phaseOf({ userAttributes }: TrialRecord): number | undefined {
  const phase = userAttributes.get(RUN_ATTRIBUTES.phase)
  return typeof phase === 'number' ? phase : undefined
}

/**
 * The trials that count towards what a phase, or the sweep, may run: finished or under way; not the baseline's, and not
 * those of dead processes, which run again as others.
 */
function countedTrials(trials: readonly TrialRecord[]): TrialRecord[] {
  const retried = retriedTrials(trials)
  return trials.filter(
    (trial) =>
      (isFinished(trial.state) || trial.state === 'RUNNING') &&
      !isBaseline(trial) &&
      !retried.has(trial.number),
  )
}

/** How many runs a searching phase still takes; infinite where nothing ends it. */
export function runsLeft(
  { phases, trials: cap = Number.POSITIVE_INFINITY }: Pick<SweepPlan, 'phases' | 'trials'>,
  index: number,
  trials: readonly TrialRecord[],
): number {
  const counted = countedTrials(trials)
  const inPhase = counted.filter((trial) => phaseOf(trial) === index).length
  return Math.max(0, Math.min(phases[index]!.trials - inPhase, cap - counted.length))
}

/** How many of the baseline's runs are still to begin, with these seeds; none where there is no baseline. */
export function baselineLeft(
  { baseline }: Pick<SweepPlan, 'baseline'>,
  seeds: readonly number[] | undefined,
  trials: readonly TrialRecord[],
): number {
  if (baseline === undefined) return 0
  const begun = trials.filter((trial) => isBaseline(trial) && trial.state !== 'FAIL')
  return Math.max(0, (seeds?.length ?? 1) - begun.length)
}

/** How many runs the sweep may still take as a whole, as far as that is known; undefined where nothing ends it. */
export function expectedLeft(
  plan: Pick<SweepPlan, 'phases' | 'trials' | 'baseline' | 'seeds'>,
  current: number,
  seeds: readonly number[] | undefined,
  trials: readonly TrialRecord[],
): number | undefined {
  let left = baselineLeft(plan, seeds, trials)
  for (const [index, { verify }] of plan.phases.entries()) {
    if (index < current) continue
    if (verify === undefined) left += runsLeft(plan, index, trials)
    else left += verifyLeft(plan, verify, trials)
  }
  return Number.isFinite(left) ? left : undefined
}

function verifyLeft(
  { seeds = [], baseline }: Pick<SweepPlan, 'baseline' | 'seeds'>,
  verify: number,
  trials: readonly TrialRecord[],
): number {
  const further = settingsOf(trials)
    .filter((setting) => !setting.baseline)
    .reduce((sum, setting) => sum + Math.max(0, setting.trials.length - 1), 0)
  const settings = verify * Math.max(0, seeds.length - 1)
  return Math.max(0, settings - further) + baselineLeft({ baseline }, seeds, trials)
}
