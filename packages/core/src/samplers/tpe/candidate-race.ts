import { ROUGHNESS } from './rough-exp.js'

/** How finely a density is added up. */
export interface Precision {
  /** Kernels that together change the density by less than the exponential of this share of itself are left out. */
  readonly negligible: number
  /** Whether exponentials may fall a little short. */
  readonly rough: boolean
  /** By how much the logarithm of the density falls short at most, rounding included. */
  readonly missing: number
}

/** Left out is less than 1e-14. */
export const FULL = precision(-32, false)
/** Candidates are told apart first roughly, then those that are left more finely. */
const PRECISIONS = [precision(-7, true), precision(-14, false), FULL]

/** A density whose sum at a point is begun small and grows. */
export interface GradualSums<Sum> {
  start(point: Float64Array, precision: Precision): Sum
  /** False where nothing is left that counts. */
  grow(sum: Sum, precision: Precision): boolean
  /** Logarithm of the density so far. */
  log(sum: Sum): number
}

/**
 * The first of the points with the largest `logBelow` minus log-density. Candidates are given up as soon as their sums so
 * far prove that they cannot win, which leaves the decision what it is.
 */
export function bestCandidate<Sum>(
  points: readonly Float64Array[],
  logBelow: Float64Array,
  density: GradualSums<Sum>,
): number {
  let left = firstOfEach(points, logBelow)
  let scores: Float64Array = new Float64Array(0)
  for (const precision of PRECISIONS) {
    if (left.length <= 1) return left[0] ?? 0
    scores = race(left, points, logBelow, precision, density)
    const missing = precision === FULL ? 0 : precision.missing
    const proven = scores.reduce((a, b) => Math.max(a, b)) - missing
    left = left.filter((_, k) => scores[k]! >= proven)
  }
  return left[0]!
}

/**
 * The scores of some candidates, not less than they are; -Infinity where they cannot be the largest. It is always the
 * one that may still be the best that is looked at further.
 */
function race<Sum>(
  candidates: readonly number[],
  points: readonly Float64Array[],
  logBelow: Float64Array,
  precision: Precision,
  density: GradualSums<Sum>,
): Float64Array {
  const sums = candidates.map((i) => density.start(points[i]!, precision))
  const uppers = Float64Array.from(candidates, (i, k) => logBelow[i]! - density.log(sums[k]!))
  const scores = new Float64Array(candidates.length).fill(-Infinity)
  for (let proven = -Infinity; ; ) {
    let k = 0
    for (let other = 1; other < uppers.length; other++) if (uppers[other]! > uppers[k]!) k = other
    if (uppers[k]! < proven || uppers[k] === -Infinity) return scores
    if (density.grow(sums[k]!, precision)) {
      uppers[k] = logBelow[candidates[k]!]! - density.log(sums[k]!)
    } else {
      scores[k] = uppers[k]!
      proven = Math.max(proven, scores[k]! - precision.missing)
      uppers[k] = -Infinity
    }
  }
}

function precision(negligible: number, rough: boolean): Precision {
  return { negligible, rough, missing: Math.log1p(Math.exp(negligible)) + Number(rough) * ROUGHNESS + 1e-9 }
}

/** The first of each group of equal candidates. */
function firstOfEach(points: readonly Float64Array[], logBelow: Float64Array): number[] {
  const first: number[] = []
  points.forEach((point, i) => {
    const seen = first.some((j) => logBelow[j] === logBelow[i] && point.every((x, a) => x === points[j]![a]))
    if (!seen) first.push(i)
  })
  return first
}
