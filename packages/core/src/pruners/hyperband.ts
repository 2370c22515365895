import { InputError } from '../errors.js'
import { optionsOf } from '../options.js'
import type { StudySnapshot } from '../study/study-snapshot.js'
import { crc32 } from './crc32.js'
import type { Pruner } from './pruner.js'
import { firstCompletedLastStep, onlyDirection } from './reports.js'
import { roundedLog } from './rounded-log.js'
import { halve } from './successive-halving.js'

export interface HyperbandOptions {
  /** The step of the first rung of the bracket that stops soonest, at least 1; 1 where not given. */
  readonly minResource?: number
  /**
   * The steps of a whole trial; `auto`, where not given, is one more than the last step of the first trial that
   * completed, and nothing is stopped before.
   */
  readonly maxResource?: number | 'auto'
  /** As successiveHalving's; 3 where not given. */
  readonly reductionFactor?: number
  /** The first trials of a bracket that are all stopped at a rung; 0 where not given. */
  readonly bootstrapCount?: number
}

/** How Hyperband shares trials out among brackets. */
export interface Brackets {
  /** The share of each bracket, the one that stops soonest first. */
  readonly budgets: readonly number[]
  readonly totalBudget: number
}

/**
 * floor(log_eta(max / min)) + 1 brackets, bracket s with the budget ceil(B eta^(B - 1 - s) / (B - s)). The quotient of
 * logarithms is in floating point, as in Optuna: 243 with eta 3 gives 5 brackets and 1,000 with eta 10 gives 3, one
 * fewer than the arithmetic would.
 */
export function bracketsOf(minResource: number, maxResource: number, reductionFactor: number): Brackets {
  const count = Math.floor(roundedLog(maxResource / minResource) / roundedLog(reductionFactor)) + 1
  const budgets = Array.from({ length: count }, (_, bracket) =>
    Math.ceil((count * reductionFactor ** (count - 1 - bracket)) / (count - bracket)),
  )
  return { budgets, totalBudget: budgets.reduce((sum, budget) => sum + budget, 0) }
}

/** The bracket of a trial: where the CRC-32 of `name_number` falls among the budgets. */
export function bracketOf({ budgets, totalBudget }: Brackets, studyName: string, number: number): number {
  let place = crc32(`${studyName}_${number}`) % totalBudget
  for (const [bracket, budget] of budgets.entries()) {
    place -= budget
    if (place < 0) return bracket
  }
  return 0
}

/**
 * Hyperband: brackets of successive halving that stop sooner or later, so that late bloomers get a chance. L. Li et
 * al., "Hyperband: a novel bandit-based approach to hyperparameter optimization", JMLR 18(185), 2018, as Optuna decides
 * (pruners/_hyperband.py): every trial is held against those of its bracket alone, and samplers learn from those alone.
 */
export function hyperband(options: HyperbandOptions = {}): Pruner {
  const { minResource = 1, maxResource = 'auto', reductionFactor = 3, bootstrapCount = 0 } = options
  const checks = optionsOf('hyperband')
  checks.allowed(options, ['minResource', 'maxResource', 'reductionFactor', 'bootstrapCount'])
  checks.whole('minResource', minResource, 1)
  if (maxResource !== 'auto') checks.whole('maxResource', maxResource, 1)
  checks.whole('reductionFactor', reductionFactor, 2)
  checks.whole('bootstrapCount', bootstrapCount, 0)
  if (maxResource !== 'auto' && maxResource < minResource) {
    throw new InputError(
      `hyperband: maxResource is ${maxResource} and minResource is ${minResource}; give minResource <= maxResource.`,
    )
  }
  if (bootstrapCount > 0 && maxResource === 'auto') {
    throw new InputError(
      `hyperband: bootstrapCount is ${bootstrapCount} and maxResource auto; give maxResource a number.`,
    )
  }

  const bracketsFor = (study: StudySnapshot): Brackets | undefined => {
    const max = maxResource === 'auto' ? autoResource(study) : maxResource
    return max === undefined
      ? undefined
      : bracketsOf(minResource, Math.max(max, minResource), reductionFactor)
  }
  // The hash of every trial anew at every report would cost as much as the rest of a trial.
  const known = new Map<string, number[]>()
  const bracketFor = (study: StudySnapshot, brackets: Brackets, number: number): number => {
    const key = `${brackets.totalBudget} ${study.name}`
    let numbers = known.get(key)
    if (numbers === undefined) {
      numbers = []
      known.set(key, numbers)
    }
    for (let next = numbers.length; next <= number; next++)
      numbers.push(bracketOf(brackets, study.name, next))
    return numbers[number]!
  }
  const within = (study: StudySnapshot, brackets: Brackets, bracket: number): StudySnapshot => ({
    ...study,
    trials: study.trials.filter(({ number }) => bracketFor(study, brackets, number) === bracket),
  })

  return {
    name: 'hyperband',
    options: { minResource, maxResource, reductionFactor, bootstrapCount },
    decide(study, trial) {
      onlyDirection(study, 'hyperband')
      const brackets = bracketsFor(study)
      if (brackets === undefined) {
        return { prune: false, reason: 'no trial with reports has completed yet' }
      }
      const bracket = bracketOf(brackets, study.name, trial.number)
      const decision = halve(within(study, brackets, bracket), trial, {
        minResource,
        reductionFactor,
        minEarlyStoppingRate: bracket,
        bootstrapCount,
      })
      if (decision.reason === undefined) return decision
      return { ...decision, reason: `bracket ${bracket}, ${decision.reason}` }
    },
    relevant(study, number) {
      const brackets = bracketsFor(study)
      return brackets === undefined ? study : within(study, brackets, bracketOf(brackets, study.name, number))
    },
  }
}

function autoResource(study: StudySnapshot): number | undefined {
  const last = firstCompletedLastStep(study)
  return last === undefined ? undefined : last + 1
}
