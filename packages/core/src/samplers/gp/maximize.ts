import type { Random } from '../../random.js'
import type { Acquisition } from './acquisition.js'
import { type Candidate, climb } from './local-search.js'
import type { UnitSpace } from './unit-space.js'

/** Local searches at most. */
const STARTS = 10

/**
 * The best point that local searches find from the best of the samples, from the incumbents, and from samples drawn
 * with probability proportional to exp(acquisition), so that good regions are climbed from several sides.
 * @param samples points of the unit cube, row by row
 * @param incumbents points tried before, at most 9
 */
export function maximizeAcquisition(
  acquisition: Acquisition,
  space: UnitSpace,
  samples: Float64Array,
  incumbents: readonly Float64Array[],
  random: Random,
): Candidate {
  const d = space.dimension
  const candidates = Array.from({ length: samples.length / d }, (_, i): Candidate => {
    const x = samples.slice(i * d, (i + 1) * d)
    space.snap(x)
    return { x, value: acquisition.evaluate(x) }
  })
  const first = candidates.reduce((best, candidate) => (candidate.value > best.value ? candidate : best))
  const starts = [
    first,
    ...incumbents.map((x): Candidate => ({ x, value: acquisition.evaluate(x) })),
    ...roulette(candidates, first, STARTS - 1 - incumbents.length, random),
  ]
  return starts
    .map((start) => climb(acquisition, space, start))
    .reduce((best, candidate) => (candidate.value > best.value ? candidate : best))
}

/** Draws without replacement, by exp(value); fewer where the others' chances vanish. */
function roulette(
  candidates: readonly Candidate[],
  first: Candidate,
  count: number,
  random: Random,
): Candidate[] {
  const weights = candidates.map((candidate) =>
    candidate === first ? 0 : Math.exp(candidate.value - first.value),
  )
  const picked: Candidate[] = []
  while (picked.length < count) {
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    if (!(total > 0)) break
    let left = random.next() * total
    let index = weights.findIndex((weight) => {
      left -= weight
      return left < 0
    })
    if (index < 0) index = weights.findLastIndex((weight) => weight > 0)
    picked.push(candidates[index]!)
    weights[index] = 0
  }
  return picked
}
