import {
  anyOf,
  grid,
  type Pruner,
  prunerFromOptions,
  type Sampler,
  type StoppingRule,
  samplerFromOptions,
  stoppingRuleFromOptions,
  tpe,
  withLaws,
} from '@thresher/core'
import { cellsByName, lawsByName } from '../declared-search.js'
import type { FileParameters } from '../parameters.js'
import { atNode, type Renamed } from '../yaml/at-node.js'
import { failAt, type YamlNode } from '../yaml/yaml-node.js'
import type { SweepFileInput } from './schema.js'

type Named = string | Readonly<Record<string, unknown>>

/** Names of options that are not the core's in snake case. */
const RENAMED: Readonly<Record<string, Renamed>> = {
  hyperband: { min: 'minResource', max: 'maxResource', eta: 'reductionFactor' },
  'successive-halving': { min: 'minResource', eta: 'reductionFactor' },
}

/**
 * The sampler of a file, or of one of its phases; random draws follow the laws of the parameters.
 * @throws InputError with the place for options that it refuses, and for a grid of what has no end of values
 */
export function samplerOf(
  node: YamlNode,
  input: SweepFileInput['sampler'],
  parameters: FileParameters,
): Sampler {
  const { name, options } = input === undefined ? { name: 'tpe', options: {} } : partsOf(input as Named)
  if (name === 'grid') return gridOf(node, options, parameters)
  const sampler =
    name === 'tpe' && input === undefined ? tpe() : built(node, name, options, samplerFromOptions)
  const laws = lawsByName(parameters)
  return Object.keys(laws).length === 0 ? sampler : atNode(node, () => withLaws(sampler, laws))
}

export function prunerOf(node: YamlNode, input: SweepFileInput['pruner']): Pruner | null {
  if (input === undefined) return null
  const { name, options } = partsOf(input as Named)
  return name === 'none' ? null : built(node, name, options, prunerFromOptions)
}

/** Stops where any of the rules does. */
export function stoppingOf(node: YamlNode, input: SweepFileInput['stopping']): StoppingRule | undefined {
  const rules = Object.entries(input ?? {}).flatMap(([rule, options]) =>
    options === undefined ? [] : [built(node, kebab(rule), camelled(options, {}), stoppingRuleFromOptions)],
  )
  return rules.length < 2 ? rules[0] : anyOf(...rules)
}

function gridOf(node: YamlNode, options: object, parameters: FileParameters): Sampler {
  for (const [name, param] of parameters) {
    if (param.kind === 'fixed') continue
    if (param.cells === undefined) {
      failAt(node, `is grid, and ${name} has no end of values. Give it a list or a step.`)
    }
    if (param.param.condition !== undefined) {
      failAt(node, `is grid, and ${name} is there only with some values of another. Take another sampler.`)
    }
  }
  return atNode(node, () => grid(cellsByName(parameters), options))
}

function built<T>(
  node: YamlNode,
  name: string,
  options: object,
  build: (name: string, options: never) => T,
): T {
  return atNode(node, () => build(name, options as never), RENAMED[name] ?? {})
}

function partsOf(input: Named): { readonly name: string; readonly options: object } {
  if (typeof input === 'string') return { name: kebab(input), options: {} }
  const [[word, options]] = Object.entries(input) as [[string, object]]
  const name = kebab(word)
  return { name, options: camelled(options, RENAMED[name] ?? {}) }
}

function camelled(options: object, renamed: Renamed): object {
  return Object.fromEntries(
    Object.entries(options).map(([key, value]) => [
      renamed[key] ?? key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  )
}

function kebab(name: string): string {
  return name.replaceAll('_', '-')
}
