import { InputError } from './errors.js'

/** A seeded stream of random numbers: the same seed gives the same stream on every machine. */
export interface Random {
  /** Uniform on the 2^32 whole numbers from 0. */
  uint32(): number
  /** Uniform on [0, 1), in steps of 2^-53. */
  next(): number
  /** Uniform on the whole numbers 0 to n - 1, without bias; n from 1 to 2^32. */
  int(n: number): number
  /** Standard normal. */
  normal(): number
}

/**
 * A generator for a seed, a whole number from 0 to 2^53 - 1.
 * @throws InputError for any other seed.
 */
export function createRandom(seed: number): Random {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new InputError(`seed is ${seed}; give a whole number from 0 to ${Number.MAX_SAFE_INTEGER}.`)
  }
  const first = splitMix64(BigInt(seed), 1)
  const second = splitMix64(BigInt(seed), 2)
  return new Xoshiro128([
    Number(first & 0xffff_ffffn),
    Number(first >> 32n),
    Number(second & 0xffff_ffffn),
    Number(second >> 32n),
  ])
}

/**
 * The `count`-th output (from 1) of SplitMix64. G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom
 * number generators", OOPSLA 2014. Xoshiro's authors advise it for seeding: near seeds give unrelated states.
 */
export function splitMix64(seed: bigint, count: number): bigint {
  const word = (x: bigint) => BigInt.asUintN(64, x)
  let z = word(seed + BigInt(count) * 0x9e37_79b9_7f4a_7c15n)
  z = word((z ^ (z >> 30n)) * 0xbf58_476d_1ce4_e5b9n)
  z = word((z ^ (z >> 27n)) * 0x94d0_49bb_1331_11ebn)
  return z ^ (z >> 31n)
}

/**
 * xoshiro128** 1.1: period 2^128 - 1 in 32-bit arithmetic. D. Blackman, S. Vigna, "Scrambled linear pseudorandom
 * number generators", ACM Trans. Math. Softw. 47(4), 2021. `state` must not be all zeros.
 */
export class Xoshiro128 implements Random {
  readonly #state: Int32Array
  #spareNormal: number | undefined

  constructor(state: readonly [number, number, number, number]) {
    this.#state = Int32Array.from(state, (word) => word | 0)
  }

  uint32(): number {
    const state = this.#state
    const s1 = state[1]!
    const fives = Math.imul(s1, 5)
    const result = Math.imul((fives << 7) | (fives >>> 25), 9) >>> 0
    const s2 = state[2]! ^ state[0]!
    const s3 = state[3]! ^ s1
    state[1] = s1 ^ s2
    state[0] = state[0]! ^ s3
    state[2] = s2 ^ (s1 << 9)
    state[3] = (s3 << 11) | (s3 >>> 21)
    return result
  }

  next(): number {
    const high = this.uint32() >>> 5
    const low = this.uint32() >>> 6
    return (high * 2 ** 26 + low) / 2 ** 53
  }

  int(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > 2 ** 32) throw new RangeError(`int(${n}): n must be 1 to 2^32`)
    // Words from the largest multiple of n up would favour the small results.
    const limit = 2 ** 32 - (2 ** 32 % n)
    let word = this.uint32()
    while (word >= limit) word = this.uint32()
    return word % n
  }

  /** G. Marsaglia, T. A. Bray, "A convenient method for generating normal variables", SIAM Review 6(3), 1964. */
  normal(): number {
    if (this.#spareNormal !== undefined) {
      const spare = this.#spareNormal
      this.#spareNormal = undefined
      return spare
    }
    let x: number
    let y: number
    let square: number
    do {
      x = 2 * this.next() - 1
      y = 2 * this.next() - 1
      square = x * x + y * y
    } while (square >= 1 || square === 0)
    const scale = Math.sqrt((-2 * Math.log(square)) / square)
    this.#spareNormal = y * scale
    return x * scale
  }
}
