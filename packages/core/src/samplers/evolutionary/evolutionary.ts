import { InputError } from '../../errors.js'
import { constrainedDominates } from '../../multi-objective/domination.js'
import { lossesOf } from '../../multi-objective/losses.js'
import { optionsOf } from '../../options.js'
import type { Random } from '../../random.js'
import type { ParamValue, SearchSpace } from '../../space/distribution.js'
import { contains, isSingle } from '../../space/param-value.js'
import type { StudySnapshot } from '../../study/study-snapshot.js'
import { violationOf } from '../../trial/constraints.js'
import type { TrialRecord } from '../../trial/trial-record.js'
import { drawUniform } from '../random.js'
import type { Draw, DrawContext, Sampler } from '../sampler.js'
import { mutate } from './mutate.js'

export interface EvolutionaryOptions {
  /** How many of the latest trials may become parents; as many are random at first. 20. */
  readonly population?: number
  /** How many of them compete to be one. 6. */
  readonly tournament?: number
  /** Probability that a parameter comes from a second parent, from 0 to 1. 0.2. */
  readonly crossover?: number
}

/** The trial attribute with the size of the steps, as a share of the range, by which it was mutated. */
const STEP_KEY = 'evolutionary:step'
const FIRST_STEP = 0.2
const LEAST_STEP = 1e-3
const LARGEST_STEP = 0.5

/**
 * Regularised evolution: the best of a few of the latest trials is copied with a small change, and trials leave the
 * population by age, not by value, so that a lucky one does not stay for ever. No generations: any number of workers is
 * kept busy. E. Real et al., "Regularized evolution for image classifier architecture search", AAAI 2019. The size of
 * the steps is inherited and mutates with the parameters, so that it adapts by itself: H.-G. Beyer, H.-P. Schwefel,
 * "Evolution strategies: a comprehensive introduction", Natural Computing 1, 2002, section 4.2.
 *
 * One objective; constraints go before it. For several take `nsga2()`.
 * @throws InputError for options out of range
 */
export function evolutionary(options: EvolutionaryOptions = {}): Sampler {
  const { population = 20, tournament = 6, crossover = 0.2 } = options
  const check = optionsOf('evolutionary')
  check.allowed(options, ['population', 'tournament', 'crossover'])
  check.whole('population', population, 2)
  check.whole('tournament', tournament, 1)
  check.within('crossover', crossover, 0, 1)
  if (tournament > population) {
    throw new InputError(
      `evolutionary: tournament is ${tournament} and population ${population}; give tournament <= population.`,
    )
  }

  function draw({ study, random }: DrawContext, space: SearchSpace): Draw {
    if (study.directions.length > 1) {
      throw new InputError(`evolutionary: the study has ${study.directions.length} objectives; take nsga2.`)
    }
    const living = latestComplete(study, population)
    if (living.length < population || space.size === 0) return { params: new Map() }
    const first = winner(living, study, tournament, random)
    const second = winner(living, study, tournament, random)
    const step = mutatedStep(first, space.size, random)
    const params = child(first, second, space, { step, crossover }, random)
    return { params, attributes: new Map([[STEP_KEY, step]]) }
  }

  return {
    name: 'evolutionary',
    options: { population, tournament, crossover },
    draw,
    drawOne: (context, _trial, _name, distribution) => drawUniform(distribution, context.random),
  }
}

function latestComplete({ trials }: StudySnapshot, count: number): TrialRecord[] {
  const latest: TrialRecord[] = []
  for (let i = trials.length - 1; i >= 0 && latest.length < count; i--) {
    if (trials[i]!.state === 'COMPLETE') latest.push(trials[i]!)
  }
  return latest
}

/** The best of some of the candidates, which are drawn without putting back. */
function winner(
  candidates: readonly TrialRecord[],
  { directions }: StudySnapshot,
  tournament: number,
  random: Random,
): TrialRecord {
  const left = [...candidates]
  let best: TrialRecord | undefined
  for (let i = 0; i < tournament; i++) {
    const place = i + random.int(left.length - i)
    const drawn = left[place]!
    left[place] = left[i]!
    if (best === undefined || constrainedDominates(standing(drawn), standing(best))) best = drawn
  }
  return best!

  function standing(trial: TrialRecord) {
    return { losses: lossesOf(trial, directions), violation: violationOf(trial) }
  }
}

/** The parent's step, multiplied by a log-normal factor whose spread suits the number of parameters. */
function mutatedStep({ systemAttributes }: TrialRecord, parameters: number, random: Random): number {
  const inherited = systemAttributes.get(STEP_KEY)
  const step = typeof inherited === 'number' && inherited > 0 ? inherited : FIRST_STEP
  const factor = Math.exp(random.normal() / Math.sqrt(2 * Math.sqrt(parameters)))
  return Math.min(LARGEST_STEP, Math.max(LEAST_STEP, step * factor))
}

/** Parameters of the first parent, some of the second's; numbers all take a step, of the categories one on average. */
function child(
  first: TrialRecord,
  second: TrialRecord,
  space: SearchSpace,
  { step, crossover }: { readonly step: number; readonly crossover: number },
  random: Random,
): Map<string, ParamValue> {
  const params = new Map<string, ParamValue>()
  for (const [name, distribution] of space) {
    const value = (random.next() < crossover ? second : first).params.get(name)
    if (value === undefined || isSingle(distribution) || !contains(distribution, value)) continue
    const changes = distribution.kind !== 'categorical' || random.next() < 1 / (space.size + 1)
    params.set(name, changes ? mutate(distribution, value, step, random) : value)
  }
  return params
}
