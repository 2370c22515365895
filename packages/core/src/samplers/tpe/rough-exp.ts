/** A table of 2^(step / STEPS). */
const BITS = 10
const STEPS = 1 << BITS
const PER_E = STEPS / Math.LN2
/** Powers of two in the table: from 2^-LOWEST. */
const LOWEST = 1074

const fractions = Float64Array.from({ length: STEPS }, (_, step) => 2 ** (step / STEPS))
const powers = Float64Array.from({ length: LOWEST + 1024 }, (_, power) => 2 ** (power - LOWEST))

/** By how much the logarithm of {@link roughExp} falls short at most, rounding not counted. */
export const ROUGHNESS = Math.LN2 / STEPS

/** exp(x) or a little less, for x from -700 to 700; a third of the time that Math.exp takes. */
export function roughExp(x: number): number {
  const step = (x * PER_E + LOWEST * STEPS) | 0
  return fractions[step & (STEPS - 1)]! * powers[step >> BITS]!
}
