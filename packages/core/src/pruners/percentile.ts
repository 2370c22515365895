import { optionsOf } from '../options.js'
import type { StudySnapshot } from '../study/study-snapshot.js'
import type { TrialRecord } from '../trial/trial-record.js'
import { isDue } from './interval.js'
import { percentileOf } from './percentile-of.js'
import type { PruneDecision, Pruner } from './pruner.js'
import { bestOf, completeTrials, inShort, isBetter, lastStep, onlyDirection } from './reports.js'

export interface MedianPrunerOptions {
  /** No trial is stopped before as many have completed; 5 where not given. */
  readonly nStartupTrials?: number
  /** No trial is stopped before this step; 0 where not given. */
  readonly nWarmupSteps?: number
  /** Steps from one look to the next; 1 where not given. */
  readonly intervalSteps?: number
  /** A step decides only where as many completed trials reported it; 1 where not given. */
  readonly nMinTrials?: number
}

export interface PercentilePrunerOptions extends MedianPrunerOptions {
  /** In [0, 100]: 25 keeps the best quarter. */
  readonly percentile: number
}

/**
 * Stops a trial whose best report so far is worse than the median of the completed trials' reports at the same step.
 * D. Golovin et al., "Google Vizier: a service for black-box optimization", KDD 2017, section 3.2.1, as Optuna
 * decides (pruners/_median.py): best so far is held against values at the step, not against their best so far.
 */
export function medianPruner(options: MedianPrunerOptions = {}): Pruner {
  const checked = checkOptions('medianPruner', options, [])
  return {
    name: 'median',
    options: checked,
    decide: (study, trial) => decide('medianPruner', study, trial, { ...checked, percentile: 50 }),
  }
}

/** As {@link medianPruner}, with another percentile than the 50th (Optuna's pruners/_percentile.py). */
export function percentilePruner(options: PercentilePrunerOptions): Pruner {
  const checks = optionsOf('percentilePruner')
  const percentile = checks.within('percentile', options?.percentile, 0, 100)
  const checked = { percentile, ...checkOptions('percentilePruner', options, ['percentile']) }
  return {
    name: 'percentile',
    options: checked,
    decide: (study, trial) => decide('percentilePruner', study, trial, checked),
  }
}

function checkOptions(
  owner: string,
  options: MedianPrunerOptions,
  others: readonly string[],
): Required<MedianPrunerOptions> {
  const { nStartupTrials = 5, nWarmupSteps = 0, intervalSteps = 1, nMinTrials = 1 } = options
  const checks = optionsOf(owner)
  checks.allowed(options, [...others, 'nStartupTrials', 'nWarmupSteps', 'intervalSteps', 'nMinTrials'])
  return {
    nStartupTrials: checks.whole('nStartupTrials', nStartupTrials, 0),
    nWarmupSteps: checks.whole('nWarmupSteps', nWarmupSteps, 0),
    intervalSteps: checks.whole('intervalSteps', intervalSteps, 1),
    nMinTrials: checks.whole('nMinTrials', nMinTrials, 1),
  }
}

function decide(
  owner: string,
  study: StudySnapshot,
  trial: TrialRecord,
  options: Required<PercentilePrunerOptions>,
): PruneDecision {
  const direction = onlyDirection(study, owner)
  const step = lastStep(trial)
  if (step === undefined) return { prune: false }
  const complete = completeTrials(study)
  if (complete.length === 0 || complete.length < options.nStartupTrials) {
    return { prune: false, reason: `${complete.length} of ${options.nStartupTrials} startup trials complete` }
  }
  if (!isDue(trial, step, options.nWarmupSteps, options.intervalSteps)) return { prune: false }
  const best = bestOf(trial.intermediate.values(), direction)
  if (Number.isNaN(best)) return { prune: true, reason: `step ${step}: nothing but NaN reported` }

  const others: number[] = []
  for (const { intermediate } of complete) {
    const value = intermediate.get(step)
    if (value !== undefined) others.push(value)
  }
  if (others.length < options.nMinTrials) {
    const reason = `step ${step}: reported by ${others.length} of the ${options.nMinTrials} trials it takes`
    return { prune: false, reason }
  }
  const { percentile } = options
  const threshold = percentileOf(others, direction === 'minimize' ? percentile : 100 - percentile)
  if (Number.isNaN(threshold)) return { prune: false, reason: `step ${step}: the others reported NaN` }
  const prune = isBetter(threshold, best, direction)
  const whose = `${percentile === 50 ? 'median' : `percentile ${percentile}`} of ${others.length} trials`
  const relation = prune ? 'worse than' : 'within'
  return {
    prune,
    reason: `step ${step}: best ${inShort(best)} ${relation} ${inShort(threshold)} (${whose})`,
  }
}
