import type { SearchSpace } from '../../space/distribution.js'
import { contains } from '../../space/param-value.js'
import type { StudySnapshot } from '../../study/study-snapshot.js'
import type { TrialRecord } from '../../trial/trial-record.js'
import { jointDrawOf } from '../relative-params.js'
import type { UnitSpace } from './unit-space.js'

/** The trials that a Gaussian process can be given. */
export interface History {
  /** COMPLETE ones with values of the space, by number. */
  readonly complete: readonly TrialRecord[]
  /** Their coordinates, row by row. */
  readonly points: Float64Array
  /** Coordinates of the RUNNING ones, row by row. */
  readonly running: Float64Array
}

export function historyOf(study: StudySnapshot, space: SearchSpace, unit: UnitSpace): History {
  const usable = (trial: TrialRecord) => {
    const params = jointDrawOf(trial, 'gp')
    return [...space].every(([name, distribution]) => {
      const value = params.get(name)
      return value !== undefined && contains(distribution, value)
    })
  }
  const complete = study.trials.filter((trial) => trial.state === 'COMPLETE' && usable(trial))
  const running = study.trials.filter((trial) => trial.state === 'RUNNING' && usable(trial))
  const encode = (trials: readonly TrialRecord[]) => {
    const points = new Float64Array(trials.length * unit.dimension)
    for (const [i, trial] of trials.entries())
      unit.encode(jointDrawOf(trial, 'gp'), points, i * unit.dimension)
    return points
  }
  return { complete, points: encode(complete), running: encode(running) }
}
