import { InputError } from '../../errors.js'
import { optionsOf } from '../../options.js'
import type { ParamValue, SearchSpace } from '../../space/distribution.js'
import { fromUnit } from '../../space/transform.js'
import { drawUniform } from '../random.js'
import type { Draw, DrawContext, Sampler } from '../sampler.js'
import { drawAttribute } from './generation.js'
import { Replay } from './replay.js'
import { reflect, sample } from './search-state.js'

export interface CmaEsOptions {
  /** Trials a generation; default 4 + 3 ln d. With fewer than 5 there is hardly a ranking to learn from. */
  readonly population?: number
  /** The first standard deviation, in units of each parameter's range, 0.3. */
  readonly sigma?: number
  /** `ipop`: when a run has converged, start another elsewhere with twice the population. `none`. */
  readonly restarts?: 'none' | 'ipop'
}

const NOTHING: Draw = { params: new Map() }

/**
 * Covariance matrix adaptation: for some hundreds of trials and more, of numbers that depend on each other. Numbers
 * are searched on [0, 1], linear or logarithmic, mirrored at the bounds; discrete ones are rounded for the trial, while
 * the search goes on with the point that was drawn; categories are drawn on their own, uniformly. N. Hansen's (mu/mu_w, lambda) with
 * cumulation, rank-one and rank-mu update (see `update`); restarts after A. Auger, N. Hansen, "A restart CMA evolution
 * strategy with increasing population size", IEEE CEC 2005. One objective.
 *
 * The search is rebuilt from the trials (`cma:draw`); a generation is closed by the first trials of it to finish, so
 * workers need not wait for one another.
 * @throws InputError for options out of range; at the first draw, for several objectives
 */
export function cmaEs(options: CmaEsOptions = {}): Sampler {
  const check = optionsOf('cmaEs')
  check.allowed(options, ['population', 'sigma', 'restarts'])
  const population =
    options.population === undefined ? undefined : check.whole('population', options.population, 3, 100_000)
  const sigma = check.between('sigma', options.sigma ?? 0.3, 0, Number.POSITIVE_INFINITY)
  const restarts = check.oneOf('restarts', options.restarts ?? 'none', ['none', 'ipop'])
  const replay = new Replay({ population, sigma, restart: restarts === 'ipop' })

  function draw({ study, random }: DrawContext, space: SearchSpace): Draw {
    if (study.directions.length > 1) {
      throw new InputError(
        `cmaEs: ${study.name} has ${study.directions.length} objectives; use tpe(), nsga2() or gp().`,
      )
    }
    const numeric = [...space].filter(([, distribution]) => distribution.kind !== 'categorical')
    if (numeric.length === 0) return NOTHING
    const names = numeric.map(([name]) => name)
    const { generation, state } = replay.run(study, names)
    const x = sample(state, random)
    const params = new Map<string, ParamValue>(
      numeric.map(([name, distribution], i) => [name, fromUnit(distribution, reflect(x[i]!))]),
    )
    return { params, attributes: new Map([drawAttribute(generation, names, x)]) }
  }

  return {
    name: 'cma-es',
    options: { ...(population === undefined ? {} : { population }), sigma, restarts },
    draw,
    drawOne: (context, _trial, _name, distribution) => drawUniform(distribution, context.random),
  }
}
