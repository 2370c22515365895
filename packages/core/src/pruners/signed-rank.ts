import { normalCdf } from '../mathematics/normal.js'

/** Up to here the distribution is counted out where there are neither ties nor zeros. */
const MOST_EXACT = 50
/** And up to here where there are. */
const MOST_EXACT_WITH_TIES = 13

/**
 * One-sided p-values of Wilcoxon's signed-rank test of paired differences; a difference of 0 gives half of its rank to
 * either side. F. Wilcoxon, Biometrics Bulletin 1(6), 1945; the choice between counting all sign patterns out (exact
 * for ties, too) and the normal approximation with tie correction and without continuity correction is that of
 * scipy.stats.wilcoxon 1.13 and later with method `auto` and zero_method `zsplit`.
 *
 * @param differences finite; none give NaN
 */
export function signedRankTest(differences: readonly number[]): { greater: number; less: number } {
  const n = differences.length
  if (n === 0) return { greater: Number.NaN, less: Number.NaN }
  const { ranks, tieSizes } = averageRanks(differences.map(Math.abs))
  const zeros = differences.filter((difference) => difference === 0).length
  const hasTies = zeros > 0 || tieSizes.some((size) => size > 1)
  let positive = 0
  for (const [i, difference] of differences.entries()) {
    if (difference > 0) positive += ranks[i]!
    else if (difference === 0) positive += ranks[i]! / 2
  }
  if (n <= (hasTies ? MOST_EXACT_WITH_TIES : MOST_EXACT)) {
    const signed = ranks.filter((_, i) => differences[i] !== 0)
    const fixed = ranks.reduce((sum, rank, i) => (differences[i] === 0 ? sum + rank / 2 : sum), 0)
    return countedOut(signed, positive - fixed)
  }
  const mean = (n * (n + 1)) / 4
  const tieCorrection = tieSizes.reduce((sum, size) => sum + (size ** 3 - size), 0) / 2
  const z = (positive - mean) / Math.sqrt((n * (n + 1) * (2 * n + 1) - tieCorrection) / 24)
  return { greater: normalCdf(-z), less: normalCdf(z) }
}

/** Ranks from 1, equal values sharing the mean of theirs, and how many values each group of equal ones has. */
export function averageRanks(values: readonly number[]): { ranks: number[]; tieSizes: number[] } {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!)
  const ranks = new Array<number>(values.length)
  const tieSizes: number[] = []
  for (let start = 0; start < order.length; ) {
    let end = start + 1
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++
    for (let i = start; i < end; i++) ranks[order[i]!] = (start + 1 + end) / 2
    tieSizes.push(end - start)
    start = end
  }
  return { ranks, tieSizes }
}

/** P-values of a rank sum among all sign patterns. Twice a rank is a whole number, so sums can be counted. */
function countedOut(ranks: readonly number[], observed: number): { greater: number; less: number } {
  const total = ranks.reduce((sum, rank) => sum + rank, 0) * 2
  const patterns = new Float64Array(total + 1)
  patterns[0] = 1
  let reached = 0
  for (const rank of ranks) {
    const twice = rank * 2
    for (let sum = reached; sum >= 0; sum--) patterns[sum + twice]! += patterns[sum]!
    reached += twice
  }
  let greater = 0
  let less = 0
  for (const [sum, count] of patterns.entries()) {
    if (sum >= observed * 2) greater += count
    if (sum <= observed * 2) less += count
  }
  const all = 2 ** ranks.length
  return { greater: greater / all, less: less / all }
}
