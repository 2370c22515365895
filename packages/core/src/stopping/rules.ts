import { InputError } from '../errors.js'
import { optionsOf } from '../options.js'
import { bestTrial } from '../pruners/best-trial.js'
import { isBetter } from '../pruners/reports.js'
import type { Direction, StudySnapshot } from '../study/study-snapshot.js'
import type { StoppingRule } from './stopping-rule.js'

export interface MaxTrialsOptions {
  readonly trials: number
  /** Which trials count; COMPLETE and PRUNED where not given, as a failure taught nothing. */
  readonly states?: readonly ('COMPLETE' | 'PRUNED' | 'FAIL')[]
}

/**
 * Stops a study at so many finished trials in all, those of earlier runs and other processes included: Optuna's
 * MaxTrialsCallback.
 */
export function maxTrials(options: MaxTrialsOptions): StoppingRule {
  const { trials, states = ['COMPLETE', 'PRUNED'] } = options
  const checks = optionsOf('maxTrials')
  checks.allowed(options, ['trials', 'states'])
  checks.whole('trials', trials, 1)
  for (const state of states) checks.oneOf('states', state, ['COMPLETE', 'PRUNED', 'FAIL'])
  return {
    name: 'max-trials',
    options: { trials, states },
    shouldStop(study) {
      const done = study.trials.filter(({ state }) => (states as readonly string[]).includes(state)).length
      return { stop: done >= trials, reason: `${done} of ${trials} trials` }
    },
  }
}

/** Stops a run after so many seconds. */
export function timeout(options: { readonly seconds: number }): StoppingRule {
  const { seconds } = options
  const checks = optionsOf('timeout')
  checks.allowed(options, ['seconds'])
  checks.between('seconds', seconds, 0, Number.POSITIVE_INFINITY)
  return {
    name: 'timeout',
    options: { seconds },
    shouldStop: (_, elapsedSeconds = 0) => ({
      stop: elapsedSeconds >= seconds,
      reason: `${Math.floor(elapsedSeconds)} of ${seconds} s`,
    }),
  }
}

/** Stops where the best value is as good as the target. */
export function targetValue(options: { readonly value: number }): StoppingRule {
  const { value } = options
  const checks = optionsOf('targetValue')
  checks.allowed(options, ['value'])
  checks.number('value', value)
  return {
    name: 'target-value',
    options: { value },
    shouldStop(study) {
      const direction = onlyDirection(study, 'targetValue')
      const best = bestTrial(study, direction)?.values?.[0]
      if (best === undefined) return { stop: false, reason: 'no trial is complete' }
      const stop = !isBetter(value, best, direction)
      return { stop, reason: `best ${best}, target ${value}` }
    },
  }
}

export interface StagnationOptions {
  /** COMPLETE trials without a better value that are let pass; 30 where not given. */
  readonly trials?: number
  /** No stop before as many are COMPLETE; 20 where not given. */
  readonly minTrials?: number
}

/**
 * Stops where the best value has not been bettered for more than `trials` complete trials: Optuna's Terminator with
 * BestValueStagnationEvaluator.
 */
export function stagnation(options: StagnationOptions = {}): StoppingRule {
  const { trials = 30, minTrials = 20 } = options
  const checks = optionsOf('stagnation')
  checks.allowed(options, ['trials', 'minTrials'])
  checks.whole('trials', trials, 0)
  checks.whole('minTrials', minTrials, 1)
  return {
    name: 'stagnation',
    options: { trials, minTrials },
    shouldStop(study) {
      const complete = study.trials.filter(({ state }) => state === 'COMPLETE').length
      if (complete < minTrials) return { stop: false, reason: `${complete} of ${minTrials} trials complete` }
      const remaining = stagnationLeft(study, trials)
      const since = trials - remaining
      return { stop: remaining < 0, reason: `no better value in ${since} trials, ${trials} are let pass` }
    },
  }
}

/** How many more complete trials without a better value are let pass; negative beyond. */
export function stagnationLeft(study: StudySnapshot, trials: number): number {
  const direction = onlyDirection(study, 'stagnation')
  const values = study.trials.flatMap(({ state, values }) => (state === 'COMPLETE' ? [values![0]!] : []))
  let best = 0
  for (const [place, value] of values.entries()) if (isBetter(value, values[best]!, direction)) best = place
  return trials - (values.length - 1 - best)
}

function onlyDirection(study: StudySnapshot, rule: string): Direction {
  if (study.directions.length === 1) return study.directions[0]!
  throw new InputError(
    `${rule}: study ${study.name} has ${study.directions.length} objectives and no single best value; use maxTrials or timeout.`,
  )
}
