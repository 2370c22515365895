import { InputError } from '../../errors.js'
import { optionsOf } from '../../options.js'
import type { Distribution, ParamValue, SearchSpace } from '../../space/distribution.js'
import { contains, snap } from '../../space/param-value.js'
import type { StudySnapshot } from '../../study/study-snapshot.js'
import type { Draw, DrawContext, Sampler } from '../sampler.js'
import { type Prior, WARM_START_KEY } from '../tpe/priors.js'
import { type TpeOptions, tpe } from '../tpe/tpe.js'
import { earlierPoints } from './earlier-points.js'

export interface WarmStartOptions {
  /** Earlier studies on the same or a similar space. Needed unless `points` is there. */
  readonly from?: readonly StudySnapshot[]
  /** The first trials that are settings of earlier studies. 5. */
  readonly trials?: number
  /** Settings of earlier studies that TPE also draws around; 0 for none. 10. */
  readonly priors?: number
  /** The settings themselves, best first, as they stand in a resumed study. */
  readonly points?: readonly Prior[]
}

/**
 * A sampler that knows earlier studies: its first trials are their best settings, and with `tpe()` they also become
 * kernels of the good trials' density, which fade as the study gets good trials of its own, and count for nothing once
 * its first trials show that what was good there is not good here.
 *
 * Settings are carried over by name: into the bounds as they are now, to the nearest step; a category that is no more,
 * and a parameter that was not there, are drawn by `sampler`. The idea is M. Feurer, J. T. Springenberg, F. Hutter,
 * "Initializing Bayesian hyperparameter optimization via meta-learning", AAAI 2015; the fading kernels follow the
 * decaying prior of C. Hvarfner et al., "PiBO", ICLR 2022.
 * @throws InputError for options out of range, without an earlier study, and where the studies have no complete trial
 */
export function warmStart(sampler: Sampler, options: WarmStartOptions): Sampler {
  const check = optionsOf('warmStart')
  check.allowed(options, ['from', 'trials', 'priors', 'points'])
  const trials = check.whole('trials', options.trials ?? 5, 0)
  const priors = check.whole('priors', options.priors ?? 10, 0)
  if (options.from === undefined && options.points === undefined) {
    throw new InputError('warmStart: no earlier study; give from: [study, ...].')
  }
  const points = options.points ?? earlierPoints(options.from ?? [], Math.max(trials, priors))
  if (points.length === 0) {
    throw new InputError(
      'warmStart: the earlier studies have no complete and feasible trial; give others, or take the sampler alone.',
    )
  }
  return new WarmStart(sampler, { trials, priors, points })
}

type Settings = Required<Omit<WarmStartOptions, 'from'>>

class WarmStart implements Sampler {
  readonly name = 'warm-start'
  readonly options: Sampler['options']
  readonly usesStudyAttributes: boolean
  readonly #first: readonly Prior[]
  readonly #sampler: Sampler

  constructor(sampler: Sampler, settings: Settings) {
    const { name, options } = sampler
    this.options = { sampler: { name, options }, ...settings }
    this.usesStudyAttributes = sampler.usesStudyAttributes ?? false
    this.#first = settings.points.slice(0, settings.trials)
    const withPriors = name === 'tpe' && settings.priors > 0
    this.#sampler = withPriors
      ? tpe({ ...(options as TpeOptions), priors: settings.points.slice(0, settings.priors) })
      : sampler
  }

  async draw(context: DrawContext, space: SearchSpace): Promise<Draw> {
    const place = nextPoint(context.study, this.#first.length)
    const drawn = await this.#sampler.draw(context, space)
    if (place === undefined) return drawn
    const params = new Map<string, ParamValue>(drawn.params)
    for (const [name, distribution] of space) {
      const value = valueIn(distribution, this.#first[place]![name])
      if (value !== undefined) params.set(name, value)
    }
    return { ...drawn, params, attributes: new Map(drawn.attributes).set(WARM_START_KEY, place) }
  }

  drawOne(
    context: DrawContext,
    trial: Parameters<Sampler['drawOne']>[1],
    name: string,
    distribution: Distribution,
  ): ParamValue {
    const place = trial.systemAttributes.get(WARM_START_KEY)
    const value = typeof place === 'number' ? valueIn(distribution, this.#first[place]?.[name]) : undefined
    return value ?? this.#sampler.drawOne(context, trial, name, distribution)
  }

  exhausted(study: StudySnapshot): boolean {
    return this.#sampler.exhausted?.(study) ?? false
  }
}

/** The first place that no trial has had; one that failed has had it. */
function nextPoint({ trials }: StudySnapshot, count: number): number | undefined {
  const taken = new Set<unknown>()
  for (const { systemAttributes } of trials) taken.add(systemAttributes.get(WARM_START_KEY))
  for (let place = 0; place < count; place++) if (!taken.has(place)) return place
  return undefined
}

/** An earlier value in the domain as it is now, undefined where it has no place there. */
function valueIn(distribution: Distribution, value: ParamValue | undefined): ParamValue | undefined {
  if (value === undefined) return undefined
  if (distribution.kind === 'categorical') return contains(distribution, value) ? value : undefined
  if (typeof value !== 'number' || Number.isNaN(value)) return undefined
  const inside = snap(distribution, value)
  return distribution.kind === 'int' ? Math.round(inside) : inside
}
