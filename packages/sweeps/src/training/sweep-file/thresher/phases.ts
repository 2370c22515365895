import type { SweepPhase } from '../../sweep-plan.js'
import type { FileParameters } from '../parameters.js'
import { failAt, nodeAt, type YamlNode } from '../yaml/yaml-node.js'
import type { PhaseInput, SweepFileInput } from './schema.js'
import { samplerOf } from './search.js'

/** The phases of a file, or the one that all its trials are. */
export function phasesOf(
  root: YamlNode,
  input: SweepFileInput,
  parameters: FileParameters,
  trials: number | undefined,
): readonly SweepPhase[] {
  const { phases } = input
  if (phases === undefined) return [{ ...searching('search'), trials: trials ?? Number.POSITIVE_INFINITY }]
  if (input.trials !== undefined) {
    failAt(nodeAt(root, ['trials']), 'is given, and so are phases, which say how many. Leave it out.')
  }
  return phases.map((phase, i) => phaseOf(nodeAt(root, ['phases', i]), phase, i, input, parameters))
}

function phaseOf(
  node: YamlNode,
  phase: PhaseInput,
  place: number,
  input: SweepFileInput,
  parameters: FileParameters,
): SweepPhase {
  const gain = { onlyIfGain: phase.only_if_gain }
  if (phase.only_if_gain !== undefined && input.baseline === undefined) {
    failAt(nodeAt(node, ['only_if_gain']), 'needs a baseline. Give baseline, or leave it out.')
  }
  if (phase.verify !== undefined) {
    const other = (['trials', 'around', 'sampler'] as const).find((key) => phase[key] !== undefined)
    if (other !== undefined)
      failAt(nodeAt(node, [other]), 'means nothing with verify. Leave one of them out.')
    if (input.seeds === undefined)
      failAt(nodeAt(node, ['verify']), 'runs over seeds. Give seeds: [42, 777, 2024].')
    return { ...searching(phase.name ?? 'verify'), ...gain, verify: phase.verify }
  }
  if (phase.trials === undefined) failAt(node, 'has neither trials nor verify. Give one of them.')
  return {
    ...searching(phase.name ?? `phase ${place + 1}`),
    ...gain,
    trials: phase.trials,
    around: phase.around ?? 1,
    sampler:
      phase.sampler === undefined
        ? undefined
        : samplerOf(nodeAt(node, ['sampler']), phase.sampler, parameters),
  }
}

function searching(name: string): SweepPhase {
  return { name, trials: 0, around: 1, verify: undefined, sampler: undefined, onlyIfGain: undefined }
}
