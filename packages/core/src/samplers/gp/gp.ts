import { optionsOf } from '../../options.js'
import type { SearchSpace } from '../../space/distribution.js'
import { drawUniform } from '../random.js'
import { relativeAttributes } from '../relative-params.js'
import type { Draw, DrawContext, Sampler } from '../sampler.js'
import { unitSamples } from './base-samples.js'
import { historyOf } from './history.js'
import { kernelAttribute } from './kernel-attribute.js'
import { maximizeAcquisition } from './maximize.js'
import { modelStudy } from './models.js'
import { severalObjectives, singleObjective } from './strategy.js'
import { UnitSpace } from './unit-space.js'

export interface GpOptions {
  /** COMPLETE trials before the model draws; until then parameters are random. 10. */
  readonly startupTrials?: number
  /** That the same parameters always give the same value: no noise is fitted. False. */
  readonly deterministic?: boolean
}

/** Points at which the acquisition is looked at before the local searches. */
const SAMPLES = 2048

const NOTHING: Draw = { params: new Map() }

/**
 * Bayesian optimisation with a Gaussian process: the best choice for up to a few hundred trials of some minutes or
 * more. Method as Optuna's GPSampler 5.0: a Matern 5/2 kernel with a length-scale a parameter, Hamming distance
 * between categories; log expected improvement; running trials are taken into account, constraints as the
 * probability to meet them (M. A. Gelbart, J. Snoek, R. P. Adams, "Bayesian optimization with unknown constraints",
 * UAI 2014), several objectives by the expected hypervolume improvement.
 *
 * A draw follows from the study alone: the fit starts from the kernel that stands in the last drawn trial
 * (`gp:kernels`), and random numbers come from the trial's own stream. Beyond 100 trials a fit serves for a twentieth
 * more.
 * @throws InputError for options out of range
 */
export function gp(options: GpOptions = {}): Sampler {
  const check = optionsOf('gp')
  check.allowed(options, ['startupTrials', 'deterministic'])
  const startupTrials = check.whole('startupTrials', options.startupTrials ?? 10, 1)
  const deterministic = check.flag('deterministic', options.deterministic ?? false)

  function draw({ study, random }: DrawContext, space: SearchSpace): Draw {
    const unit = new UnitSpace(space)
    if (unit.dimension === 0) return NOTHING
    const history = historyOf(study, space, unit)
    if (history.complete.length < startupTrials) return NOTHING
    const models = modelStudy(study, history, unit, deterministic)
    const strategy = study.directions.length === 1 ? singleObjective : severalObjectives
    const { acquisition, incumbents } = strategy(models, history, random)
    const samples = unitSamples(unit.dimension, SAMPLES, random)
    const params = unit.decode(maximizeAcquisition(acquisition, unit, samples, incumbents, random).x)
    const attributes = relativeAttributes('gp', params).set(...kernelAttribute(unit.names, models.fitted))
    return { params, attributes }
  }

  return {
    name: 'gp',
    options: { startupTrials, deterministic },
    draw,
    drawOne: (context, _trial, _name, distribution) => drawUniform(distribution, context.random),
  }
}
