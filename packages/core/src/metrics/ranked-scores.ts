import { InputError } from '../errors.js'

/** Two-class truths: true and 1 are positive, false and 0 negative. */
export type Truths = ArrayLike<boolean | number>

/** What is at or above each distinct score, the highest score first. */
export interface RankedScores {
  readonly thresholds: Float64Array
  readonly truePositives: Float64Array
  readonly falsePositives: Float64Array
  readonly positives: number
  readonly negatives: number
}

/**
 * Cumulative counts at every distinct score.
 * @throws InputError naming the sample for lengths that differ, a NaN, a truth that is none.
 */
export function rankScores(owner: string, truths: Truths, scores: ArrayLike<number>): RankedScores {
  const truth = checkSamples(owner, truths, scores)
  const order = Uint32Array.from(scores, (_, i) => i).sort((a, b) => scores[b]! - scores[a]!)
  const thresholds: number[] = []
  const truePositives: number[] = []
  const falsePositives: number[] = []
  let hits = 0
  for (const [place, sample] of order.entries()) {
    hits += truth[sample]!
    const next = order[place + 1]
    if (next !== undefined && scores[next] === scores[sample]) continue
    thresholds.push(scores[sample]!)
    truePositives.push(hits)
    falsePositives.push(place + 1 - hits)
  }
  return {
    thresholds: Float64Array.from(thresholds),
    truePositives: Float64Array.from(truePositives),
    falsePositives: Float64Array.from(falsePositives),
    positives: hits,
    negatives: order.length - hits,
  }
}

/** Truths as 0 and 1, beside scores that are numbers. */
export function checkSamples(owner: string, truths: Truths, scores: ArrayLike<number>): Uint8Array {
  if (truths.length !== scores.length) {
    throw new InputError(
      `${owner}: ${truths.length} truths and ${scores.length} scores; give one for each sample.`,
    )
  }
  if (truths.length === 0) throw new InputError(`${owner}: there are no samples; give at least one.`)
  return Uint8Array.from(truths as ArrayLike<number>, (_, i) => {
    const truth = truths[i]
    if (truth !== true && truth !== false && truth !== 0 && truth !== 1) {
      throw new InputError(`${owner}: truth ${i} is ${String(truth)}; give true or false, 1 or 0.`)
    }
    if (!Number.isFinite(scores[i])) {
      throw new InputError(`${owner}: score ${i} is ${String(scores[i])}; give a finite number.`)
    }
    return Number(truth)
  })
}
