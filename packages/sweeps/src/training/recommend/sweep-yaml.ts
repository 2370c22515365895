import type { ParamValue } from '@thresher/core'
import { stringify } from 'yaml'
import type { StudyMetric } from '../analysis/metric-scale.js'

export interface VerifyingSweep {
  readonly metric: StudyMetric
  readonly params: ReadonlyMap<string, ParamValue>
  readonly seedParameter: string
  readonly seeds: readonly number[]
  readonly program: string | undefined
}

/** A sweep file, in W&B's words, that runs one setting over seeds: a grid with a single free parameter. */
export function verifyingSweep({ metric, params, seedParameter, seeds, program }: VerifyingSweep): string {
  return stringify({
    ...(program !== undefined && { program }),
    method: 'grid',
    metric: { name: metric.name, goal: metric.direction },
    parameters: {
      ...Object.fromEntries([...params].map(([name, value]) => [name, { value }])),
      [seedParameter]: { values: [...seeds] },
    },
  })
}
