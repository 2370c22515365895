import type { ParamValue, SearchSpace } from '../../space/distribution.js'
import { changedPlaces } from '../../trial/changed-places.js'
import type { TrialRecord } from '../../trial/trial-record.js'
import { AboveDensity } from './above-density.js'
import { type Axis, axesOf, toPoint } from './axis.js'
import { ParzenMixture } from './parzen.js'
import { ABOVE, type Division } from './trial-split.js'
import { ageWeight } from './weights.js'

/** How a running trial's parameters are read. */
export type ParamsOf = (trial: TrialRecord) => ReadonlyMap<string, ParamValue>

/** A point, by axis, that is no trial of those that a mixture is of. */
export interface FurtherPoint {
  readonly point: Float64Array
  readonly weight: number
}

/** What is known of the parameters of one space, drawn together: the densities of the good trials and of the others. */
export class SpaceModel {
  readonly axes: readonly Axis[]
  readonly above: AboveDensity
  readonly hasCategories: boolean
  /** By axis, by the trial's place in the study. */
  points: Float64Array[]
  /** By place: 1 where the trial has every parameter of the space. */
  known = new Uint8Array(0)
  #seen: readonly TrialRecord[] = []
  /** How far the last division's moves were followed. */
  #followed: { readonly moved: readonly number[] | undefined; readonly count: number } | undefined
  /** The good trials' mixture as it was last. */
  #below: { places: readonly number[]; mixture: ParzenMixture } | undefined
  #wanted = new Uint8Array(0)

  constructor(space: SearchSpace) {
    this.axes = axesOf(space)
    this.hasCategories = this.axes.some(({ kind }) => kind === 'categorical')
    this.above = new AboveDensity(this.axes)
    this.points = this.axes.map(() => new Float64Array(0))
  }

  update(trials: readonly TrialRecord[], split: Division, paramsOf: ParamsOf): void {
    if (trials.length > this.known.length) this.#grow(2 * trials.length)
    const seen = this.#seen
    const touched = changedPlaces(trials, seen)
    for (const i of touched) {
      if (this.#below?.places.includes(i)) this.#below = undefined
      this.#read(i, trials[i]!, paramsOf)
    }
    const count = Math.max(trials.length, seen.length)
    const changed = this.#changed(trials.length, split, touched)
    const wanted = this.#wanted
    if (changed === undefined) {
      setWanted(wanted, trials.length, split.roles, this.known)
      wanted.fill(0, trials.length, count)
    } else {
      for (const i of changed) wanted[i] = split.roles[i] === ABOVE ? this.known[i]! : 0
    }
    this.#seen = trials
    this.above.update(count, wanted, this.points, touched, changed)
  }

  /** Places, ascending, beside which the others are what they were at the last update; undefined where that may be all. */
  #changed(count: number, { moved }: Division, touched: readonly number[]): number[] | undefined {
    const last = this.#followed
    this.#followed = { moved, count: moved?.length ?? 0 }
    if (moved === undefined || moved !== last?.moved || count < this.#seen.length) return undefined
    return [...new Set([...touched, ...moved.slice(last.count)])].sort((a, b) => a - b)
  }

  /** The good trials' mixture; with several objectives age does not count. */
  below(places: readonly number[], byAge: boolean): ParzenMixture {
    const last = this.#below?.places
    const same = last?.length === places.length && places.every((place, i) => place === last[i])
    if (!same) this.#below = { places, mixture: this.mixture(places, byAge) }
    return this.#below!.mixture
  }

  /**
   * The mixture of those of some trials, by age, that have the space's parameters; with further points as the oldest
   * observations.
   */
  mixture(places: readonly number[], byAge: boolean, further: readonly FurtherPoint[] = []): ParzenMixture {
    const members = places.filter((place) => this.known[place] === 1)
    const points = this.points.map((column, a) =>
      Float64Array.of(...further.map(({ point }) => point[a]!), ...members.map((place) => column[place]!)),
    )
    const weights = Float64Array.of(
      ...further.map(({ weight }) => weight),
      ...members.map((_, i) => (byAge ? ageWeight(i, members.length) : 1)),
    )
    return new ParzenMixture(this.axes, points, weights)
  }

  #read(place: number, trial: TrialRecord, paramsOf: ParamsOf): void {
    const params = paramsOf(trial)
    let known = 1
    this.axes.forEach((axis, a) => {
      const point = toPoint(axis, params.get(axis.name))
      this.points[a]![place] = point
      if (Number.isNaN(point)) known = 0
    })
    this.known[place] = known
  }

  #grow(capacity: number): void {
    this.points = this.points.map((column) => enlarge(column, new Float64Array(capacity)))
    this.known = enlarge(this.known, new Uint8Array(capacity))
    this.#wanted = enlarge(this.#wanted, new Uint8Array(capacity))
  }
}

function enlarge<T extends Float64Array | Uint8Array>(from: T, to: T): T {
  to.set(from)
  return to
}

/** Wanted are the others, of those that have every parameter. */
function setWanted(wanted: Uint8Array, count: number, roles: Uint8Array, known: Uint8Array): void {
  for (let i = 0; i < count; i++) wanted[i] = roles[i] === ABOVE ? known[i]! : 0
}
