import type { Random } from '../random.js'
import { drawUniform } from '../samplers/random.js'
import type {
  CategoricalDistribution,
  Distribution,
  FloatDistribution,
  IntDistribution,
  ParamValue,
} from '../space/distribution.js'
import { indexOfChoice, snap } from '../space/param-value.js'

export interface Exploring {
  /** How often a parameter is drawn anew rather than changed. */
  readonly resampleProbability: number
  /** What a number is multiplied by: one or the other. */
  readonly factors: readonly [number, number]
}

/**
 * A parameter near a copied one: M. Jaderberg et al., "Population based training of neural networks", 2017, section
 * 4.1. Drawn anew, or a number times one of the factors, or the choice before or after. It stays in its domain, and a
 * number with steps moves by one at least, where multiplying and truncating would hold small ones fast. On a linear
 * scale from 0 or below the factor is of the range, as nothing multiplies away from 0.
 */
export function explore(
  value: ParamValue,
  distribution: Distribution,
  { resampleProbability, factors }: Exploring,
  random: Random,
): ParamValue {
  // The same number of draws whatever is decided.
  const anew = random.next() < resampleProbability
  const up = random.int(2)
  const drawn = drawUniform(distribution, random)
  if (anew) return drawn
  if (distribution.kind === 'categorical') return neighbour(value, distribution, up)
  return multiplied(value as number, distribution, factors[up]!)
}

function neighbour(value: ParamValue, { choices }: CategoricalDistribution, up: number): ParamValue {
  const place = indexOfChoice(choices, value) + (up === 1 ? 1 : -1)
  return choices[Math.min(Math.max(place, 0), choices.length - 1)]!
}

function multiplied(
  value: number,
  distribution: FloatDistribution | IntDistribution,
  factor: number,
): number {
  const { low, high, step } = distribution
  const wanted = low > 0 ? value * factor : value + (factor - 1) * (high - low)
  const next = snap(distribution, wanted)
  if (next !== value || step === null || factor === 1) return next
  return snap(distribution, value + (factor > 1 ? step : -step))
}
