import type { ParamValue } from '@thresher/core'
import { Document, isMap, visit } from 'yaml'
import type { StudyMetric } from '../analysis/metric-scale.js'

export interface VerifyingSweep {
  readonly metric: StudyMetric
  readonly params: ReadonlyMap<string, ParamValue>
  readonly seedParameter: string
  readonly seeds: readonly number[]
  readonly program?: string | undefined
  /** The command line with its macros. */
  readonly template?: readonly string[] | undefined
  /** Options of the built-in trainer, where that runs it. */
  readonly tensorflow?: Readonly<Record<string, number | string>> | undefined
}

/** The program with its parameters as Hydra takes them; W&B's own default would be `--key=value`. */
const COMMAND = ['env', 'interpreter', 'program', 'args_no_hyphens'].map((macro) => `\${${macro}}`)
/** Texts in quotes, and numbers with an exponent and no point. */
const POINTLESS = /"(?:[^"\\]|\\.)*"|(?<![\w.])(-?\d+)(e[+-]?\d+)(?![\w.])/g

/**
 * A sweep file that runs one setting over seeds: in W&B's words a grid whose only free parameter is the seed; for the
 * built-in trainer in our own, the setting being its own baseline, which runs with every seed.
 */
export function verifyingSweep(sweep: VerifyingSweep): string {
  const document = new Document(sweep.tensorflow === undefined ? wandbSweep(sweep) : ownSweep(sweep))
  visit(document, {
    Map(_, map, path) {
      // The document, then `parameters`, then a parameter: on a line of its own.
      if (path.filter(isMap).length === 2 || map.has('goal') || map.has('direction')) map.flow = true
    },
    Seq(_, list) {
      list.flow = true
    },
    Scalar(key, scalar) {
      if (key === 'key' || typeof scalar.value !== 'string') return
      scalar.type = 'QUOTE_DOUBLE'
    },
  })
  // YAML 1.1, which Python's readers follow, takes 1e-7 for a word: it wants a point.
  return document
    .toString({ lineWidth: 0 })
    .replace(POINTLESS, (text, digits, power) => (digits === undefined ? text : `${digits}.0${power}`))
}

function wandbSweep({ metric, params, seedParameter, seeds, program, template }: VerifyingSweep): object {
  const command = template ?? (program === undefined ? undefined : COMMAND)
  return {
    ...(program !== undefined && { program }),
    ...(command !== undefined && { command }),
    method: 'grid',
    metric: { name: metric.name, goal: metric.direction },
    parameters: {
      ...Object.fromEntries([...params].map(([name, value]) => [name, { value }])),
      [seedParameter]: { values: [...seeds] },
    },
  }
}

function ownSweep({ metric, params, seeds, tensorflow }: VerifyingSweep): object {
  return {
    metric: { name: metric.name, direction: metric.direction },
    trainer: { tensorflow },
    parameters: Object.fromEntries([...params].map(([name, value]) => [name, [value]])),
    baseline: Object.fromEntries(params),
    seeds: [...seeds],
    sampler: 'grid',
  }
}
