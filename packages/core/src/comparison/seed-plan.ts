import type { Checked } from './options.js'
import type { SeedPlan } from './paired-comparison.js'
import type { Differences } from './paired-t.js'
import type { Pairing } from './pairing.js'
import { seedsNeeded } from './power.js'

/** More seeds than this are nobody's plan. */
export const MOST_SEEDS = 1000

/** The differences' standard deviation over all candidates, weighted by degrees of freedom; NaN where none is known. */
export function pooledDeviation(pairings: readonly Pairing[]): number {
  let squares = 0
  let freedom = 0
  for (const { described } of pairings) {
    if (described === undefined || described.count < 2) continue
    squares += described.deviation ** 2 * (described.count - 1)
    freedom += described.count - 1
  }
  return Math.sqrt(squares / freedom)
}

/**
 * How many seeds would settle a candidate's difference at level `alpha`; undefined where there is no difference, or
 * nothing known of the noise.
 *
 * @param noise what differences of this study usually deviate
 */
export function planOf(
  described: Differences,
  noise: number,
  alpha: number,
  checked: Checked,
): SeedPlan | undefined {
  const { count, mean } = described
  const difference = checked.equivalence ?? Math.abs(mean)
  // Two differences say next to nothing of their own spread; the others' is the better guess.
  const deviation = count >= 3 ? described.deviation : noise
  if (difference === 0 || Number.isNaN(deviation)) return undefined
  const needed =
    deviation === 0
      ? Math.ceil(1 - Math.log2(alpha))
      : seedsNeeded(difference, deviation, alpha, checked.power, MOST_SEEDS)
  return { more: needed === undefined ? undefined : Math.max(needed - count, 1), difference }
}
