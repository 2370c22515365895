import { InputError } from '../errors.js'
import { optionsOf } from '../options.js'
import { isDue } from './interval.js'
import type { Pruner } from './pruner.js'
import { inShort, lastStep, onlyDirection } from './reports.js'

export interface ThresholdPrunerOptions {
  /** A report below it stops the trial; no bound where not given. */
  readonly lower?: number | null
  /** A report above it stops the trial; no bound where not given. One of the two is needed. */
  readonly upper?: number | null
  /** No trial is stopped before this step; 0 where not given. */
  readonly nWarmupSteps?: number
  /** Steps from one look to the next; 1 where not given. */
  readonly intervalSteps?: number
}

/** Stops a trial whose latest report is NaN or out of bounds (Optuna's pruners/_threshold.py). */
export function thresholdPruner(options: ThresholdPrunerOptions): Pruner {
  const { lower = null, upper = null, nWarmupSteps = 0, intervalSteps = 1 } = options ?? {}
  const checks = optionsOf('thresholdPruner')
  checks.allowed(options ?? {}, ['lower', 'upper', 'nWarmupSteps', 'intervalSteps'])
  if (lower === null && upper === null) {
    throw new InputError('thresholdPruner: neither lower nor upper is given; give at least one.')
  }
  if (lower !== null) checks.number('lower', lower)
  if (upper !== null) checks.number('upper', upper)
  if (lower !== null && upper !== null && lower > upper) {
    throw new InputError(`thresholdPruner: lower is ${lower} and upper is ${upper}; give lower <= upper.`)
  }
  checks.whole('nWarmupSteps', nWarmupSteps, 0)
  checks.whole('intervalSteps', intervalSteps, 1)
  return {
    name: 'threshold',
    options: { lower, upper, nWarmupSteps, intervalSteps },
    decide(study, trial) {
      onlyDirection(study, 'thresholdPruner')
      const step = lastStep(trial)
      if (step === undefined || !isDue(trial, step, nWarmupSteps, intervalSteps)) return { prune: false }
      const value = trial.intermediate.get(step)!
      if (Number.isNaN(value)) return { prune: true, reason: `step ${step}: NaN` }
      if (lower !== null && value < lower) {
        return { prune: true, reason: `step ${step}: ${inShort(value)} below ${inShort(lower)}` }
      }
      if (upper !== null && value > upper) {
        return { prune: true, reason: `step ${step}: ${inShort(value)} above ${inShort(upper)}` }
      }
      return { prune: false }
    },
  }
}
