import { lossesOf } from '../../multi-objective/losses.js'
import { nonDominationRanks } from '../../multi-objective/rank.js'
import { selectByHypervolume } from '../../multi-objective/subset-selection.js'
import type { StudySnapshot } from '../../study/study-snapshot.js'
import { changedPlaces } from '../../trial/changed-places.js'
import { violationOf } from '../../trial/constraints.js'
import { isFinished, type TrialRecord } from '../../trial/trial-record.js'
import { belowCount } from './weights.js'

/** What a trial is to the estimators: nothing, one of the good ones, one of the others. */
export const UNUSED = 0
export const BELOW = 1
export const ABOVE = 2

/** Complete trials come first, then pruned ones, then those that violate constraints. */
const COMPLETE = 0
const PRUNED = 1
const INFEASIBLE = 2

/** Moves that are remembered, beside four a trial. */
const MOST_MOVED = 1000

export interface Division {
  /** By place in the study. */
  readonly roles: Uint8Array
  /** Places whose role became another, in that order, since this array was begun; undefined where that is not known. */
  readonly moved?: readonly number[] | undefined
  /** Places of the good trials, ascending. */
  readonly below: readonly number[]
}

/**
 * Divides the trials of a growing study into good ones and others. Good are, up to their number: complete trials by
 * value, then pruned ones by how far they came and the value there, then infeasible ones by violation. With several
 * objectives the complete ones go by non-domination rank, and the rank that does not fit whole by hypervolume (Optuna
 * 5.0, _split_trials). Running trials are among the others where `liar`, so that parallel workers keep apart.
 *
 * Each finished trial is looked at once.
 */
export class TrialSplit implements Division {
  roles = new Uint8Array(0)
  moved: number[] = []
  /** How many trials are COMPLETE or PRUNED. */
  finished = 0
  below: readonly number[] = []
  readonly #liar: boolean
  #study: string | undefined
  #trials: readonly TrialRecord[] = []
  #except = -1
  #objectives = 1
  /** COMPLETE and PRUNED trials, the good ones first. */
  #ranked: Ranked[] = []
  readonly #running = new Set<number>()

  constructor(liar: boolean) {
    this.#liar = liar
  }

