import type { FileParameter, FileParameters } from '../parameters.js'
import { checkKeys, childOf, listed, mapOf, numberOf, shown, wordOf } from '../yaml/map-reader.js'
import { isPlainInteger } from '../yaml/python-numbers.js'
import { failAt, type YamlMap, type YamlNode } from '../yaml/yaml-node.js'
import { choicesOf, paramValueOf } from './choices.js'
import { NUMBER_KEYS, type NumberDistribution, numbersOf, type WandbMethod } from './distributions.js'

const NUMBERS = Object.keys(NUMBER_KEYS) as NumberDistribution[]
const DISTRIBUTIONS = ['constant', 'categorical', 'categorical_w_probabilities', ...NUMBERS] as const

/** Every parameter of W&B's `parameters`, nested ones under their names with dots. */
export function wandbParameters(map: YamlMap, method: WandbMethod, notices: string[]): FileParameters {
  const all = new Map<string, FileParameter>()
  flatten(map, '', method, notices, all)
  return all
}

function flatten(
  map: YamlMap,
  prefix: string,
  method: WandbMethod,
  notices: string[],
  all: Map<string, FileParameter>,
): void {
  if (map.entries.size === 0) failAt(map, 'is empty. Give at least one parameter.')
  for (const { key, keyOffset, node } of map.entries.values()) {
    const name = `${prefix}${key}`
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
    if (key === '' || /[\s=\u0000-\u001f]/.test(key)) {
      failAt(map, `${JSON.stringify(key)} cannot be a name. Leave blanks and = out.`, keyOffset)
    }
    const param = mapOf(node, 'Give value, values, min and max, or a distribution.')
    const nested = childOf(param, 'parameters')
    if (nested !== undefined) {
      checkKeys(param, ['parameters'])
      flatten(mapOf(nested, 'Give parameters by name.'), `${name}.`, method, notices, all)
      continue
    }
    if (all.has(name)) failAt(map, `${name} is there twice, once nested. Leave one out.`, keyOffset)
    all.set(name, parameterOf(param, method, notices))
  }
}

function parameterOf(map: YamlMap, method: WandbMethod, notices: string[]): FileParameter {
  const given = childOf(map, 'distribution')
  const distribution = given === undefined ? inferred(map) : wordOf(given, DISTRIBUTIONS)
  switch (distribution) {
    case 'constant': {
      checkKeys(map, ['distribution', 'value'])
      const value = map.entries.get('value') ?? failAt(map, 'value is missing. Give it.')
      return { kind: 'fixed', value: paramValueOf(value.node, notices) }
    }
    case 'categorical':
    case 'categorical_w_probabilities':
      return categorical(map, distribution === 'categorical', method, notices)
    default:
      checkKeys(map, ['distribution', ...NUMBER_KEYS[distribution]])
      return numbersOf(map, distribution, method, notices)
  }
}

/** By W&B's rule: what keys there are, and of two bounds whether both are whole numbers as they stand. */
function inferred(map: YamlMap): (typeof DISTRIBUTIONS)[number] {
  const has = (key: string) => map.entries.has(key)
  if (has('value')) return 'constant'
  if (has('probabilities')) return 'categorical_w_probabilities'
  if (has('values')) return 'categorical'
  if (has('q')) return failAt(map, 'has q and no distribution. Give distribution: q_uniform.')
  if (has('min') && has('max')) {
    return isPlainInteger(childOf(map, 'min')) && isPlainInteger(childOf(map, 'max'))
      ? 'int_uniform'
      : 'uniform'
  }
  const keys = [...map.entries.keys()]
  const found = keys.length === 0 ? 'nothing' : keys.join(', ')
  return failAt(
    map,
    `has ${found}. Give ${listed(['value', 'values', 'min and max', 'a distribution', 'nested parameters'])}.`,
  )
}

function categorical(map: YamlMap, uniform: boolean, method: WandbMethod, notices: string[]): FileParameter {
  checkKeys(map, uniform ? ['distribution', 'values'] : ['distribution', 'values', 'probabilities'])
  const values = listOf(map, 'values')
  if (uniform) return choicesOf(values, undefined, notices)
  const node = listOf(map, 'probabilities')
  const probabilities = node.items.map((item) => {
    const value = numberOf(item)
    return value >= 0 ? value : failAt(item, `is ${value}. Give a probability from 0.`)
  })
  if (probabilities.length !== values.items.length) {
    failAt(node, `has ${probabilities.length} for ${values.items.length} values. Give one each.`)
  }
  const sum = probabilities.reduce((total, value) => total + value, 0)
  // numpy.isclose, by which W&B checks.
  if (Math.abs(sum - 1) > 1e-8 + 1e-5) failAt(node, `sum to ${sum}. Make it 1.`)
  if (method === 'grid') failAt(node, 'mean nothing in a grid. Leave them out, or give method: random.')
  return choicesOf(values, probabilities, notices)
}

function listOf(map: YamlMap, key: string): YamlNode & { readonly kind: 'list' } {
  const node: YamlNode = childOf(map, key) ?? failAt(map, `${key} is missing. Give a list.`)
  return node.kind === 'list' ? node : failAt(node, `is ${shown(node)}. Give a list.`)
}
