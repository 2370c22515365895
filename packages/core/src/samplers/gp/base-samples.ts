import { normalQuantile } from '../../mathematics/normal.js'
import type { Random } from '../../random.js'
import { SOBOL_DIMENSIONS, scrambledSobol } from '../sobol.js'

/** Points of the unit cube, row by row: a scrambled Sobol sequence, in more dimensions than it has random ones. */
export function unitSamples(dimension: number, count: number, random: Random): Float64Array {
  if (dimension <= SOBOL_DIMENSIONS) return scrambledSobol(dimension, count, random)
  return Float64Array.from({ length: dimension * count }, () => random.next())
}

/** Standard normals, row by row, that fill their space more evenly than independent ones. */
export function normalSamples(dimension: number, count: number, random: Random): Float64Array {
  // A random number may be 0, whose quantile is not finite.
  return unitSamples(dimension, count, random).map((u) => normalQuantile(Math.max(u, 2 ** -33)))
}
