import {
  type AnyParams,
  gp,
  grid,
  type Pruner,
  random,
  type Sampler,
  type Space,
  wandbHyperband,
  withLaws,
} from '@thresher/core'
import type { SweepMetric, SweepPlan } from '../../sweep-plan.js'
import { cellsByName, fixedOf, lawsByName, spaceOf } from '../declared-search.js'
import { commandOf } from '../macros.js'
import type { FileParameters } from '../parameters.js'
import type { FilePlace } from '../place.js'
import { atNode } from '../yaml/at-node.js'
import { childOf, mapOf, numberOf, textOf, wholeOf, wordOf } from '../yaml/map-reader.js'
import { pythonTextNotice } from '../yaml/python-numbers.js'
import { failAt, located, type YamlMap, type YamlNode } from '../yaml/yaml-node.js'
import type { WandbMethod } from './distributions.js'
import { wandbParameters } from './parameters.js'
import { checkTopKeys, passOver } from './refused.js'

/**
 * The plan of a W&B sweep file. Method, distributions, early termination and the command mean what they mean there
 * (github.com/wandb/sweeps); `bayes` is the Gaussian process of the core.
 */
export function readWandb(root: YamlMap, place: FilePlace): SweepPlan {
  const notices: string[] = []
  const text = pythonTextNotice(root)
  if (text !== undefined) notices.push(text)
  checkTopKeys(root, notices)
  const method = methodOf(root)
  const metric = metricOf(root, notices)
  const node = mapOf(childOf(root, 'parameters')!, 'Give parameters by name.')
  const parameters = wandbParameters(node, method, notices)
  const searched = searchOf(node, parameters, method)
  const cap = childOf(root, 'run_cap')
  const limit = cap === undefined ? undefined : wholeOf(cap, 1)
  const trials = searched.size === undefined ? limit : Math.min(searched.size, limit ?? searched.size)
  if (method === 'bayes') {
    notices.push(located(childOf(root, 'method')!, "bayes is Thresher's Gaussian process (gp), not W&B's."))
  }
  return {
    file: place.file,
    format: 'wandb',
    name: optionalText(root, 'name') ?? place.stem,
    description: optionalText(root, 'description'),
    metric,
    space: searched.space,
    fixed: fixedOf(parameters),
    order: [...parameters.keys()],
    sampler: searched.sampler,
    pruner: prunerOf(root, notices),
    trials,
    timeout: undefined,
    workers: 1,
    seed: undefined,
    seeds: undefined,
    baseline: undefined,
    phases: [
      {
        name: 'search',
        trials: trials ?? Number.POSITIVE_INFINITY,
        around: 1,
        verify: undefined,
        sampler: undefined,
        onlyIfGain: undefined,
      },
    ],
    trainer: trainerOf(root, place, notices),
    notices,
  }
}

function methodOf(root: YamlMap): WandbMethod {
  const node: YamlNode =
    childOf(root, 'method') ?? failAt(root, 'method is missing. Give grid, random or bayes.')
  if (node.kind === 'scalar' && node.value === 'custom') {
    failAt(node, "is custom, and W&B's custom schedulers are not here. Give bayes, random or grid.")
  }
  return wordOf(node, ['grid', 'random', 'bayes'])
}

function metricOf(root: YamlMap, notices: string[]): SweepMetric {
  const node: YamlNode =
    childOf(root, 'metric') ??
    failAt(root, 'metric is missing, and runs are ranked by it. Give metric: {name: ..., goal: maximize}.')
  const map = mapOf(node, 'Give {name: ..., goal: maximize}.')
  passOver(map, ['name', 'goal', 'target', 'impute', 'impute_while_running'], notices)
  for (const key of ['impute', 'impute_while_running']) {
    const imputed = childOf(map, key)
    if (imputed !== undefined) {
      notices.push(
        located(imputed, 'of no use here: runs that failed are left out, running ones are modelled.'),
      )
    }
  }
  const name: YamlNode =
    childOf(map, 'name') ?? failAt(map, 'name is missing. Give the metric that is logged.')
  const goal = childOf(map, 'goal')
  const target = childOf(map, 'target')
  return {
    name: textOf(name),
    direction: goal === undefined ? 'minimize' : wordOf(goal, ['minimize', 'maximize']),
    target: target === undefined ? undefined : numberOf(target),
    summary: 'best',
  }
}

interface Searched {
  readonly space: Space<AnyParams>
  readonly sampler: Sampler
  /** The number of cells of a grid. */
  readonly size: number | undefined
}

function searchOf(node: YamlMap, parameters: FileParameters, method: WandbMethod): Searched {
  const declared = spaceOf(node, parameters)
  if (method === 'grid') {
    const sampler = atNode(node, () => grid(cellsByName(parameters)))
    return { space: declared, sampler, size: sampler.size }
  }
  const laws = lawsByName(parameters)
  const inner = method === 'random' ? random() : gp()
  const sampler = Object.keys(laws).length === 0 ? inner : atNode(node, () => withLaws(inner, laws))
  return { space: declared, sampler, size: undefined }
}

function prunerOf(root: YamlMap, notices: string[]): Pruner | null {
  const node = childOf(root, 'early_terminate')
  if (node === undefined) return null
  const map = mapOf(node, 'Give {type: hyperband, min_iter: ...}.')
  passOver(map, ['type', 'min_iter', 'max_iter', 's', 'eta', 'strict'], notices)
  const type: YamlNode = childOf(map, 'type') ?? failAt(map, 'type is missing. Give hyperband.')
  wordOf(type, ['hyperband'])
  const whole = (key: string): number | null => {
    const value = childOf(map, key)
    return value === undefined ? null : wholeOf(value, 1)
  }
  const [minIter, maxIter, s] = [whole('min_iter'), whole('max_iter'), whole('s')]
  if (minIter === null && (maxIter === null || s === null)) {
    failAt(map, 'has no bands. Give min_iter, or max_iter and s.')
  }
  const eta = childOf(map, 'eta')
  const strict = childOf(map, 'strict')
  const options = {
    minIter,
    maxIter,
    s,
    ...(eta === undefined ? {} : { eta: numberOf(eta) }),
    ...(strict === undefined ? {} : { strict: flagOf(strict) }),
  }
  return atNode(map, () => wandbHyperband(options), {})
}

function flagOf(node: YamlNode): boolean {
  if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value
  return failAt(node, 'is neither true nor false. Give one of them.')
}

function trainerOf(root: YamlMap, place: FilePlace, notices: string[]): SweepPlan['trainer'] {
  const program = optionalText(root, 'program')
  return {
    kind: 'command',
    command: commandOf(root, program, notices),
    program,
    directory: place.directoryOf(program),
    environment: {},
    metrics: { kind: 'stdout', pattern: undefined },
    timeout: undefined,
    retries: 0,
    retryDelay: 10,
    gpus: [],
    runsPerGpu: 1,
    seedParameter: undefined,
    grace: 30,
  }
}

function optionalText(root: YamlMap, key: string): string | undefined {
  const node = childOf(root, key)
  return node === undefined ? undefined : textOf(node)
}
