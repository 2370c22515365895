import { InputError } from '../errors.js'
import { rankScores, type Truths } from './ranked-scores.js'

/** What a wrong decision costs, in any unit, at least 0. */
export interface Costs {
  readonly falsePositive: number
  readonly falseNegative: number
}

export interface ThresholdChoice {
  /** A sample is positive at or above it; Infinity where taking none for positive is best. */
  readonly threshold: number
  /** Youden's J, F1, or the cost in total. */
  readonly value: number
}

/**
 * The threshold with the highest Youden's J (true minus false positive rate: W. J. Youden, Cancer 3(1), 1950), the
 * highest F1, or the lowest cost; the highest of equals. Chosen and judged on the same samples it flatters: choose on
 * one set, judge on another.
 *
 * @throws InputError; `youden` needs both classes.
 */
export function bestThreshold(
  truths: Truths,
  scores: ArrayLike<number>,
  criterion: 'youden' | 'f1' | Costs,
): ThresholdChoice {
  const ranked = rankScores('bestThreshold', truths, scores)
  const { positives, negatives } = ranked
  if (criterion === 'youden' && (positives === 0 || negatives === 0)) {
    throw new InputError("bestThreshold: Youden's J needs truths of both classes; give a cost instead.")
  }
  if (typeof criterion === 'object') checkCosts(criterion)
  else if (criterion !== 'youden' && criterion !== 'f1') {
    throw new InputError(`bestThreshold: criterion is ${String(criterion)}; give youden, f1, or costs.`)
  }
  const gainOf = (hits: number, wrong: number): number => {
    if (criterion === 'youden') return hits / positives - wrong / negatives
    if (criterion === 'f1') return hits === 0 ? 0 : (2 * hits) / (hits + wrong + positives)
    return -(criterion.falsePositive * wrong + criterion.falseNegative * (positives - hits))
  }
  let threshold = Number.POSITIVE_INFINITY
  let best = gainOf(0, 0)
  for (const [i, each] of ranked.thresholds.entries()) {
    const gain = gainOf(ranked.truePositives[i]!, ranked.falsePositives[i]!)
    if (gain > best) {
      best = gain
      threshold = each
    }
  }
  return { threshold, value: typeof criterion === 'object' ? Math.abs(best) : best }
}

function checkCosts(costs: Costs): void {
  for (const name of ['falsePositive', 'falseNegative'] as const) {
    const cost = costs[name]
    if (!(Number.isFinite(cost) && cost >= 0)) {
      throw new InputError(`bestThreshold: ${name} costs ${cost}; give a number from 0.`)
    }
  }
}
