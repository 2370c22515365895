import { nonDominationRanks } from '../../multi-objective/rank.js'
import { selectByHypervolume } from '../../multi-objective/subset-selection.js'
import type { Random } from '../../random.js'
import type { Acquisition } from './acquisition.js'
import { normalSamples } from './base-samples.js'
import { decompose } from './box-decomposition.js'
import type { GaussianProcess } from './gaussian-process.js'
import type { History } from './history.js'
import { HypervolumeAcquisition } from './hypervolume-acquisition.js'
import { ImprovementAcquisition } from './improvement-acquisition.js'
import type { StudyModels } from './models.js'
import { Posterior } from './posterior.js'

/** Samples of what running trials turn out to be. */
const FANTASIES = 128
/** The acquisition's cost grows with the boxes, and their number with the front's size to the objectives less one. */
const BOXES = 400
/** Points of the front that a search starts from. */
const FRONT_STARTS = 5

/** What to maximise next, and points tried before that it is worth climbing from. */
export interface Strategy {
  readonly acquisition: Acquisition
  readonly incumbents: readonly Float64Array[]
}

/** Expected improvement on the best feasible value. */
export function singleObjective(models: StudyModels, history: History, random: Random): Strategy {
  const [values] = models.values
  let best: number | undefined
  for (const [i, feasible] of models.feasible.entries()) {
    if (feasible && (best === undefined || values![i]! > values![best]!)) best = i
  }
  const processes = [models.objectives[0]!, ...models.constraints.map(({ process }) => process)]
  const posteriors = withFantasies(processes, history.running, random)
  const constraints = models.constraints.map(({ threshold }, c) => ({
    posterior: posteriors[1 + c]!,
    threshold,
  }))
  return {
    acquisition: new ImprovementAcquisition(
      posteriors[0]!,
      best === undefined ? undefined : values![best]!,
      constraints,
    ),
    incumbents: best === undefined ? [] : [pointOf(history, best)],
  }
}

/** Posteriors in common samples of the running trials' values. */
function withFantasies(
  processes: readonly GaussianProcess[],
  running: Float64Array,
  random: Random,
): Posterior[] {
  if (running.length === 0) return processes.map((process) => new Posterior(process, new Float64Array(0)))
  const imagined = processes.map((process) => process.imagine(running))
  const count = imagined[0]!.imagined
  const width = count * processes.length
  const normals = normalSamples(width, FANTASIES, random)
  return imagined.map((process, j) => {
    const own = new Float64Array(FANTASIES * count)
    for (let s = 0; s < FANTASIES; s++) {
      own.set(normals.subarray(s * width + j * count, s * width + (j + 1) * count), s * count)
    }
    return new Posterior(process, own)
  })
}

/** Expected improvement of the hypervolume that the feasible trials dominate. */
export function severalObjectives(models: StudyModels, history: History, random: Random): Strategy {
  const { running } = history
  const believe = (process: GaussianProcess): Posterior =>
    running.length === 0
      ? new Posterior(process, new Float64Array(0))
      : new Posterior(process.imagine(running), new Float64Array(running.length / process.dimension))
  const objectives = models.objectives.map(believe)
  const constraints = models.constraints.map(({ process, threshold }) => ({
    posterior: believe(process),
    threshold,
  }))
  const known = models.feasible.flatMap((feasible, i) => (feasible ? [i] : []))
  const points = known.map((i) => Float64Array.from(models.values, (values) => values[i]!))
  if (points.length === 0) {
    return { acquisition: new HypervolumeAcquisition(objectives, undefined, constraints), incumbents: [] }
  }

  const believed = believedPoints(objectives, constraints)
  const reference = referenceOf(points)
  const boxes = decompose(thinned(firstFront([...points, ...believed]), reference), reference)
  const ranks = nonDominationRanks(points.map((point) => point.map((value) => -value)))
  const starts = known.filter((_, k) => ranks[k] === 0)
  const incumbents: Float64Array[] = []
  while (incumbents.length < FRONT_STARTS && starts.length > 0) {
    const [picked] = starts.splice(random.int(starts.length), 1)
    incumbents.push(pointOf(history, picked!))
  }
  return { acquisition: new HypervolumeAcquisition(objectives, boxes, constraints), incumbents }
}

/** The running trials' values as their means have it, of those that the constraints' means allow. */
function believedPoints(
  objectives: readonly Posterior[],
  constraints: readonly { readonly posterior: Posterior; readonly threshold: number }[],
): Float64Array[] {
  const values = objectives.map((posterior) => posterior.imaginedValues(0))
  const slack = constraints.map(({ posterior, threshold }) =>
    posterior.imaginedValues(0).map((value) => value - threshold),
  )
  return Array.from(values[0]!, (_, k) => k)
    .filter((k) => slack.every((ofConstraint) => ofConstraint[k]! >= 0))
    .map((k) => Float64Array.from(values, (ofObjective) => ofObjective[k]!))
}

function firstFront(points: readonly Float64Array[]): Float64Array[] {
  const ranks = nonDominationRanks(points.map((point) => point.map((value) => -value)))
  return points.filter((_, i) => ranks[i] === 0)
}

/** Of a front that would make too many boxes the points that dominate the most volume together. */
function thinned(front: readonly Float64Array[], reference: Float64Array): Float64Array[] {
  const objectives = reference.length
  let size = 0
  while (boxesOf(size + 1, objectives) <= BOXES) size++
  const chosen = selectByHypervolume(
    front.map((point) => point.map((value) => -value)),
    size,
    reference.map((value) => -value),
  )
  return chosen.map((place) => front[place]!)
}

/** At most: the ways to choose `objectives - 1` of `points + objectives - 1`. */
function boxesOf(points: number, objectives: number): number {
  let count = 1
  for (let i = 1; i < objectives; i++) count = (count * (points + i)) / i
  return count
}

/** A tenth beyond the worst value of each objective, on the side away from 0 (Optuna 5.0, _gp/acqf.py). */
function referenceOf(points: readonly Float64Array[]): Float64Array {
  return points[0]!.map((_, j) => {
    const worst = points.reduce((low, point) => Math.min(low, point[j]!), Number.POSITIVE_INFINITY)
    return Math.min(1.1 * worst, 0.9 * worst)
  })
}

function pointOf({ points, complete }: History, i: number): Float64Array {
  const d = points.length / complete.length
  return points.slice(i * d, (i + 1) * d)
}
