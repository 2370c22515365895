import {
  categoricalDistribution,
  DeclaredParam,
  type Distribution,
  floatDistribution,
  intDistribution,
  type Law,
  lawDistribution,
  type NumericLaw,
  type ParamValue,
} from '@thresher/core'
import { cellsOf } from '../cells.js'
import { hydraExpression } from '../hydra/hydra-parameter.js'
import { HydraError } from '../hydra/hydra-value.js'
import type { FileParameter } from '../parameters.js'
import { atNode } from '../yaml/at-node.js'
import { failAt, type YamlNode } from '../yaml/yaml-node.js'
import type { ParameterInput } from './schema.js'

type When = Readonly<Record<string, ParamValue | readonly ParamValue[]>>

/**
 * One parameter of a file of ours.
 * @param tail the share of a law that its range leaves out at each end; all of it within where not given
 */
export function parameterOf(node: YamlNode, input: ParameterInput, tail: number | undefined): FileParameter {
  if (typeof input === 'string') return expressionOf(node, input)
  if (input === null || typeof input !== 'object') return { kind: 'fixed', value: input }
  if (Array.isArray(input)) return searched(atNode(node, () => categoricalDistribution(input)))
  if ('value' in input) return { kind: 'fixed', value: input.value }
  const when = conditionOf(node, input.when)
  if ('choice' in input) {
    const distribution = atNode(node, () => categoricalDistribution(input.choice))
    const { weights } = input
    if (weights === undefined) return searched(distribution, when)
    if (weights.length !== input.choice.length) {
      failAt(node, `has ${weights.length} weights for ${input.choice.length} choices. Give one each.`)
    }
    if (weights.some((weight) => weight < 0) || weights.every((weight) => weight === 0)) {
      failAt(node, 'has weights below 0, or none above. Give numbers from 0, and one above.')
    }
    return searched(distribution, when, { law: 'categorical', weights })
  }
  if ('normal' in input) {
    const [mu, sigma] = input.normal
    return lawful(node, { law: 'normal', mu, sigma }, tail, when)
  }
  if ('log_normal' in input) {
    const [mu, sigma] = input.log_normal
    return lawful(node, { law: 'log-normal', mu, sigma }, tail, when)
  }
  if ('beta' in input) {
    const [a, b] = input.beta
    return lawful(node, { law: 'beta', a, b }, tail, when)
  }
  const [low, high] = boundsOf(input)
  if (low > high) failAt(node, `is from ${low} to ${high}. Put the smaller one first.`)
  return searched(
    atNode(node, () => rangeOf(input)),
    when,
  )
}

type RangeInput = Extract<
  ParameterInput,
  { log: unknown } | { log_int: unknown } | { float: unknown } | { int: unknown }
>

function boundsOf(input: RangeInput): readonly [low: number, high: number] {
  if ('log' in input) return input.log
  if ('log_int' in input) return input.log_int
  return 'float' in input ? input.float : input.int
}

function rangeOf(input: RangeInput): Distribution {
  if ('log' in input) return floatDistribution(...input.log, { log: true })
  if ('log_int' in input) return intDistribution(...input.log_int, { log: true })
  if ('float' in input) return floatDistribution(...input.float, { step: input.step ?? null })
  return intDistribution(...input.int, { step: input.step ?? 1 })
}

function expressionOf(node: YamlNode, text: string): FileParameter {
  try {
    return atNode(node, () => hydraExpression(text)) ?? { kind: 'fixed', value: text }
  } catch (error) {
    if (!(error instanceof HydraError)) throw error
    const meant = text.includes('(') ? '' : ' Where a text is meant, give {value: ...}.'
    return failAt(node, `${error.message}${meant}`)
  }
}

function lawful(
  node: YamlNode,
  law: NumericLaw,
  tail: number | undefined,
  when: When | undefined,
): FileParameter {
  return searched(
    atNode(node, () => lawDistribution(law, tail)),
    when,
    law,
  )
}

function searched(distribution: Distribution, when?: When, law?: Law): FileParameter {
  const base = new DeclaredParam<ParamValue>(distribution)
  const [condition] = Object.entries(when ?? {})
  const param = condition === undefined ? base : base.when(condition[0], ...[condition[1]].flat())
  return { kind: 'searched', param, law, cells: cellsOf(distribution) }
}

function conditionOf(node: YamlNode, when: When | undefined): When | undefined {
  if (when === undefined || Object.keys(when).length === 1) return when
  return failAt(node, 'depends on several parameters, or on none. Name one under when.')
}