  /**
   * `except` is the number of the trial to draw for.
   * @returns whether the trials are those of the last call, further on
   */
  update({ name, directions, trials }: StudySnapshot, except: number): boolean {
    if (trials === this.#trials && except === this.#except && name === this.#study) return true
    const continued = name === this.#study && this.#take(trials, directions)
    if (!continued) {
      this.#forget()
      this.#take(trials, directions)
    }
    if (this.moved.length > MOST_MOVED + 4 * trials.length) this.moved = []
    this.#study = name
    this.#trials = trials
    this.#except = except
    this.finished = this.#ranked.length
    for (const place of this.#running) {
      this.#move(place, this.#liar && trials[place]!.number !== except ? ABOVE : UNUSED)
    }
    this.#objectives = directions.length
    this.#choose()
    return continued
  }

  /** Looks at the trials that are new or were not finished; false where a finished one is another now. */
  #take(trials: readonly TrialRecord[], directions: StudySnapshot['directions']): boolean {
    const known = this.#trials
    if (trials.length < known.length) return false
    if (trials.length > this.roles.length) {
      const roles = new Uint8Array(2 * trials.length)
      roles.set(this.roles)
      this.roles = roles
    }
    for (const place of changedPlaces(trials, known)) {
      const trial = trials[place]!
      const before = known[place]
      if (before !== undefined && isFinished(before.state)) return false
      this.#running.delete(place)
      if (trial.state === 'RUNNING') this.#running.add(place)
      else if (trial.state === 'COMPLETE' || trial.state === 'PRUNED') {
        this.#move(place, ABOVE)
        insert(this.#ranked, ranked(trial, place, directions))
      } else this.#move(place, UNUSED)
    }
    return true
  }

  /** The same division of some of the trials only, by place. */
  within(test: (place: number) => boolean): Division {
    const some = this.#ranked.filter(({ place }) => test(place))
    const below = bestOf(some, this.#objectives)
    const roles = new Uint8Array(this.roles.length)
    for (const place of this.#running) if (test(place)) roles[place] = this.roles[place]!
    for (const { place } of some) roles[place] = ABOVE
    for (const place of below) roles[place] = BELOW
    return { roles, below }
  }

  #choose(): void {
    const before = this.below
    this.below = bestOf(this.#ranked, this.#objectives)
    const good = new Set(this.below)
    for (const place of before) if (!good.has(place)) this.#move(place, ABOVE)
    for (const place of good) this.#move(place, BELOW)
  }

  #move(place: number, role: number): void {
    if (this.roles[place] === role) return
    this.roles[place] = role
    this.moved.push(place)
  }

  #forget(): void {
    this.roles.fill(UNUSED)
    this.moved = []
    this.#trials = []
    this.#ranked = []
    this.#running.clear()
    this.below = []
  }
}

interface Ranked {
  /** In the study. */
  readonly place: number
  readonly group: number
  /** Within the group, the smaller the better; then by `second`, then the older. */
  readonly first: number
  readonly second: number
  readonly losses: readonly number[]
}

function ranked(trial: TrialRecord, place: number, directions: StudySnapshot['directions']): Ranked {
  const violation = violationOf(trial)
  if (violation > 0) return { place, group: INFEASIBLE, first: violation, second: 0, losses: [] }
  if (trial.state === 'COMPLETE') {
    const losses = lossesOf(trial, directions)
    return { place, group: COMPLETE, first: directions.length > 1 ? 0 : losses[0]!, second: 0, losses }
  }
  const last = [...trial.intermediate].at(-1)
  if (last === undefined) return { place, group: PRUNED, first: 1, second: 0, losses: [] }
  const [step, value] = last
  const loss = Number.isNaN(value) ? Infinity : directions[0] === 'maximize' ? -value : value
  return { place, group: PRUNED, first: -step, second: loss, losses: [] }
}

function insert(sorted: Ranked[], trial: Ranked): void {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const mid = (low + high) >> 1
    if (precedes(trial, sorted[mid]!)) high = mid
    else low = mid + 1
  }
  sorted.splice(low, 0, trial)
}

function precedes(a: Ranked, b: Ranked): boolean {
  if (a.group !== b.group) return a.group < b.group
  if (a.first !== b.first) return a.first < b.first
  return a.second !== b.second ? a.second < b.second : a.place < b.place
}

/** The places of the good ones among sorted trials, ascending. */
function bestOf(sorted: readonly Ranked[], objectives: number): number[] {
  const count = belowCount(sorted.length, objectives)
  const good = objectives > 1 ? severalBest(sorted, count) : sorted.slice(0, count)
  return good.map(({ place }) => place).sort((a, b) => a - b)
}

/** Complete trials by rank and hypervolume, then the others in their order. */
function severalBest(sorted: readonly Ranked[], count: number): Ranked[] {
  const end = sorted.findIndex(({ group }) => group !== COMPLETE)
  const complete = end < 0 ? sorted : sorted.slice(0, end)
  if (count >= complete.length) return sorted.slice(0, count)
  if (count === 0) return []
  const ranks = nonDominationRanks(
    complete.map(({ losses }) => losses),
    { enough: count },
  )
  const chosen: Ranked[] = []
  for (let rank = 0; ; rank++) {
    const front = complete.filter((_, i) => ranks[i] === rank)
    const room = count - chosen.length
    if (front.length > room) {
      const points = front.map(({ losses }) => losses)
      const places = room === 0 ? [] : selectByHypervolume(points, room, referenceOf(points))
      return [...chosen, ...places.map((i) => front[i]!)]
    }
    chosen.push(...front)
  }
}

/** A little beyond the worst of each objective. */
function referenceOf(points: readonly (readonly number[])[]): number[] {
  return points[0]!.map((_, m) => {
    const worst = Math.max(...points.map((point) => point[m]!))
    return Math.max(1.1 * worst, 0.9 * worst) || 1e-12
  })
}
