import type { StudySnapshot } from '../../study/study-snapshot.js'
import type { TrialRecord } from '../../trial/trial-record.js'
import { Generations, type Member, rankMembers } from './generation.js'
import { initialState, type SearchState, update } from './search-state.js'
import { defaultPopulation } from './strategy-parameters.js'

export interface ReplayOptions {
  /** Undefined for the default. */
  readonly population: number | undefined
  readonly sigma: number
  /** Whether to start anew, with twice the population, when a run has converged (IPOP). */
  readonly restart: boolean
}

/** A search after so many generations, restarts included. */
interface Progress {
  readonly generation: number
  readonly state: SearchState
  readonly restarts: number
  /** The best loss of each of the run's last generations. */
  readonly bests: readonly number[]
}

/**
 * The search as the study's trials have driven it: generation after generation from the first, so that every process
 * and every resumed study arrives at the same. Generations whose members are the very records seen before are not
 * worked out again.
 */
export class Replay {
  readonly #options: ReplayOptions
  #names = ''
  #generations = new Generations([])
  readonly #steps: { readonly records: readonly TrialRecord[]; readonly after: Progress }[] = []

  constructor(options: ReplayOptions) {
    this.#options = options
  }

  /** The generation to draw for, and from what. */
  run(study: StudySnapshot, names: readonly string[]): { generation: number; state: SearchState } {
    const key = JSON.stringify(names)
    if (key !== this.#names) {
      this.#names = key
      this.#generations = new Generations(names)
      this.#steps.length = 0
    }
    this.#generations.update(study.trials)
    let progress = this.#begin(names.length, 0, 0)
    for (;;) {
      const { generation, state } = progress
      const { population } = state.parameters
      const members = this.#generations.members(generation)
      if (members.length < population) return { generation, state }
      const taken = members.slice(0, population)
      const known = this.#steps[generation]
      if (known?.records.every((record, i) => record === taken[i]!.trial)) {
        progress = known.after
        continue
      }
      progress = this.#advance(progress, taken, study)
      this.#steps.length = generation
      this.#steps.push({ records: taken.map(({ trial }) => trial), after: progress })
    }
  }

  #advance(progress: Progress, members: readonly Member[], study: StudySnapshot): Progress {
    const direction = study.directions[0]!
    const ranked = rankMembers(members, direction)
    const state = update(
      progress.state,
      ranked.map(({ x }) => x),
    )
    const sign = direction === 'maximize' ? -1 : 1
    // A pruned trial's last value need not be one of the objective's.
    const losses = ranked.map(({ trial }) =>
      trial.state === 'COMPLETE' ? sign * trial.values![0]! : Number.POSITIVE_INFINITY,
    )
    const generation = progress.generation + 1
    const bests = [...progress.bests, losses[0]!].slice(-historyLength(state))
    const { restart, sigma } = this.#options
    if (restart && hasConverged(state, bests, losses, sigma)) {
      return this.#begin(members[0]!.x.length, progress.restarts + 1, generation)
    }
    return { generation, state, restarts: progress.restarts, bests }
  }

  #begin(dimension: number, restarts: number, generation: number): Progress {
    const population = (this.#options.population ?? defaultPopulation(dimension)) * 2 ** restarts
    const state = initialState(startingPoint(dimension, restarts), this.#options.sigma, population)
    return { generation, state, restarts, bests: [] }
  }
}

/** The middle first, then points of an additive recurrence, which every process knows. */
function startingPoint(dimension: number, restarts: number): Float64Array {
  // The generalised golden ratio: the positive root of g^(d + 1) = g + 1.
  let g = 2
  for (let i = 0; i < 64; i++) g = (1 + g) ** (1 / (dimension + 1))
  return Float64Array.from({ length: dimension }, (_, i) => (0.5 + restarts * g ** -(i + 1)) % 1)
}

function historyLength({ mean, parameters }: SearchState): number {
  return 10 + Math.ceil((30 * mean.length) / parameters.population)
}

/** Tolerances of values, of steps and of the condition number (Hansen 2016, section B.3). */
function hasConverged(
  state: SearchState,
  bests: readonly number[],
  losses: readonly number[],
  firstSigma: number,
): boolean {
  const { values } = state.eigen
  const d = values.length
  if (values[d - 1]! > 1e14 * values[0]!) return true
  const spread = (of: readonly number[]) => Math.max(...of) - Math.min(...of)
  if (bests.length === historyLength(state) && spread([...bests, ...losses]) < 1e-12) return true
  const reach = (i: number) =>
    state.sigma * Math.max(Math.abs(state.covariancePath[i]!), Math.sqrt(state.covariance[i * d + i]!))
  return values.every((_, i) => reach(i) < 1e-12 * firstSigma)
}
