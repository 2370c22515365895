import type { GridSampler, Sampler } from '@thresher/core'
import type { SweepPlan } from '../../sweep-plan.js'
import { fixedOf, spaceOf } from '../declared-search.js'
import type { FileParameter } from '../parameters.js'
import type { FilePlace } from '../place.js'
import { SEARCHED_TAIL } from '../tail.js'
import { nodeAt, plainOf, type YamlMap } from '../yaml/yaml-node.js'
import { baselineOf } from './baseline.js'
import { secondsOf } from './durations.js'
import { parameterOf } from './parameter.js'
import { phasesOf } from './phases.js'
import { type SweepFileInput, sweepFileSchema } from './schema.js'
import { failBySchema } from './schema-problem.js'
import { prunerOf, samplerOf, stoppingOf } from './search.js'
import { trainerOf } from './trainer.js'

/** The plan of a sweep file of ours; docs/training-sweeps.md says what each key means. */
export function readThresher(root: YamlMap, place: FilePlace): SweepPlan {
  const parsed = sweepFileSchema.safeParse(plainOf(root))
  if (!parsed.success) return failBySchema(root, parsed.error)
  const input: SweepFileInput = parsed.data
  const at = (...path: (string | number)[]) => nodeAt(root, path)

  const tail = samplerName(input) === 'random' ? undefined : SEARCHED_TAIL
  const parameters = new Map<string, FileParameter>()
  for (const [name, value] of Object.entries(input.parameters)) {
    parameters.set(name, parameterOf(at('parameters', name), value, tail))
  }
  const order = root.entries.get('parameters')!.node as YamlMap
  const space = spaceOf(order, parameters)
  const fixed = fixedOf(parameters)
  const sampler = samplerOf(at('sampler'), input.sampler, parameters)
  const trials = input.trials ?? (isGrid(sampler) ? sampler.size : undefined)
  const notices: string[] = []
  const trainer = trainerOf(at('trainer'), input.trainer, place.folder, notices)
  const devices = trainer.kind === 'command' ? trainer.gpus.length * trainer.runsPerGpu : 0
  return {
    file: place.file,
    format: 'thresher',
    name: input.name ?? place.stem,
    description: input.description,
    metric: {
      name: input.metric.name,
      direction: input.metric.direction,
      target: input.metric.target,
      summary: input.metric.summary ?? 'best',
    },
    space,
    fixed,
    order: [...order.entries.keys()],
    sampler,
    pruner: prunerOf(at('pruner'), input.pruner),
    stopping: stoppingOf(at('stopping'), input.stopping),
    trials: input.phases === undefined ? trials : undefined,
    timeout: input.timeout === undefined ? undefined : secondsOf(input.timeout),
    workers: input.workers ?? Math.max(1, devices),
    seed: input.seed,
    seeds: input.seeds,
    baseline: input.baseline && baselineOf(at('baseline'), input.baseline, space, fixed),
    phases: phasesOf(root, input, parameters, trials),
    trainer,
    notices,
  }
}

function samplerName({ sampler }: SweepFileInput): string {
  return typeof sampler === 'object' ? Object.keys(sampler)[0]! : (sampler ?? 'tpe')
}

function isGrid(sampler: Sampler): sampler is GridSampler {
  return sampler.name === 'grid'
}
