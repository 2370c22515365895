import {
  DeclaredParam,
  type Distribution,
  floatDistribution,
  intDistribution,
  lawDistribution,
  type NumericLaw,
  type ParamValue,
} from '@thresher/core'
import { cellsOf } from '../cells.js'
import type { FileParameter } from '../parameters.js'
import { SEARCHED_TAIL } from '../tail.js'
import { atNode } from '../yaml/at-node.js'
import { childOf, listed, numberOf, wholeOf } from '../yaml/map-reader.js'
import { failAt, located, type YamlMap, type YamlNode } from '../yaml/yaml-node.js'

export type WandbMethod = 'grid' | 'random' | 'bayes'

/** The distributions of numbers, with the keys that each has besides `distribution`. */
export const NUMBER_KEYS = {
  int_uniform: ['min', 'max'],
  uniform: ['min', 'max'],
  q_uniform: ['min', 'max', 'q'],
  log_uniform: ['min', 'max'],
  log_uniform_values: ['min', 'max'],
  q_log_uniform: ['min', 'max', 'q'],
  q_log_uniform_values: ['min', 'max', 'q'],
  inv_log_uniform: ['min', 'max'],
  inv_log_uniform_values: ['min', 'max'],
  normal: ['mu', 'sigma'],
  q_normal: ['mu', 'sigma', 'q'],
  log_normal: ['mu', 'sigma'],
  q_log_normal: ['mu', 'sigma', 'q'],
  beta: ['a', 'b'],
  q_beta: ['a', 'b', 'q'],
} as const satisfies Record<string, readonly string[]>

export type NumberDistribution = keyof typeof NUMBER_KEYS

/**
 * A parameter of numbers with W&B's meaning (github.com/wandb/sweeps, params.py and config/schema.json): bounds of
 * `log_uniform` are exponents of e, those of `log_uniform_values` values; `inv_log_uniform` is X with log(1/X)
 * uniform; a quantised draw is rounded to the nearest multiple of q, so that the ends are half as likely and may lie
 * outside the bounds. mu is 0 and sigma, a, b and q are 1 where not given.
 */
export function numbersOf(
  map: YamlMap,
  distribution: NumberDistribution,
  method: WandbMethod,
  notices: string[],
): FileParameter {
  if (method === 'grid') return gridCells(map, distribution)
  switch (distribution) {
    case 'int_uniform':
      return plain(atNode(map, () => intDistribution(...wholeBounds(map))))
    case 'uniform':
      return plain(atNode(map, () => floatDistribution(...bounds(map))))
    case 'log_uniform':
    case 'log_uniform_values':
    case 'inv_log_uniform':
    case 'inv_log_uniform_values':
      return plain(
        atNode(map, () => floatDistribution(...logBounds(map, distribution, notices), { log: true })),
      )
    default: {
      const law = lawOf(map, distribution, notices)
      const range = atNode(map, () => lawDistribution(law, method === 'bayes' ? SEARCHED_TAIL : undefined))
      if (method === 'bayes') noteSearched(map, law, range, notices)
      return { kind: 'searched', param: declared(range), law, cells: undefined }
    }
  }
}

function lawOf(map: YamlMap, distribution: NumberDistribution, notices: string[]): NumericLaw {
  const q = distribution.startsWith('q_') ? { q: positive(map, 'q') } : {}
  switch (distribution) {
    case 'q_uniform': {
      const [min, max] = bounds(map)
      return { law: 'uniform', min, max, ...q }
    }
    case 'normal':
    case 'q_normal':
      return { law: 'normal', mu: optional(map, 'mu', 0), sigma: positive(map, 'sigma'), ...q }
    case 'log_normal':
    case 'q_log_normal':
      return { law: 'log-normal', mu: optional(map, 'mu', 0), sigma: positive(map, 'sigma'), ...q }
    case 'beta':
    case 'q_beta':
      return { law: 'beta', a: positive(map, 'a'), b: positive(map, 'b'), ...q }
    default: {
      const [min, max] = logBounds(map, distribution, notices)
      return { law: 'log-uniform', min, max, ...q }
    }
  }
}

