import { InputError } from '../errors.js'
import type { StopDecision, StoppingRule } from './stopping-rule.js'

/** Stops where any of the rules does; the reason is that rule's. */
export function anyOf(...rules: readonly StoppingRule[]): StoppingRule {
  return combined('any-of', rules, (decisions) => {
    const stopping = decisions.filter(({ stop }) => stop)
    return { stop: stopping.length > 0, reason: joined(stopping.length > 0 ? stopping : decisions) }
  })
}

/** Stops where all of the rules do. */
export function allOf(...rules: readonly StoppingRule[]): StoppingRule {
  return combined('all-of', rules, (decisions) => {
    const going = decisions.filter(({ stop }) => !stop)
    return { stop: going.length === 0, reason: joined(going.length > 0 ? going : decisions) }
  })
}

function combined(
  name: string,
  rules: readonly StoppingRule[],
  decide: (decisions: readonly StopDecision[]) => StopDecision,
): StoppingRule {
  if (rules.length === 0)
    throw new InputError(`${name === 'any-of' ? 'anyOf' : 'allOf'}: no rule is given; give one.`)
  return {
    name,
    options: { rules: rules.map((rule) => ({ name: rule.name, options: rule.options })) },
    shouldStop: (study, elapsedSeconds) =>
      decide(rules.map((rule) => rule.shouldStop(study, elapsedSeconds))),
  }
}

function joined(decisions: readonly StopDecision[]): string {
  return decisions.map(({ reason }) => reason).join('; ')
}
