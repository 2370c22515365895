import { optionsOf } from '../../options.js'
import type { ParamValue, SearchSpace } from '../../space/distribution.js'
import type { AttributeValue, TrialRecord } from '../../trial/trial-record.js'
import { drawUniform } from '../random.js'
import type { Draw, DrawContext, Sampler } from '../sampler.js'
import { selectElite } from './elite.js'
import { GENERATION_KEY, generationOf, nextGeneration, PARENTS_KEY } from './generations.js'
import { offspring } from './offspring.js'

export interface Nsga2Options {
  /** Trials a generation. 50. */
  readonly population?: number
  /** Probability that a child has two parents, from 0 to 1. 0.9. */
  readonly crossover?: number
  /** Probability that a parameter comes from the second parent, from 0 to 1. 0.5. */
  readonly swapping?: number
  /** Probability that a parameter is drawn anew, from 0 to 1; null for one parameter a child on average. */
  readonly mutation?: number | null
}

/**
 * NSGA-II: the genetic algorithm for several objectives (one works too). Generations and their parents stand in the
 * study under Optuna's names, so that either program goes on where the other left. K. Deb et al., IEEE TEC 6(2), 2002;
 * uniform crossover, and mutation by drawing anew, as in Optuna 5.0, samplers/nsgaii.
 * @throws InputError for options out of range
 */
export function nsga2(options: Nsga2Options = {}): Sampler {
  const { population = 50, crossover = 0.9, swapping = 0.5, mutation = null } = options
  const check = optionsOf('nsga2')
  check.allowed(options, ['population', 'crossover', 'swapping', 'mutation'])
  check.whole('population', population, 2)
  check.within('crossover', crossover, 0, 1)
  check.within('swapping', swapping, 0, 1)
  if (mutation !== null) check.within('mutation', mutation, 0, 1)

  function draw({ study, random }: DrawContext, space: SearchSpace): Draw {
    const complete = study.trials.filter(({ state }) => state === 'COMPLETE')
    const generation = nextGeneration(complete, population)
    const attributes = new Map<string, AttributeValue>([[GENERATION_KEY, generation]])
    if (generation === 0) return { params: new Map<string, ParamValue>(), attributes }
    const { parents, cached } = parentsOf(generation, complete, study)
    const rates = { crossover, swapping, mutation: mutation ?? 1 / Math.max(1, space.size) }
    const params = offspring(parents, space, study.directions, rates, random)
    if (cached) return { params, attributes }
    const ids = parents.map(({ id }) => id)
    return { params, attributes, studyAttributes: new Map([[`${PARENTS_KEY}${generation}`, ids]]) }
  }

  /** The elite of the generation before and its own parents. */
  function parentsOf(
    generation: number,
    complete: readonly TrialRecord[],
    study: DrawContext['study'],
  ): { parents: readonly TrialRecord[]; cached: boolean } {
    if (generation === 0) return { parents: [], cached: true }
    const ids = study.systemAttributes.get(`${PARENTS_KEY}${generation}`)
    if (Array.isArray(ids)) {
      const chosen = new Set<AttributeValue>(ids)
      const parents = complete.filter(({ id }) => chosen.has(id))
      if (parents.length > 0) return { parents, cached: true }
    }
    const members = complete.filter((trial) => generationOf(trial) === generation - 1)
    const before = parentsOf(generation - 1, complete, study).parents
    return { parents: selectElite([...members, ...before], study.directions, population), cached: false }
  }

  return {
    name: 'nsga2',
    options: { population, crossover, swapping, mutation },
    usesStudyAttributes: true,
    draw,
    drawOne: (context, _trial, _name, distribution) => drawUniform(distribution, context.random),
  }
}
