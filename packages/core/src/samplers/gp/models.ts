import type { StudySnapshot } from '../../study/study-snapshot.js'
import { constraintsOf, isFeasible } from '../../trial/constraints.js'
import { fitKernel } from './fit.js'
import { GaussianProcess, type Observations } from './gaussian-process.js'
import type { History } from './history.js'
import { type FittedKernels, lastKernels } from './kernel-attribute.js'
import { standardize } from './standardize.js'
import type { UnitSpace } from './unit-space.js'

/** Gaussian processes of what a study's trials gave. */
export interface StudyModels {
  /** One an objective, of values that are to be maximised, standardised. */
  readonly objectives: readonly GaussianProcess[]
  /** What the objectives' processes were given: one number a trial of the history. */
  readonly values: readonly Float64Array[]
  /** One a constraint; feasible from the threshold up. */
  readonly constraints: readonly { readonly process: GaussianProcess; readonly threshold: number }[]
  /** By trial of the history. */
  readonly feasible: readonly boolean[]
  /** Of the objectives, then of the constraints. */
  readonly fitted: FittedKernels
}

/** From so many trials on, a kernel is kept until there are so many times as many: one more changes little. */
const KEEP_FROM = 100
const KEEP_UNTIL = 1.05

/** Fits everything, each kernel from where the study's last one ended. */
export function modelStudy(
  study: StudySnapshot,
  history: History,
  unit: UnitSpace,
  deterministic: boolean,
): StudyModels {
  const { complete, points } = history
  const { categorical } = unit
  const d = unit.dimension
  const values = study.directions.map((direction, j) => {
    const sign = direction === 'maximize' ? 1 : -1
    return standardize(complete.map((trial) => sign * trial.values![j]!)).values
  })
  const limits = complete.map(constraintsOf)
  const count = limits.find((limit) => limit !== undefined)?.length ?? 0
  const limited = limits.flatMap((limit, i) => (limit?.length === count && count > 0 ? [i] : []))
  const limitedPoints = new Float64Array(limited.length * d)
  for (const [k, i] of limited.entries()) limitedPoints.set(points.subarray(i * d, (i + 1) * d), k * d)

  const last = lastKernels(study, unit.names, values.length + count)
  const n = complete.length
  const keep = last !== undefined && n >= KEEP_FROM && n >= last.trials && n < KEEP_UNTIL * last.trials
  const fit = (observations: Observations, place: number) => {
    const start = last?.kernels[place]
    return GaussianProcess.of(observations, keep ? start! : fitKernel(observations, deterministic, start))
  }
  const objectives = values.map((ofObjective, j) => fit({ points, values: ofObjective, categorical }, j))
  const constraints = Array.from({ length: count }, (_, c) => {
    const { values: slack, mean, deviation } = standardize(limited.map((i) => -limits[i]![c]!))
    const process = fit({ points: limitedPoints, values: slack, categorical }, values.length + c)
    return { process, threshold: -mean / deviation }
  })
  const kernels = [...objectives, ...constraints.map(({ process }) => process)].map(({ kernel }) => kernel)
  return {
    objectives,
    values,
    constraints,
    feasible: complete.map(isFeasible),
    fitted: { kernels, trials: keep ? last.trials : n },
  }
}
