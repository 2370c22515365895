import { checkSamples, type Truths } from './ranked-scores.js'

/** A rising curve from scores to probabilities: straight lines between knots, level beyond them. */
export interface IsotonicCalibration {
  /** Ascending. */
  readonly scores: readonly number[]
  readonly probabilities: readonly number[]
  probability(score: number): number
}

/**
 * Isotonic calibration: the rising function nearest to the truths by least squares, by pooling adjacent violators (M.
 * Ayer et al., Annals of Mathematical Statistics 26(4), 1955; B. Zadrozny, C. Elkan, KDD 2002), with straight lines
 * between knots as scikit-learn's IsotonicRegression.
 */
export function isotonicCalibration(truths: Truths, scores: ArrayLike<number>): IsotonicCalibration {
  const truth = checkSamples('isotonicCalibration', truths, scores)
  const order = Uint32Array.from(scores, (_, i) => i).sort((a, b) => scores[a]! - scores[b]!)
  /** Runs of scores that share a value, ascending. */
  const pools: { low: number; high: number; hits: number; count: number }[] = []
  for (const sample of order) {
    const score = scores[sample]!
    const last = pools.at(-1)
    if (last && last.low === score && last.high === score) {
      last.hits += truth[sample]!
      last.count++
    } else pools.push({ low: score, high: score, hits: truth[sample]!, count: 1 })
  }
  const merged: typeof pools = []
  for (const pool of pools) {
    let current = pool
    for (
      let last = merged.at(-1);
      last && last.hits * current.count >= current.hits * last.count;
      last = merged.at(-1)
    ) {
      merged.pop()
      current = {
        low: last.low,
        high: current.high,
        hits: last.hits + current.hits,
        count: last.count + current.count,
      }
    }
    merged.push(current)
  }
  const x: number[] = []
  const y: number[] = []
  for (const { low, high, hits, count } of merged) {
    x.push(low)
    y.push(hits / count)
    if (high !== low) {
      x.push(high)
      y.push(hits / count)
    }
  }
  return { scores: x, probabilities: y, probability: (score) => interpolate(x, y, score) }
}

function interpolate(x: readonly number[], y: readonly number[], at: number): number {
  if (Number.isNaN(at)) return Number.NaN
  if (at <= x[0]!) return y[0]!
  if (at >= x.at(-1)!) return y.at(-1)!
  let low = 0
  let high = x.length - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (x[middle]! <= at) low = middle
    else high = middle
  }
  return y[low]! + ((y[high]! - y[low]!) * (at - x[low]!)) / (x[high]! - x[low]!)
}
