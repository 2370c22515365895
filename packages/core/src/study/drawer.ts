import type { Pruner } from '../pruners/pruner.js'
import type { Random } from '../random.js'
import { drawUniform } from '../samplers/random.js'
import type { Draw, DrawContext, Sampler } from '../samplers/sampler.js'
import type { RepeatPlan } from '../seeds/repeat-plan.js'
import type { Distribution, ParamValue, SearchSpace } from '../space/distribution.js'
import { IntersectionSpace } from '../space/intersection.js'
import { contains, countValues, isSingle, valueAt } from '../space/param-value.js'
import type { Space } from '../space/space.js'
import type { AttributeValue, TrialRecord } from '../trial/trial-record.js'
import type { Drawing } from './drawing.js'
import type { RandomStreams } from './random-streams.js'
import { SettingIndex } from './setting-index.js'
import { settingKey } from './setting-key.js'
import { SpaceExhausted } from './space-exhausted.js'
import type { Direction, StudySnapshot } from './study-snapshot.js'

/** What becomes of a draw that is equal to a trial of the study. */
export type Duplicates = 'allow' | 'forbid' | 'repeat'

export interface DrawerParts {
  readonly name: string
  readonly directions: readonly Direction[]
  readonly sampler: Sampler
  readonly pruner: Pruner | undefined
  readonly streams: RandomStreams
  readonly space: Space<unknown> | undefined
  readonly duplicates: Duplicates
  readonly repeats: RepeatPlan | undefined
}

/** The trial to draw for. */
export interface DrawRequest {
  readonly number: number
  readonly trials: readonly TrialRecord[]
  readonly studyAttributes: ReadonlyMap<string, AttributeValue>
  /** Parameters that it has already, or must get. */
  readonly given: ReadonlyMap<string, ParamValue>
}

/** Draws are thrown away this often before the settings that are left are counted out. */
const REDRAWS = 20
/** Spaces of more settings are not counted out. */
const COUNTABLE = 1e6
const NONE: ReadonlyMap<never, never> = new Map<never, never>()

/** Draws parameters for the trials of one study: sampler, space and the rule for duplicates together. */
export class Drawer {
  readonly #parts: DrawerParts
  readonly #intersection = new IntersectionSpace()
  readonly #settings = new SettingIndex()
  #lastSnapshot: { of: readonly TrialRecord[]; number: number; snapshot: DrawContext['study'] } | undefined

  constructor(parts: DrawerParts) {
    this.#parts = parts
  }

  /** @throws SpaceExhausted where nothing is left to draw. */
  async draw(request: DrawRequest): Promise<Drawing> {
    const { space, duplicates } = this.#parts
    const joint = space?.joint ?? this.#intersection.update(request.trials)
    if (duplicates === 'allow' || request.given.size > 0) return this.#propose(request, joint, 0)

    if (duplicates === 'forbid') this.#settings.update(request.trials)
    for (let attempt = 0; attempt <= REDRAWS; attempt++) {
      const drawing = await this.#propose(request, joint, attempt)
      // Before the study knows any parameter, nothing is drawn that could be compared.
      if (drawing.params.size === 0 || this.#take(request, drawing.params)) return drawing
    }
    return this.#firstUntaken(request, joint)
  }

  /** Whether a setting may run, which then is taken. */
  #take({ number, trials }: DrawRequest, params: ReadonlyMap<string, ParamValue>): boolean {
    const { duplicates, repeats } = this.#parts
    if (duplicates === 'repeat') return !repeats?.isFull(trials, params)
    const key = settingKey(params)
    if (this.#settings.has(key)) return false
    this.#settings.announce(number, key)
    return true
  }

  /** What a trial is that gets these parameters and nothing of the sampler's. */
  given(params: ReadonlyMap<string, ParamValue>): Drawing {
    const distributions = new Map<string, Distribution>()
    for (const [name, distribution] of this.#parts.space?.distributions() ?? []) {
      if (params.has(name)) distributions.set(name, distribution)
    }
    return { params, distributions, attributes: NONE, studyAttributes: NONE, attempt: 0 }
  }

  /** One parameter that {@link draw} left out. */
  drawOne(
    request: Omit<DrawRequest, 'given'>,
    attempt: number,
    trial: TrialRecord,
    name: string,
    distribution: Distribution,
  ): ParamValue {
    const random = this.#parts.streams.parameter(request.number, name, attempt)
    const context = this.#context(request, random)
    return this.#parts.sampler.drawOne(context, trial, name, distribution)
  }

  async #propose(request: DrawRequest, joint: SearchSpace, attempt: number): Promise<Drawing> {
    const { streams, space, duplicates } = this.#parts
    const random = streams.draw(request.number, attempt)
    const context = this.#context(request, random)
    const draw = await this.#drawJoint(context, joint, request)
    const params = new Map<string, ParamValue>()
    const distributions = new Map<string, Distribution>()
    if (space !== undefined || duplicates !== 'allow') {
      for (const [name, distribution] of space?.distributions() ?? joint) {
        if (space !== undefined && !space.isActive(name, params)) continue
        params.set(name, this.#decide(request, draw, attempt, { params, distributions }, name, distribution))
        distributions.set(name, distribution)
      }
    }
    return {
      params: space === undefined ? new Map([...draw.params, ...params]) : params,
      distributions: space === undefined ? NONE : distributions,
      attributes: draw.attributes ?? NONE,
      studyAttributes: draw.studyAttributes ?? NONE,
      attempt,
    }
  }

  async #drawJoint(context: DrawContext, joint: SearchSpace, { given }: DrawRequest): Promise<Draw> {
    try {
      return await this.#parts.sampler.draw(context, joint)
    } catch (error) {
      // A trial that was enqueued runs though the grid is done.
      if (error instanceof SpaceExhausted && given.size > 0) return { params: NONE }
      throw error
    }
  }

