import { InputError } from '../../errors.js'
import type { Random } from '../../random.js'
import type { Distribution, ParamValue } from '../../space/distribution.js'
import { contains, snap } from '../../space/param-value.js'
import { drawUniform } from '../random.js'
import type { Sampler } from '../sampler.js'
import { checkLaw, type Law, lawQuantile, type NumericLaw, roundTo } from './law.js'
import { LEAST_SHARE } from './law-distribution.js'

/** By parameter. */
export type Laws = Readonly<Record<string, Law>>

/** So many draws outside a range say that hardly any of the law lies within it. */
const REDRAWS = 1000

/**
 * A sampler whose random draws follow laws: around `random()` every draw, around another sampler those that it makes
 * before it has learnt anything. What the study holds are the values themselves; the range of a parameter cuts its law
 * off, and `lawDistribution` gives one that cuts off nothing.
 *
 * Numbers come by the inverse of the law's cumulative distribution, one uniform number each.
 * @throws InputError for a law that is none
 */
export function withLaws(sampler: Sampler, laws: Laws): Sampler {
  for (const [name, law] of Object.entries(laws)) checkLaw(`withLaws: ${name}`, law)
  return {
    name: 'with-laws',
    options: {
      sampler: { name: sampler.name, options: sampler.options },
      laws: laws as Readonly<Record<string, never>>,
    },
    ...(sampler.usesStudyAttributes === undefined
      ? {}
      : { usesStudyAttributes: sampler.usesStudyAttributes }),
    draw: (context, space) => sampler.draw(context, space),
    drawOne(context, trial, name, distribution) {
      const law = Object.hasOwn(laws, name) ? laws[name] : undefined
      if (law === undefined) return sampler.drawOne(context, trial, name, distribution)
      return drawFrom(law, name, distribution, context.random)
    },
    exhausted: (study) => sampler.exhausted?.(study) ?? false,
  }
}

function drawFrom(law: Law, name: string, distribution: Distribution, random: Random): ParamValue {
  if (law.law === 'categorical') {
    if (distribution.kind === 'categorical' && distribution.choices.length === law.weights.length) {
      return distribution.choices[weighted(law.weights, random.next())]!
    }
    throw new InputError(
      `withLaws: ${name} has ${law.weights.length} weights and not as many choices; give a weight to each choice.`,
    )
  }
  if (distribution.kind === 'categorical') {
    throw new InputError(`withLaws: ${name} is a choice, and its law one of numbers; give it weights.`)
  }
  for (let i = 0; i < REDRAWS; i++) {
    const value = drawNumber(law, random)
    if (contains(distribution, value)) return snap(distribution, value)
  }
  return drawUniform(distribution, random)
}

function drawNumber(law: NumericLaw, random: Random): number {
  const value = lawQuantile(law, Math.max(random.next(), LEAST_SHARE))
  return law.q === undefined ? value : roundTo(law.q, value)
}

function weighted(weights: readonly number[], place: number): number {
  let rest = place * weights.reduce((sum, weight) => sum + weight, 0)
  let last = 0
  for (const [i, weight] of weights.entries()) {
    if (weight === 0) continue
    if (rest < weight) return i
    rest -= weight
    last = i
  }
  // Rounding left a little over.
  return last
}
