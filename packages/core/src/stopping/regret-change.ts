import { dot } from '../mathematics/linear-algebra.js'
import { normalCdf, normalPdf } from '../mathematics/normal.js'
import { fitKernel, MINIMUM_NOISE } from '../samplers/gp/fit.js'
import { GaussianProcess } from '../samplers/gp/gaussian-process.js'
import { historyOf } from '../samplers/gp/history.js'
import { matern52, squaredDistance } from '../samplers/gp/kernel.js'
import { standardize } from '../samplers/gp/standardize.js'
import { UnitSpace } from '../samplers/gp/unit-space.js'
import type { SearchSpace } from '../space/distribution.js'
import type { StudySnapshot } from '../study/study-snapshot.js'
import { checkOneObjective, defaultSamples, standardizedRegretBound } from './regret-bound.js'

/**
 * By how much, at most, the last trial changed the expected minimum simple regret, in standard deviations of the
 * values: when this stays small there is little left to find. H. Ishibashi et al., "A stopping criterion for Bayesian
 * optimization by the gap of expected minimum simple regrets", AISTATS 2023, theorem 1 and algorithm 1; as Optuna 5.0.
 * @param samples points of the unit cube that are looked at beside the trials, row by row; default 2048 of a Sobol
 * sequence, always the same
 * @returns undefined below two COMPLETE trials with the whole space, or without a space
 * @throws InputError for several objectives
 */
export function regretChange(
  study: StudySnapshot,
  space: SearchSpace,
  samples = defaultSamples(space.size),
): number | undefined {
  checkOneObjective(study)
  const unit = new UnitSpace(space)
  const { complete, points } = historyOf(study, space, unit)
  const n = complete.length
  const d = unit.dimension
  if (d === 0 || n < 2) return undefined
  const sign = study.directions[0] === 'maximize' ? 1 : -1
  const { values } = standardize(complete.map((trial) => sign * trial.values![0]!))
  const { categorical } = unit
  const known = { points: points.subarray(0, (n - 1) * d), values: values.subarray(0, n - 1), categorical }
  const all = { points, values, categorical }
  const kernelBefore = fitKernel(known, false)
  const before = GaussianProcess.of(known, kernelBefore)
  const after = GaussianProcess.of(all, fitKernel(all, false, kernelBefore))

  const pointOf = (i: number) => points.subarray(i * d, (i + 1) * d)
  const best = largest(values)
  const bestBefore = largest(known.values)
  const latest = posteriorAt(after, pointOf(n - 1))
  const atBest = posteriorAt(after, pointOf(best))
  const atFormer = posteriorAt(after, pointOf(bestBefore))
  const former = posteriorAt(before, pointOf(bestBefore))
  const shared =
    best === bestBefore
      ? atBest.variance
      : covarianceOf(
          after,
          pointOf(best),
          pointOf(bestBefore),
          atBest.whitened,
          atFormer.whitened,
          categorical,
        )

  const gap = atBest.mean - former.mean
  const v = Math.sqrt(Math.max(1e-10, atBest.variance - 2 * shared + atFormer.variance))
  const bound = standardizedRegretBound(before, known.points, unit, samples)
  const divergence = divergenceOf(latest.variance, values[n - 1]! - latest.mean)
  return -gap + v * (normalPdf(gap / v) + (gap / v) * normalCdf(gap / v)) + bound * Math.sqrt(divergence / 2)
}

/** Kullback and Leibler's, of the process with the last value from that without (equation 4 of the paper). */
function divergenceOf(variance: number, surprise: number): number {
  const whole = variance + MINIMUM_NOISE
  return (
    (Math.log1p(variance / MINIMUM_NOISE) - variance / whole + (variance * surprise ** 2) / whole ** 2) / 2
  )
}

function posteriorAt(process: GaussianProcess, x: Float64Array) {
  const variance = process.whiten(x)
  return { variance, mean: process.mean(), whitened: process.whitened.slice() }
}

function covarianceOf(
  { kernel }: GaussianProcess,
  a: Float64Array,
  b: Float64Array,
  whitenedA: Float64Array,
  whitenedB: Float64Array,
  categorical: Uint8Array,
): number {
  const q = squaredDistance(a, 0, b, 0, kernel.inverseSquaredLengths, categorical)
  return kernel.scale * matern52(q) - dot(whitenedA, 0, whitenedB, 0, whitenedA.length)
}

function largest(values: Float64Array): number {
  let best = 0
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i
  return best
}

/** Trials left out of the threshold, because they are mostly random. */
const WARM_UP = 10
const FIRST_CRITERIA = 20
const THRESHOLD_SHARE = 0.01

/**
 * Below which {@link regretChange} says that there is little left to find: a hundredth of the median of its first 20
 * values, the first 10 trials left out (Ishibashi et al., 2023, section 5).
 * @returns undefined below 30 COMPLETE trials with the whole space, or without a space
 */
export function regretChangeThreshold(
  study: StudySnapshot,
  space: SearchSpace,
  samples = defaultSamples(space.size),
): number | undefined {
  const { complete } = historyOf(study, space, new UnitSpace(space))
  if (complete.length < WARM_UP + FIRST_CRITERIA) return undefined
  const values: number[] = []
  for (let count = 1; count <= FIRST_CRITERIA; count++) {
    const trials = complete.slice(WARM_UP, WARM_UP + count)
    const value = regretChange({ ...study, trials }, space, samples)
    // One trial alone has no change yet; it counts as a large one.
    if (space.size > 0) values.push(value ?? Number.POSITIVE_INFINITY)
  }
  const median = values.sort((a, b) => a - b)[Math.floor(values.length / 2)]
  return median === undefined ? undefined : median * THRESHOLD_SHARE
}
