import { InputError } from '../errors.js'
import { optionsOf } from '../options.js'
import type { StudySnapshot } from '../study/study-snapshot.js'
import type { AttributeValue, TrialRecord } from '../trial/trial-record.js'
import type { PruneDecision, Pruner } from './pruner.js'
import { firstCompletedLastStep, inShort, lastStep, onlyDirection } from './reports.js'
import { nextRung, placeOf, rungKey, valuesAtRung } from './rungs.js'

export interface SuccessiveHalvingOptions {
  /**
   * The step of the first rung, at least 1; `auto`, where not given, is a hundredth of the last step of the first
   * trial that completed, and nothing is stopped before.
   */
  readonly minResource?: number | 'auto'
  /** Of the trials at a rung one in as many goes on, at least 2; 4 where not given. */
  readonly reductionFactor?: number
  /** Rungs left out at the bottom; 0 where not given. */
  readonly minEarlyStoppingRate?: number
  /** The first trials that are all stopped at a rung; 0 where not given. */
  readonly bootstrapCount?: number
}

/** The rungs that a trial is held against. */
export interface Halving {
  readonly minResource: number
  readonly reductionFactor: number
  readonly minEarlyStoppingRate: number
  readonly bootstrapCount: number
}

/**
 * Asynchronous successive halving that stops and never resumes, as Optuna decides (pruners/_successive_halving.py):
 * L. Li et al., "A system for massively parallel hyperparameter tuning", MLSys 2020, where whoever is within the best
 * `1 / reductionFactor` of those seen so far goes on. Rung k is decided by the first report of a step of at least
 * minResource * reductionFactor^(minEarlyStoppingRate + k); steps count from 0, so `minResource: 1` first decides at
 * the second report. Values at rungs stand in the trials as `completed_rung_k`.
 */
export function successiveHalving(options: SuccessiveHalvingOptions = {}): Pruner {
  const { minResource = 'auto', reductionFactor = 4, minEarlyStoppingRate = 0, bootstrapCount = 0 } = options
  const checks = optionsOf('successiveHalving')
  checks.allowed(options, ['minResource', 'reductionFactor', 'minEarlyStoppingRate', 'bootstrapCount'])
  if (minResource !== 'auto') checks.whole('minResource', minResource, 1)
  checks.whole('reductionFactor', reductionFactor, 2)
  checks.whole('minEarlyStoppingRate', minEarlyStoppingRate, 0)
  checks.whole('bootstrapCount', bootstrapCount, 0)
  if (bootstrapCount > 0 && minResource === 'auto') {
    throw new InputError(
      `successiveHalving: bootstrapCount is ${bootstrapCount} and minResource auto; give minResource a number.`,
    )
  }
  return {
    name: 'successive-halving',
    options: { minResource, reductionFactor, minEarlyStoppingRate, bootstrapCount },
    decide(study, trial) {
      const resource = minResource === 'auto' ? autoResource(study) : minResource
      if (resource === undefined) {
        return { prune: false, reason: 'no trial with reports has completed yet' }
      }
      return halve(study, trial, {
        minResource: resource,
        reductionFactor,
        minEarlyStoppingRate,
        bootstrapCount,
      })
    },
  }
}

/** Holds a trial against `study`'s trials at every rung that its latest report reached. */
export function halve(study: StudySnapshot, trial: TrialRecord, halving: Halving): PruneDecision {
  const { minResource, reductionFactor, minEarlyStoppingRate, bootstrapCount } = halving
  const minimize = onlyDirection(study, 'successiveHalving') === 'minimize'
  const step = lastStep(trial)
  if (step === undefined) return { prune: false }
  const value = trial.intermediate.get(step)!
  const attributes = new Map<string, AttributeValue>()
  let reason: string | undefined
  for (let rung = nextRung(trial); ; rung++) {
    if (step < minResource * reductionFactor ** (minEarlyStoppingRate + rung)) {
      return { prune: false, ...(reason !== undefined && { reason }), attributes }
    }
    if (Number.isNaN(value)) return { prune: true, reason: `rung ${rung}: NaN`, attributes }
    attributes.set(rungKey(rung), value)
    const values = valuesAtRung(study, rung, trial)
    values.push(value)
    if (values.length <= bootstrapCount) {
      reason = `rung ${rung}: one of the first ${bootstrapCount}, which all stop`
      return { prune: true, reason, attributes }
    }
    const cut = cutAt(values, reductionFactor, minimize)
    const passes = minimize ? value <= cut : value >= cut
    const relation = passes ? 'within' : minimize ? 'over' : 'under'
    reason = `rung ${rung}: ${inShort(value)} ${relation} ${inShort(cut)} (${placeOf(value, values, minimize)})`
    if (!passes) return { prune: true, reason, attributes }
  }
}

/** The worst value that passes: of n values the floor(n / factor)-th best, or the best where n < factor. */
function cutAt(values: readonly number[], factor: number, minimize: boolean): number {
  const sorted = Float64Array.from(values).sort()
  const passing = Math.max(Math.floor(values.length / factor), 1)
  return minimize ? sorted[passing - 1]! : sorted[sorted.length - passing]!
}

function autoResource(study: StudySnapshot): number | undefined {
  const last = firstCompletedLastStep(study)
  return last === undefined ? undefined : Math.max(Math.floor(last / 100), 1)
}