/** The bounds as values, above 0. */
function logBounds(
  map: YamlMap,
  distribution: NumberDistribution,
  notices: string[],
): readonly [min: number, max: number] {
  const [low, high] = bounds(map)
  if (distribution.endsWith('_values')) {
    if (low > 0) return [low, high]
    return failAt(childOf(map, 'min')!, `is ${low}; a logarithmic scale begins above 0. Raise it.`)
  }
  const [from, to] = distribution === 'inv_log_uniform' ? [-high, -low] : [low, high]
  const [min, max] = [Math.exp(from), Math.exp(to)]
  if (!(min > 0 && max < Number.POSITIVE_INFINITY && min < max)) {
    failAt(
      map,
      `min and max are exponents of e, and e^${from} to e^${to} is no range. Is ${distribution}_values meant?`,
    )
  }
  notices.push(
    located(map, `min and max of ${distribution} are exponents of e: ${short(min)} to ${short(max)}.`),
  )
  return [min, max]
}

/** W&B's grid: every whole number, or min + k * q below max; max itself is left out, as numpy.arange does. */
function gridCells(map: YamlMap, distribution: NumberDistribution): FileParameter {
  if (distribution === 'int_uniform') {
    const whole = plain(atNode(map, () => intDistribution(...wholeBounds(map))))
    return whole.kind === 'searched' && whole.cells === undefined ? tooMany(map) : whole
  }
  if (distribution !== 'q_uniform') {
    failAt(
      map,
      `${distribution} has no end of values, and a grid needs them listed. Give values, ${listed(['int_uniform', 'q_uniform'])}, or method: random.`,
    )
  }
  const [min, max] = bounds(map)
  const q = positive(map, 'q')
  const whole = [min, max, q].every(Number.isSafeInteger)
  const make = (high: number): Distribution =>
    whole ? intDistribution(min, high, { step: q }) : floatDistribution(min, high, { step: q })
  const all = cellsOf(atNode(map, () => make(max)))
  if (all === undefined) return tooMany(map)
  const cells = all.filter((value) => (value as number) < max)
  return { kind: 'searched', param: declared(make(cells.at(-1) as number)), cells }
}

function tooMany(map: YamlMap): never {
  return failAt(map, 'has over 5,000,000 values. Give fewer.')
}

function plain(distribution: Distribution): FileParameter {
  return { kind: 'searched', param: declared(distribution), cells: cellsOf(distribution) }
}

function declared(distribution: Distribution): DeclaredParam<ParamValue> {
  return new DeclaredParam<ParamValue>(distribution)
}

function noteSearched(map: YamlMap, law: NumericLaw, range: Distribution, notices: string[]): void {
  if (range.kind === 'categorical') return
  const linear = law.law.startsWith('log') && !range.log ? ', on a linear scale because of q' : ''
  const cut = law.law === 'uniform' || law.law === 'log-uniform' ? '' : ', 99.8 % of the distribution'
  notices.push(located(map, `is searched from ${short(range.low)} to ${short(range.high)}${cut}${linear}.`))
}

function bounds(map: YamlMap): readonly [min: number, max: number] {
  const min = numberOf(required(map, 'min'))
  const max = numberOf(required(map, 'max'))
  if (min < max) return [min, max]
  return failAt(childOf(map, 'max')!, `is ${max} and min is ${min}. Give a max above min.`)
}

function wholeBounds(map: YamlMap): readonly [min: number, max: number] {
  const least = Number.MIN_SAFE_INTEGER
  wholeOf(required(map, 'min'), least)
  wholeOf(required(map, 'max'), least)
  return bounds(map)
}

function positive(map: YamlMap, key: string): number {
  const node = childOf(map, key)
  if (node === undefined) return 1
  const value = numberOf(node)
  return value > 0 ? value : failAt(node, `is ${value}. Give a number above 0.`)
}

function optional(map: YamlMap, key: string, standard: number): number {
  const node = childOf(map, key)
  return node === undefined ? standard : numberOf(node)
}

function required(map: YamlMap, key: string): YamlNode {
  return childOf(map, key) ?? failAt(map, `${key} is missing. Give it.`)
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)))
}
