import { InputError } from '../errors.js'
import type { AttributeValue } from '../trial/trial-record.js'
import { allOf, anyOf } from './combine.js'
import { regretBoundRule, regretChangeRule } from './regret-rules.js'
import { maxTrials, stagnation, targetValue, timeout } from './rules.js'
import type { StoppingRule } from './stopping-rule.js'

const FACTORIES: Readonly<Record<string, (options: never) => StoppingRule>> = {
  'max-trials': maxTrials,
  'regret-bound': regretBoundRule,
  'regret-change': regretChangeRule,
  stagnation,
  'target-value': targetValue,
  timeout,
}

/**
 * The stopping rule whose `name` and `options` stand in a study.
 * @throws InputError for a name that is none, or options that its factory refuses.
 */
export function stoppingRuleFromOptions(name: string, options: AttributeValue): StoppingRule {
  const given = options as { readonly rules?: readonly { name: string; options: AttributeValue }[] } | null
  if ((name === 'any-of' || name === 'all-of') && Array.isArray(given?.rules)) {
    const rules = given.rules.map((rule) => stoppingRuleFromOptions(rule.name, rule.options))
    return name === 'any-of' ? anyOf(...rules) : allOf(...rules)
  }
  const factory = Object.hasOwn(FACTORIES, name) ? FACTORIES[name] : undefined
  if (factory === undefined || given === null || typeof given !== 'object') {
    const names = ['all-of', 'any-of', ...Object.keys(FACTORIES)].join(', ')
    throw new InputError(`there is no stopping rule ${name} with these options; there are ${names}.`)
  }
  return factory(given as never)
}
