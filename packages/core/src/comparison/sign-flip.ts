import type { Random } from '../random.js'

/** Up to here all sign patterns are counted out: 2^15 of them, up to the sign of the whole. */
const MOST_EXACT = 16
const PATTERNS = 9_999

/**
 * Two-sided p-value of the sign-flip permutation test that paired differences are symmetric about 0, by the size of
 * their mean; exact up to 16 differences, from 9,999 random patterns beyond (B. Phipson, G. Smyth, "Permutation
 * p-values should never be zero", Stat. Appl. Genet. Mol. Biol. 9(1), 2010). It is never below 2^(1 - n): with n = 5
 * never below 0.0625, so few seeds cannot reach 5 % by it whatever they say.
 *
 * @returns NaN where there are none
 */
export function signFlipTest(differences: readonly number[], random: Random): number {
  if (differences.length === 0) return Number.NaN
  const observed = Math.abs(differences.reduce((sum, difference) => sum + difference, 0))
  const scale = differences.reduce((sum, difference) => sum + Math.abs(difference), 0)
  // Sums of the same numbers in another order differ in the last bits.
  const reached = (sum: number) => Math.abs(sum) >= observed - 1e-12 * scale
  if (differences.length <= MOST_EXACT) {
    let count = 0
    const visit = (from: number, sum: number): void => {
      if (from === differences.length) {
        if (reached(sum)) count++
        return
      }
      visit(from + 1, sum + differences[from]!)
      visit(from + 1, sum - differences[from]!)
    }
    // The opposite pattern has the same mean but for its sign.
    visit(1, differences[0]!)
    return count / 2 ** (differences.length - 1)
  }
  let count = 1
  for (let pattern = 0; pattern < PATTERNS; pattern++) {
    let sum = 0
    for (const difference of differences) sum += random.uint32() & 1 ? difference : -difference
    if (reached(sum)) count++
  }
  return count / (PATTERNS + 1)
}
