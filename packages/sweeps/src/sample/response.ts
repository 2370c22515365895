import type { Random } from '@thresher/core'
import { bell, between, chance } from './draws.js'
import { measure, type Quad } from './point.js'

/** What a detector answers to a region of text. */
export interface Response {
  /** The region as the network sees it, a little off. */
  quad: Quad
  /** How far inside the region's edge the answer reaches half its height, in pixels. */
  inset: number
  /** Half the width of the soft edge, in pixels. */
  softness: number
  /** Height of the answer, 0 to 1. */
  confidence: number
  /** A weaker place across the region: where along it (0 to 1), and what share remains there. */
  dip?: { at: number; share: number }
}

/** DBNet is trained on regions shrunk by this ratio (Liao et al. 2020, section 3.4). */
const SHRINK_RATIO = 0.4

/** How far DBNet's training label lies inside a region's edge: D = A (1 - r²) / L (Liao et al. 2020, eq. 10). */
export function shrinkDistance(quad: Quad): number {
  const { area, perimeter } = measure(quad)
  return (area * (1 - SHRINK_RATIO * SHRINK_RATIO)) / perimeter
}

/**
 * The answer to a word, or nothing where the network misses it.
 *
 * Small words come out too thick for their label and large ones as they were trained, so that no one unclip ratio
 * suits all; faint words want a low threshold, words with a dip or a bridge to the next want it where they are one.
 *
 * @param height The word's height in pixels.
 */
export function respond(random: Random, quad: Quad, height: number): Response | undefined {
  if (chance(random, 0.03)) return undefined
  const faint = chance(random, 0.12)
  const confidence = faint ? between(random, 0.3, 0.62) : 1 - 0.25 * random.next() * random.next()
  const thickness = Math.min(1.05, Math.max(0.4, 0.5 + (height - 7) / 13 + 0.12 * bell(random)))
  const response: Response = {
    quad: shaken(random, quad, 0.035 * height),
    inset: shrinkDistance(quad) * thickness,
    softness: between(random, 0.6, 1.1),
    confidence,
  }
  if (chance(random, 0.12)) response.dip = { at: between(random, 0.3, 0.7), share: between(random, 0.3, 0.7) }
  return response
}

/** The answer to a smudge that no one can read: weak and shapeless, often none. */
export function respondToSmudge(random: Random, quad: Quad, height: number): Response | undefined {
  if (chance(random, 0.35)) return undefined
  return {
    quad: shaken(random, quad, 0.12 * height),
    inset: shrinkDistance(quad) * between(random, 0.4, 0.9),
    softness: between(random, 1.2, 2.5),
    confidence: between(random, 0.25, 0.8),
  }
}

function shaken(random: Random, quad: Quad, amount: number): Quad {
  const [a, b, c, d] = quad.map(({ x, y }) => ({
    x: x + amount * bell(random),
    y: y + amount * bell(random),
  }))
  return [a!, b!, c!, d!]
}
