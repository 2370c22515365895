import { InputError } from '../errors.js'
import { createRandom } from '../random.js'
import { unitSamples } from '../samplers/gp/base-samples.js'
import { fitKernel } from '../samplers/gp/fit.js'
import { GaussianProcess } from '../samplers/gp/gaussian-process.js'
import { historyOf } from '../samplers/gp/history.js'
import { standardize } from '../samplers/gp/standardize.js'
import { UnitSpace } from '../samplers/gp/unit-space.js'
import type { SearchSpace } from '../space/distribution.js'
import type { StudySnapshot } from '../study/study-snapshot.js'

/** Points, beside the trials, among which the most promising one is looked for. */
const SAMPLES = 2048
/** The bound holds with probability 1 - DELTA. */
const DELTA = 0.1
const TOP_SHARE = 0.5
const LEAST_TRIALS = 20

/**
 * An upper bound on how much better than the best trial anything in the space can still be, in the objective's units:
 * the highest upper confidence bound of a Gaussian process less the highest lower one among the trials, over the best
 * half of the COMPLETE trials, at least 20. A. Makarova et al., "Automatic termination for hyperparameter
 * optimization", AutoML 2022; figures as Optuna 5.0.
 * @param samples points of the unit cube that are looked at beside the trials, row by row; default 2048 of a Sobol
 * sequence, always the same
 * @returns undefined below 20 COMPLETE trials with the whole space, or without a space
 * @throws InputError for several objectives
 */
export function regretBound(
  study: StudySnapshot,
  space: SearchSpace,
  samples = defaultSamples(space.size),
): number | undefined {
  checkOneObjective(study)
  const unit = new UnitSpace(space)
  const { complete, points } = historyOf(study, space, unit)
  const n = complete.length
  if (unit.dimension === 0 || n < LEAST_TRIALS) return undefined
  const sign = study.directions[0] === 'maximize' ? 1 : -1
  const gains = Float64Array.from(complete, (trial) => sign * trial.values![0]!)
  const size = Math.min(n, Math.max(LEAST_TRIALS, Math.floor(n * TOP_SHARE)))
  const mark = gains.toSorted()[n - size]!
  const top = complete.flatMap((_, i) => (gains[i]! >= mark ? [i] : []))
  const { values, deviation } = standardize(top.map((i) => gains[i]!))
  const topPoints = Float64Array.from(
    top.flatMap((i) => [...points.subarray(i * unit.dimension, (i + 1) * unit.dimension)]),
  )
  const observations = { points: topPoints, values, categorical: unit.categorical }
  const process = GaussianProcess.of(observations, fitKernel(observations, false))
  return standardizedRegretBound(process, topPoints, unit, samples) * deviation
}

/**
 * The bound for a process of standardised values.
 * @param points those that it was given, row by row
 */
export function standardizedRegretBound(
  process: GaussianProcess,
  points: Float64Array,
  unit: UnitSpace,
  samples: Float64Array,
): number {
  const d = unit.dimension
  const width = Math.sqrt(confidenceWidth(d, points.length / d))
  let upper = Number.NEGATIVE_INFINITY
  let lower = Number.NEGATIVE_INFINITY
  for (let start = 0; start < points.length; start += d) {
    const deviation = Math.sqrt(process.whiten(points.subarray(start, start + d)))
    upper = Math.max(upper, process.mean() + width * deviation)
    lower = Math.max(lower, process.mean() - width * deviation)
  }
  for (let start = 0; start < samples.length; start += d) {
    const x = samples.slice(start, start + d)
    unit.snap(x)
    const deviation = Math.sqrt(process.whiten(x))
    upper = Math.max(upper, process.mean() + width * deviation)
  }
  return upper - lower
}

/** @throws InputError for several objectives: what a regret is would be open. */
export function checkOneObjective({ name, directions }: StudySnapshot): void {
  if (directions.length === 1) return
  throw new InputError(`${name} has ${directions.length} objectives; stopping by regret needs one.`)
}

/** Every process looks at the same points. */
export function defaultSamples(dimension: number): Float64Array {
  return dimension === 0 ? new Float64Array(0) : unitSamples(dimension, SAMPLES, createRandom(0))
}

/** Squared width of the confidence band, in variances: 2 log(d n^2 pi^2 / (6 delta)), a fifth of it. */
export function confidenceWidth(dimension: number, trials: number): number {
  return (2 * Math.log((dimension * trials ** 2 * Math.PI ** 2) / 6 / DELTA)) / 5
}

/**
 * The standard error of a mean over cross-validation folds, which makes up for their common training data: below it
 * an improvement is noise. C. Nadeau, Y. Bengio, "Inference for the generalization error", 2003, as Makarova et al.
 * @param scores of the k folds, k at least 2
 */
export function crossValidationError(scores: readonly number[]): number {
  const k = scores.length
  const mean = scores.reduce((sum, score) => sum + score / k, 0)
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2 / k, 0)
  return Math.sqrt(variance * (1 / k + 1 / (k - 1)))
}