  #decide(
    request: DrawRequest,
    draw: Draw,
    attempt: number,
    soFar: Pick<TrialRecord, 'params' | 'distributions'>,
    name: string,
    distribution: Distribution,
  ): ParamValue {
    const given = request.given.get(name)
    if (given !== undefined) return given
    if (isSingle(distribution)) return valueAt(distribution, 0)
    const drawn = draw.params.get(name)
    if (drawn !== undefined && contains(distribution, drawn)) return drawn
    const trial: TrialRecord = {
      id: -1,
      number: request.number,
      state: 'RUNNING',
      values: undefined,
      params: new Map(soFar.params),
      distributions: new Map(soFar.distributions),
      intermediate: NONE,
      userAttributes: NONE,
      systemAttributes: draw.attributes ?? NONE,
      start: undefined,
      complete: undefined,
    }
    return this.drawOne(request, attempt, trial, name, distribution)
  }

  /** The settings in order from a drawn place; the first that no trial has taken. */
  #firstUntaken(request: DrawRequest, joint: SearchSpace): Drawing {
    const { space, streams } = this.#parts
    const all = space?.distributions() ?? joint
    const random = streams.draw(request.number, REDRAWS + 1)
    const total = [...all.values()].reduce((product, distribution) => product * countValues(distribution), 1)
    const tries = Math.min(total, COUNTABLE)
    const first = total <= COUNTABLE ? random.int(total) : 0
    for (let i = 0; i < tries; i++) {
      let rest = (first + i) % total
      const params = new Map<string, ParamValue>()
      const distributions = new Map<string, Distribution>()
      for (const [name, distribution] of all) {
        const count = countValues(distribution)
        const value =
          total <= COUNTABLE ? valueAt(distribution, rest % count) : drawUniform(distribution, random)
        rest = Math.floor(rest / count)
        if (space !== undefined && !space.isActive(name, params)) continue
        params.set(name, value)
        distributions.set(name, distribution)
      }
      if (!this.#take(request, params)) continue
      const drawn = { params, attributes: NONE, studyAttributes: NONE, attempt: REDRAWS + 1 }
      return { ...drawn, distributions: space === undefined ? NONE : distributions }
    }
    throw new SpaceExhausted(
      `study "${this.#parts.name}": all ${total} settings of its space are taken, and none may run again; widen the space, or allow duplicates.`,
    )
  }

  #context(request: Omit<DrawRequest, 'given'>, random: Random): DrawContext {
    const seed = this.#parts.streams.shared
    return { study: this.#snapshot(request), number: request.number, random, seed }
  }

  #snapshot({ trials, studyAttributes, number }: Omit<DrawRequest, 'given'>): DrawContext['study'] {
    const last = this.#lastSnapshot
    if (last !== undefined && last.of === trials && last.number === number) return last.snapshot
    const { name, directions, pruner, repeats } = this.#parts
    const all: StudySnapshot = { name, directions, trials }
    const relevant = pruner?.relevant?.(all, number) ?? all
    const snapshot = {
      ...relevant,
      trials: repeats?.merge === undefined ? relevant.trials : repeats.merge(relevant.trials),
      systemAttributes: studyAttributes,
    }
    this.#lastSnapshot = { of: trials, number, snapshot }
    return snapshot
  }
}
