import { InputError } from '../../errors.js'
import { optionsOf } from '../../options.js'
import type { Random } from '../../random.js'
import type { Distribution, ParamValue, SearchSpace } from '../../space/distribution.js'
import { isSingle, valueAt } from '../../space/param-value.js'
import type { TrialRecord } from '../../trial/trial-record.js'
import { drawUniform } from '../random.js'
import { jointDrawOf, relativeAttributes } from '../relative-params.js'
import type { Draw, DrawContext, Sampler } from '../sampler.js'
import { toValue } from './axis.js'
import { type FixedCategory, leastTried } from './category-floor.js'
import { Memories, type Memory } from './memory.js'
import type { ParzenMixture } from './parzen.js'
import { type Prior, priorPoints } from './priors.js'
import type { FurtherPoint, ParamsOf, SpaceModel } from './space-model.js'

export interface TpeOptions {
  /** Finished trials before the estimators draw; until then parameters are random. 10. */
  readonly startupTrials?: number
  /** Points that are drawn from the good trials' estimator and compared. 24. */
  readonly candidates?: number
  /** Whether parameters are drawn together; null: with one objective. */
  readonly multivariate?: boolean | null
  /** For parameters that depend on others: those that occur together are drawn together. False. */
  readonly group?: boolean
  /** Whether running trials count as bad ones, so that parallel workers keep apart. True. */
  readonly constantLiar?: boolean
  /**
   * How often a joint draw goes to the category tried least: with probability `categoryFloor` / sqrt(finished trials),
   * at most one half. 0 is Optuna's TPE. 2.
   */
  readonly categoryFloor?: number
  /** Points from earlier studies at which good values are likely; {@link warmStart} fills them in. */
  readonly priors?: readonly Prior[]
}

const NOTHING: Draw = { params: new Map() }

/**
 * The tree-structured Parzen estimator: two densities are fitted, to the good trials and to the others, and of a few
 * draws from the first that is taken at which their ratio is largest. J. Bergstra et al., "Algorithms for
 * hyper-parameter optimization", NeurIPS 2011; kernels, weights and defaults as Optuna's TPESampler 5.0.
 *
 * One thing is different: product kernels carry one category each, so that once the good trials agree on a category
 * the others are hardly ever tried at parameters that suit them, and Optuna's sampler stays with the category that was
 * ahead first. A share of the draws is therefore kept for the category tried least: its trials are divided into good
 * ones and others by themselves, and the other parameters are drawn from these, with the good trials of the other
 * categories as one observation more. The share falls with the root of the
 * trials, as exploration may (P. Auer, N. Cesa-Bianchi, P. Fischer, "Finite-time analysis of the multiarmed bandit
 * problem", Machine Learning 47, 2002, let it fall faster, for arms that do not improve while they are tried).
 * @throws InputError for options out of range
 */
export function tpe(options: TpeOptions = {}): Sampler {
  const check = optionsOf('tpe')
  check.allowed(options, [
    'startupTrials',
    'candidates',
    'multivariate',
    'group',
    'constantLiar',
    'categoryFloor',
    'priors',
  ])
  const settings: Settings = {
    startupTrials: check.whole('startupTrials', options.startupTrials ?? 10, 1),
    candidates: check.whole('candidates', options.candidates ?? 24, 1),
    multivariate: options.multivariate ?? null,
    group: check.flag('group', options.group ?? false),
    constantLiar: check.flag('constantLiar', options.constantLiar ?? true),
    categoryFloor: check.within('categoryFloor', options.categoryFloor ?? 2, 0, 1000),
  }
  if (settings.multivariate !== null) check.flag('multivariate', settings.multivariate)
  if (settings.group && settings.multivariate === false) {
    throw new InputError('tpe: group is true and multivariate false; leave multivariate out.')
  }
  return new Tpe(settings, options.priors ?? [])
}

type Settings = Required<Omit<TpeOptions, 'priors'>>

class Tpe implements Sampler {
  readonly name = 'tpe'
  readonly options: Sampler['options']
  readonly #settings: Settings
  readonly #priors: readonly Prior[]
  readonly #memories: Memories

  constructor(settings: Settings, priors: readonly Prior[]) {
    this.#settings = settings
    this.#priors = priors
    this.options = priors.length === 0 ? { ...settings } : { ...settings, priors }
    this.#memories = new Memories(settings.constantLiar)
  }

