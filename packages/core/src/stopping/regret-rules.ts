import { InputError } from '../errors.js'
import { optionsOf } from '../options.js'
import { bestTrial } from '../pruners/best-trial.js'
import { IntersectionSpace } from '../space/intersection.js'
import type { StudySnapshot } from '../study/study-snapshot.js'
import { crossValidationError, regretBound } from './regret-bound.js'
import { regretChange, regretChangeThreshold } from './regret-change.js'
import type { StoppingRule } from './stopping-rule.js'

/** Optuna's system attribute with the scores of a trial's cross-validation folds. */
const CV_SCORES = 'terminator:cv_scores'

export interface RegretBoundOptions {
  /** The error of a value, in the objective's unit; the best trial's cross-validation error where not given. */
  readonly error?: number | null
  /** No stop before as many are COMPLETE; 20 where not given. */
  readonly minTrials?: number
}

/**
 * Stops where nothing in the space can be better than the best trial by more than the error of a value: Optuna's
 * Terminator with RegretBoundEvaluator and CrossValidationErrorEvaluator, see {@link regretBound}.
 */
export function regretBoundRule(options: RegretBoundOptions = {}): StoppingRule {
  const { error = null, minTrials = 20 } = options
  const checks = optionsOf('regretBoundRule')
  checks.allowed(options, ['error', 'minTrials'])
  if (error !== null) checks.within('error', error, 0, Number.POSITIVE_INFINITY)
  checks.whole('minTrials', minTrials, 20)
  return {
    name: 'regret-bound',
    options: { error, minTrials },
    shouldStop(study) {
      const complete = completeCount(study)
      if (complete < minTrials) return { stop: false, reason: `${complete} of ${minTrials} trials complete` }
      const bound = regretBound(study, spaceOf(study))
      if (bound === undefined) return { stop: false, reason: 'too few trials share a space' }
      const least = error ?? errorOfBest(study)
      return {
        stop: bound < least,
        reason: `at most ${inShort(bound)} to gain, the error is ${inShort(least)}`,
      }
    },
  }
}

/** Stops where trials change what is expected to be left to gain by next to nothing, see {@link regretChange}. */
export function regretChangeRule(options: { readonly minTrials?: number } = {}): StoppingRule {
  const { minTrials = 30 } = options
  const checks = optionsOf('regretChangeRule')
  checks.allowed(options, ['minTrials'])
  checks.whole('minTrials', minTrials, 30)
  return {
    name: 'regret-change',
    options: { minTrials },
    shouldStop(study) {
      const complete = completeCount(study)
      if (complete < minTrials) return { stop: false, reason: `${complete} of ${minTrials} trials complete` }
      const space = spaceOf(study)
      const change = regretChange(study, space)
      const threshold = regretChangeThreshold(study, space)
      if (change === undefined || threshold === undefined) {
        return { stop: false, reason: 'too few trials share a space' }
      }
      return {
        stop: change < threshold,
        reason: `the last trial changed the expected regret by ${inShort(change)}, the threshold is ${inShort(threshold)}`,
      }
    },
  }
}

function completeCount(study: StudySnapshot): number {
  return study.trials.filter(({ state }) => state === 'COMPLETE').length
}

function spaceOf(study: StudySnapshot) {
  return new IntersectionSpace().update(study.trials)
}

function errorOfBest(study: StudySnapshot): number {
  const best = bestTrial(study, study.directions[0]!)
  const scores = best?.systemAttributes.get(CV_SCORES)
  if (!Array.isArray(scores) || scores.length < 2 || !scores.every((score) => typeof score === 'number')) {
    throw new InputError(
      `regretBoundRule: the best trial has no scores of folds under ${CV_SCORES}; report them, or give error.`,
    )
  }
  return crossValidationError(scores)
}

function inShort(value: number): string {
  return String(Number(value.toPrecision(3)))
}
