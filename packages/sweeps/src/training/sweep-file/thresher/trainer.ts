import { resolve } from 'node:path'
import type { MetricSource, TrainerSettings } from '../../sweep-plan.js'
import { TENSORFLOW_DEFAULTS } from '../../tensorflow/defaults.js'
import { commandOf } from '../macros.js'
import { failAt, nodeAt, type YamlMap, type YamlNode } from '../yaml/yaml-node.js'
import { secondsOf } from './durations.js'
import type { MetricsInput, TrainerInput } from './trainer-schema.js'

/** @param folder the sweep file's, from which directories count */
export function trainerOf(
  node: YamlNode,
  input: TrainerInput,
  folder: string,
  notices: string[],
): TrainerSettings {
  if (input === 'tensorflow') return TENSORFLOW_DEFAULTS
  if ('tensorflow' in input) {
    const given = input.tensorflow
    return {
      kind: 'tensorflow',
      epochs: given.epochs ?? TENSORFLOW_DEFAULTS.epochs,
      images: given.images ?? TENSORFLOW_DEFAULTS.images,
      validationImages: given.validation_images ?? TENSORFLOW_DEFAULTS.validationImages,
      batchSize: given.batch_size ?? TENSORFLOW_DEFAULTS.batchSize,
      imageSize: given.image_size ?? TENSORFLOW_DEFAULTS.imageSize,
      backend: given.backend ?? TENSORFLOW_DEFAULTS.backend,
    }
  }
  return {
    kind: 'command',
    command: commandOf(node as YamlMap, input.program, notices),
    program: input.program,
    directory: resolve(folder, input.directory ?? '.'),
    environment: Object.fromEntries(
      Object.entries(input.environment ?? {}).map(([name, value]) => [
        name,
        value === null ? '' : String(value),
      ]),
    ),
    metrics: metricsOf(nodeAt(node, ['metrics']), input.metrics ?? 'stdout'),
    timeout: input.timeout === undefined ? undefined : secondsOf(input.timeout),
    retries: input.retries ?? 0,
    retryDelay: secondsOf(input.retry_delay ?? 10),
    gpus: (input.gpus ?? []).map(String),
    runsPerGpu: input.runs_per_gpu ?? 1,
    seedParameter: input.seed_parameter,
    grace: secondsOf(input.grace ?? 30),
  }
}

function metricsOf(node: YamlNode, input: MetricsInput): MetricSource {
  if (input === 'stdout') return { kind: 'stdout', pattern: undefined }
  if ('stdout' in input)
    return { kind: 'stdout', pattern: checkedPattern(nodeAt(node, ['stdout']), input.stdout) }
  if ('tensorboard' in input) return { kind: 'tensorboard', path: input.tensorboard }
  if ('csv' in input) return { kind: 'file', path: input.csv, format: 'csv' }
  if ('jsonl' in input) return { kind: 'file', path: input.jsonl, format: 'jsonl' }
  return { kind: 'file', path: input.trainer_state, format: 'trainer-state' }
}

function checkedPattern(node: YamlNode, pattern: string): string {
  try {
    new RegExp(pattern, 'u')
  } catch (error) {
    failAt(node, `is no pattern: ${(error as Error).message.replace(/^.*: /, '')}. Mend it.`)
  }
  if (!pattern.includes('(?<value>'))
    failAt(node, 'has no group (?<value>...). Name the group of the number so.')
  return pattern
}
