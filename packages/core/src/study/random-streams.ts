import { createRandom, type Random, splitMix64 } from '../random.js'

/**
 * The streams of a study: each from the study's seed and what it is for, so that a draw is the same whichever process
 * makes it, and whatever was drawn before it.
 */
export interface RandomStreams {
  /** Of the parameters drawn together for a trial; `attempt` counts the draws that were thrown away before. */
  draw(number: number, attempt: number): Random
  /** Of one parameter of a trial. */
  parameter(number: number, name: string, attempt: number): Random
  /** For what all trials share. */
  readonly shared: number
  /** What a trial may seed its own randomness with: a whole number below 2^32. */
  trialSeed(number: number): number
}

const DRAW = 0
const PARAMETER = 1
const TRIAL_SEED = 2
const SHARED = 3
const SAFE_BITS = (1n << 53n) - 1n

export function randomStreams(seed: number): RandomStreams {
  const root = BigInt(seed)
  const hashes = new Map<string, number>()

  function derive(...keys: readonly number[]): number {
    let state = root
    for (const key of keys) state = splitMix64(state, key + 1)
    return Number(state & SAFE_BITS)
  }

  function hashOf(name: string): number {
    let hash = hashes.get(name)
    if (hash === undefined) {
      hash = fnv1a(name)
      hashes.set(name, hash)
    }
    return hash
  }

  return {
    draw: (number, attempt) => createRandom(derive(number, DRAW, attempt)),
    parameter: (number, name, attempt) => createRandom(derive(number, PARAMETER, attempt, hashOf(name))),
    shared: derive(0, SHARED),
    trialSeed: (number) => derive(number, TRIAL_SEED) % 2 ** 32,
  }
}

/** FNV-1a, 32 bits, over UTF-16 units. G. Fowler, L. C. Noll, K.-P. Vo, IETF draft-eastlake-fnv. */
function fnv1a(text: string): number {
  let hash = 0x811c_9dc5
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    hash = Math.imul(hash ^ (unit & 0xff), 0x0100_0193)
    hash = Math.imul(hash ^ (unit >>> 8), 0x0100_0193)
  }
  return hash >>> 0
}
