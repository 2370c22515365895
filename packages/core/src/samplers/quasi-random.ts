import { createRandom } from '../random.js'
import type { ParamValue, SearchSpace } from '../space/distribution.js'
import { fromUnit } from '../space/transform.js'
import { drawUniform } from './random.js'
import type { Draw, DrawContext, Sampler } from './sampler.js'
import { SOBOL_DIMENSIONS, type SobolSequence, sobolSequence } from './sobol.js'

/**
 * Quasi-random search: the points of a scrambled Sobol sequence, which lie more evenly than random ones. Trial n takes
 * point n, so that processes need not agree on anything. Parameters that the study does not know yet, as in the first
 * trial where no space is declared, and those beyond the 256th are drawn at random.
 */
export function quasiRandom(): Sampler {
  let made:
    | { readonly seed: number; readonly dimensions: number; readonly sequence: SobolSequence }
    | undefined

  function sequenceFor(seed: number, dimensions: number): SobolSequence {
    if (made?.seed !== seed || made.dimensions < dimensions) {
      made = { seed, dimensions, sequence: sobolSequence(dimensions, createRandom(seed)) }
    }
    return made.sequence
  }

  return {
    name: 'quasi-random',
    options: {},
    draw(context: DrawContext, space: SearchSpace): Draw {
      const params = new Map<string, ParamValue>()
      const sequence = sequenceFor(context.seed, Math.min(space.size, SOBOL_DIMENSIONS))
      for (const [name, distribution] of space) {
        if (params.size === SOBOL_DIMENSIONS) break
        params.set(name, fromUnit(distribution, sequence.at(context.number, params.size)))
      }
      return { params }
    },
    drawOne: (context, _trial, _name, distribution) => drawUniform(distribution, context.random),
  }
}