  draw(context: DrawContext, space: SearchSpace): Draw {
    const memory = this.#started(context)
    if (memory === undefined || !this.#isJoint(context)) return NOTHING
    const params = new Map<string, ParamValue>()
    const parts = this.#settings.group ? memory.groups.update(context.study.trials) : [space]
    for (const part of parts) {
      if (part.size === 0) continue
      for (const [name, value] of this.#drawJoint(context, memory, part)) params.set(name, value)
    }
    if (params.size === 0 || !this.#settings.constantLiar) return { params }
    return { params, attributes: relativeAttributes('tpe', params) }
  }

  drawOne(context: DrawContext, _trial: TrialRecord, name: string, distribution: Distribution): ParamValue {
    if (isSingle(distribution)) return valueAt(distribution, 0)
    const memory = this.#started(context)
    if (memory === undefined) return drawUniform(distribution, context.random)
    const model = memory.aloneModel(name, distribution)
    model.update(context.study.trials, memory.split, this.#paramsOf(context))
    return toValue(
      model.axes[0]!,
      this.#best(context, model, this.#good(context, model, memory.split.below))[0]!,
    )
  }

  /** What is known of the study, undefined as long as parameters are random. */
  #started({ study, number }: DrawContext): Memory | undefined {
    const memory = this.#memories.of(study)
    memory.update(study, number)
    return memory.split.finished < this.#settings.startupTrials ? undefined : memory
  }

  #drawJoint(context: DrawContext, memory: Memory, space: SearchSpace): Map<string, ParamValue> {
    const { study, random } = context
    const model = memory.jointModel(space)
    model.update(study.trials, memory.split, this.#paramsOf(context))
    const share = Math.min(0.5, this.#settings.categoryFloor / Math.sqrt(memory.split.finished))
    if (share > 0 && model.hasCategories && random.next() < share) {
      const fixed = leastTried(model, memory.split, study.trials.length, random)!
      return this.#drawWith(fixed, context, memory, model)
    }
    const best = this.#best(context, model, this.#good(context, model, memory.split.below))
    return new Map(model.axes.map((axis, a) => [axis.name, toValue(axis, best[a]!)]))
  }

  /**
   * The same among the trials with one category only, for the other parameters. The good trials of the other categories
   * together count as one observation more: much of what suits them may suit this one.
   */
  #drawWith(
    fixed: FixedCategory,
    context: DrawContext,
    memory: Memory,
    model: SpaceModel,
  ): Map<string, ParamValue> {
    const part = memory.partOf(model, fixed)
    const column = model.points[fixed.axis]!
    const division = memory.split.within(
      (place) => model.known[place] === 1 && column[place] === fixed.category,
    )
    part.update(context.study.trials, division, this.#paramsOf(context))
    const elsewhere = memory.split.below.filter(
      (place) => model.known[place] === 1 && column[place] !== fixed.category,
    )
    const lessons = elsewhere.map((place) => ({
      point: Float64Array.from(part.points, (points) => points[place]!),
      weight: 1 / elsewhere.length,
    }))
    const best =
      part.axes.length === 0
        ? []
        : this.#best(context, part, this.#good(context, part, division.below, lessons))
    let next = 0
    return new Map(
      model.axes.map((axis, a) => [
        axis.name,
        toValue(axis, a === fixed.axis ? fixed.category : best[next++]!),
      ]),
    )
  }

  /** The density of the good trials, of the priors where there are some, and of further points. */
  #good(
    { study }: DrawContext,
    model: SpaceModel,
    places: readonly number[],
    further: readonly FurtherPoint[] = [],
  ): ParzenMixture {
    const byAge = study.directions.length === 1
    if (this.#priors.length === 0 && further.length === 0) return model.below(places, byAge)
    return model.mixture(places, byAge, [...priorPoints(this.#priors, model.axes, study), ...further])
  }

  #best({ random }: { readonly random: Random }, model: SpaceModel, below: ParzenMixture): Float64Array {
    const points = Array.from({ length: this.#settings.candidates }, () => {
      const point = new Float64Array(model.axes.length)
      below.draw(random, point)
      return point
    })
    const logBelow = Float64Array.from(points, (point) => below.logDensity(point))
    return points[model.above.best(points, logBelow)]!
  }

  #isJoint({ study }: DrawContext): boolean {
    return this.#settings.multivariate ?? (this.#settings.group || study.directions.length === 1)
  }

  #paramsOf(context: DrawContext): ParamsOf {
    return this.#isJoint(context) ? drawnParams : ownParams
  }
}

function ownParams({ params }: TrialRecord): ReadonlyMap<string, ParamValue> {
  return params
}

/** A trial's parameters; of one that runs also those that it did not ask for yet. */
function drawnParams(trial: TrialRecord): ReadonlyMap<string, ParamValue> {
  try {
    return jointDrawOf(trial, 'tpe')
  } catch {
    // Another program is still writing the pieces.
    return trial.params
  }
}
