import { InputError } from '../errors.js'
import { checkSamples, type Truths } from './ranked-scores.js'

/** P(positive | score) = 1 / (1 + exp(slope * score + intercept)); the slope is negative where higher scores are better. */
export interface PlattScaling {
  readonly slope: number
  readonly intercept: number
  probability(score: number): number
}

const MOST_STEPS = 100

/**
 * Platt scaling: a logistic curve fitted to scores by maximum likelihood, with targets (n+ + 1) / (n+ + 2) and
 * 1 / (n- + 2) rather than 1 and 0 lest few samples give certainties. J. Platt, "Probabilistic outputs for support
 * vector machines", 1999; Newton's method with backtracking as in H.-T. Lin, C.-J. Lin, R. C. Weng, Machine Learning
 * 68, 2007.
 *
 * @throws InputError where the truths are not of both classes.
 */
export function plattScaling(truths: Truths, scores: ArrayLike<number>): PlattScaling {
  const truth = checkSamples('plattScaling', truths, scores)
  const positives = truth.reduce((sum, value) => sum + value, 0)
  const negatives = truth.length - positives
  if (positives === 0 || negatives === 0) {
    throw new InputError('plattScaling: the truths are all of one class; give both.')
  }
  // Scores of any size, so that the two unknowns are of a size.
  const mean = Array.from(scores).reduce((sum, score) => sum + score, 0) / scores.length
  const spread = Math.max(...Array.from(scores, (score) => Math.abs(score - mean))) || 1
  const x = Float64Array.from(scores, (score) => (score - mean) / spread)
  const targets = Float64Array.from(truth, (value) =>
    value === 1 ? (positives + 1) / (positives + 2) : 1 / (negatives + 2),
  )

  const lossAt = (a: number, b: number) => {
    let loss = 0
    for (let i = 0; i < x.length; i++) {
      const f = a * x[i]! + b
      // -t log p - (1 - t) log(1 - p) with p = 1 / (1 + e^f), where e^f cannot overflow.
      loss += Math.max(f, 0) + Math.log1p(Math.exp(-Math.abs(f))) - (1 - targets[i]!) * f
    }
    return loss
  }
  let a = 0
  let b = Math.log((negatives + 1) / (positives + 1))
  let loss = lossAt(a, b)
  for (let step = 0; step < MOST_STEPS; step++) {
    let haa = 1e-12
    let hab = 0
    let hbb = 1e-12
    let ga = 0
    let gb = 0
    for (let i = 0; i < x.length; i++) {
      const p = 1 / (1 + Math.exp(a * x[i]! + b))
      const slack = targets[i]! - p
      const weight = p * (1 - p)
      ga += x[i]! * slack
      gb += slack
      haa += x[i]! * x[i]! * weight
      hab += x[i]! * weight
      hbb += weight
    }
    if (Math.abs(ga) < 1e-10 && Math.abs(gb) < 1e-10) break
    const determinant = haa * hbb - hab * hab
    const da = -(hbb * ga - hab * gb) / determinant
    const db = -(haa * gb - hab * ga) / determinant
    const slope = ga * da + gb * db
    let length = 1
    let next = lossAt(a + da, b + db)
    while (next > loss + 1e-4 * length * slope && length > 1e-10) {
      length /= 2
      next = lossAt(a + length * da, b + length * db)
    }
    if (length <= 1e-10) break
    a += length * da
    b += length * db
    loss = next
  }
  const slope = a / spread
  const intercept = b - (a * mean) / spread
  return { slope, intercept, probability: (score) => 1 / (1 + Math.exp(slope * score + intercept)) }
}
