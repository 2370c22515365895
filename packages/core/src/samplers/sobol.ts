import type { Random } from '../random.js'
import { SOBOL_DIMENSIONS, sobolDirections } from './sobol-directions.js'

export { SOBOL_DIMENSIONS }

/** A scrambled Sobol sequence in (0, 1); any point can be had by its index. */
export interface SobolSequence {
  /** Coordinate `dimension`, from 0, of point `index`, from 0 to 2^32 - 1. */
  at(index: number, dimension: number): number
}

/**
 * A Sobol sequence of at most {@link SOBOL_DIMENSIONS} dimensions, scrambled by `random`: each 2^k points from a
 * multiple of 2^k keep their places in the elementary intervals, and each point is uniform. Nested uniform scrambling
 * (A. B. Owen, "Randomly permuted (t,m,s)-nets and (t,s)-sequences", 1995) by a hash in which a bit depends on itself
 * and the higher ones alone (B. Burley, "Practical hash-based Owen scrambling", JCGT 9(4), 2020).
 */
export function sobolSequence(dimensions: number, random: Random): SobolSequence {
  if (!Number.isInteger(dimensions) || dimensions < 0 || dimensions > SOBOL_DIMENSIONS) {
    throw new RangeError(`sobol: ${dimensions} dimensions; there are 0 to ${SOBOL_DIMENSIONS}`)
  }
  const keys = Uint32Array.from({ length: dimensions }, () => random.uint32())
  return {
    at(index, dimension) {
      if (dimension < 0 || dimension >= dimensions) throw new RangeError(`sobol: no dimension ${dimension}`)
      return (scramble(sobolBits(index, dimension), keys[dimension]!) + 0.5) / 2 ** 32
    },
  }
}

/** The first `count` points of a scrambled sequence, row by row: count x dimensions numbers in (0, 1). */
export function scrambledSobol(dimensions: number, count: number, random: Random): Float64Array<ArrayBuffer> {
  const sequence = sobolSequence(dimensions, random)
  const points = new Float64Array(count * dimensions)
  for (let i = 0; i < points.length; i++) {
    const row = Math.floor(i / dimensions)
    points[i] = sequence.at(row, i - row * dimensions)
  }
  return points
}

/** Coordinate `dimension` of point `index` of the plain sequence, as a fraction of 2^32, in Gray code order. */
export function sobolBits(index: number, dimension: number): number {
  const numbers = sobolDirections()[dimension]!
  let gray = index ^ (index >>> 1)
  let bits = 0
  for (let i = 0; gray !== 0; i++, gray >>>= 1) if (gray & 1) bits ^= numbers[i]!
  return bits >>> 0
}

function scramble(bits: number, key: number): number {
  return reverse(lowerBitsHash(reverse(bits), key))
}

/**
 * A permutation of 32-bit words in which a bit depends on itself and the lower ones alone: additions, products with odd
 * numbers, and x ^= x * even. Constants of N. Vegdahl, "Building a better LK hash", 2021.
 */
function lowerBitsHash(word: number, key: number): number {
  let x = word
  x ^= Math.imul(x, 0x3d20_adea)
  x = (x + key) | 0
  x = Math.imul(x, (key >>> 16) | 1)
  x ^= Math.imul(x, 0x0552_6c56)
  x ^= Math.imul(x, 0x53a2_2864)
  return x >>> 0
}

function reverse(word: number): number {
  let x = word
  x = ((x >>> 1) & 0x5555_5555) | ((x & 0x5555_5555) << 1)
  x = ((x >>> 2) & 0x3333_3333) | ((x & 0x3333_3333) << 2)
  x = ((x >>> 4) & 0x0f0f_0f0f) | ((x & 0x0f0f_0f0f) << 4)
  x = ((x >>> 8) & 0x00ff_00ff) | ((x & 0x00ff_00ff) << 8)
  return ((x >>> 16) | (x << 16)) >>> 0
}
