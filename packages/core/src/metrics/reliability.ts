import { InputError } from '../errors.js'
import { optionsOf } from '../options.js'
import { quantile } from '../quantile.js'
import { checkSamples, type Truths } from './ranked-scores.js'

export interface ReliabilityOptions {
  /** 10 where not given. */
  readonly bins?: number
  /** Bins as wide as each other in [0, 1], where not given, or with as many samples each. */
  readonly strategy?: 'uniform' | 'quantile'
}

/** A bin that has samples. */
export interface ReliabilityBin {
  readonly count: number
  /** The mean probability that was claimed. */
  readonly claimed: number
  /** The share that is positive. */
  readonly observed: number
}

/**
 * What was claimed beside what came, bin by bin: scikit-learn's calibration_curve. A probability on an edge counts to
 * the bin below it.
 *
 * @param probabilities in [0, 1]
 */
export function reliabilityCurve(
  truths: Truths,
  probabilities: ArrayLike<number>,
  options: ReliabilityOptions = {},
): ReliabilityBin[] {
  const { bins = 10, strategy = 'uniform' } = options
  const checks = optionsOf('reliabilityCurve')
  checks.allowed(options, ['bins', 'strategy'])
  checks.whole('bins', bins, 1)
  checks.oneOf('strategy', strategy, ['uniform', 'quantile'])
  const truth = checkProbabilities('reliabilityCurve', truths, probabilities)
  const sorted = Float64Array.from(probabilities).sort()
  const edges = Array.from({ length: bins - 1 }, (_, i) => {
    const part = (i + 1) / bins
    return strategy === 'uniform' ? part : quantile(sorted, part)
  })
  const counts = new Float64Array(bins)
  const claimed = new Float64Array(bins)
  const hits = new Float64Array(bins)
  for (const [i, value] of truth.entries()) {
    const probability = probabilities[i]!
    const above = edges.findIndex((edge) => probability <= edge)
    const bin = above < 0 ? bins - 1 : above
    counts[bin]!++
    claimed[bin]! += probability
    hits[bin]! += value
  }
  return Array.from(counts, (count, bin) => ({
    count,
    claimed: claimed[bin]! / count,
    observed: hits[bin]! / count,
  })).filter(({ count }) => count > 0)
}

/**
 * Expected calibration error: how far claims are from what came, averaged over samples. M. P. Naeini, G. Cooper, M.
 * Hauskrecht, AAAI 2015. It depends on the bins, so name them beside it.
 */
export function expectedCalibrationError(
  truths: Truths,
  probabilities: ArrayLike<number>,
  options: ReliabilityOptions = {},
): number {
  const bins = reliabilityCurve(truths, probabilities, options)
  return bins.reduce(
    (sum, { count, claimed, observed }) => sum + (count / truths.length) * Math.abs(claimed - observed),
    0,
  )
}

/** Mean squared distance of probabilities from truths: G. W. Brier, Monthly Weather Review 78(1), 1950. */
export function brierScore(truths: Truths, probabilities: ArrayLike<number>): number {
  const truth = checkProbabilities('brierScore', truths, probabilities)
  return truth.reduce((sum, value, i) => sum + (value - probabilities[i]!) ** 2, 0) / truth.length
}

function checkProbabilities(owner: string, truths: Truths, probabilities: ArrayLike<number>): Uint8Array {
  const truth = checkSamples(owner, truths, probabilities)
  for (let i = 0; i < probabilities.length; i++) {
    const value = probabilities[i]!
    if (value < 0 || value > 1) {
      throw new InputError(`${owner}: probability ${i} is ${value}; give numbers from 0 to 1.`)
    }
  }
  return truth
}
