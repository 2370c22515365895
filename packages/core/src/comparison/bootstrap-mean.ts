import { quantile } from '../quantile.js'
import { createRandom } from '../random.js'

const RESAMPLES = 2_000

/**
 * Percentile bootstrap intervals of means, from the same resamples for all of as many values. Of few values they are
 * too narrow, by a factor of about sqrt((n - 1) / n) and more (T. Hesterberg, The American Statistician 69(4), 2015):
 * they show what the values carry without a distribution assumed, and no verdict rests on them.
 */
export function createMeanBootstrap(
  level: number,
  seed: number,
): (values: readonly number[]) => readonly [low: number, high: number] {
  const drawsOf = new Map<number, Uint32Array>()
  const means = new Float64Array(RESAMPLES)
  return (values) => {
    const count = values.length
    if (count < 2) return [values[0] ?? Number.NaN, values[0] ?? Number.NaN]
    let draws = drawsOf.get(count)
    if (draws === undefined) {
      const random = createRandom(seed)
      draws = Uint32Array.from({ length: RESAMPLES * count }, () => random.int(count))
      drawsOf.set(count, draws)
    }
    for (let b = 0; b < RESAMPLES; b++) {
      let sum = 0
      for (let draw = b * count; draw < (b + 1) * count; draw++) sum += values[draws[draw]!]!
      means[b] = sum / count
    }
    means.sort()
    return [quantile(means, (1 - level) / 2), quantile(means, (1 + level) / 2)]
  }
}
