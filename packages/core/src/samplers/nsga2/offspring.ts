import { constrainedDominates } from '../../multi-objective/domination.js'
import { lossesOf } from '../../multi-objective/losses.js'
import type { Random } from '../../random.js'
import type { ParamValue, SearchSpace } from '../../space/distribution.js'
import { contains } from '../../space/param-value.js'
import type { Direction } from '../../study/study-snapshot.js'
import { violationOf } from '../../trial/constraints.js'
import type { TrialRecord } from '../../trial/trial-record.js'

export interface OffspringOptions {
  /** Probability of two parents instead of one. */
  readonly crossover: number
  /** Probability, with two parents, of each parameter to come from the second. */
  readonly swapping: number
  /** Probability of each parameter to be drawn anew. */
  readonly mutation: number
}

/** A child's parameters; those that mutate, or that its parent lacks, are left out to be drawn anew. */
export function offspring(
  parents: readonly TrialRecord[],
  space: SearchSpace,
  directions: readonly Direction[],
  { crossover, swapping, mutation }: OffspringOptions,
  random: Random,
): Map<string, ParamValue> {
  const two = parents.length > 1 && random.next() < crossover
  const first = two ? tournament(parents, directions, random) : parents[random.int(parents.length)]!
  const second = two
    ? tournament(
        parents.filter((trial) => trial !== first),
        directions,
        random,
      )
    : first
  const child = new Map<string, ParamValue>()
  for (const [name, distribution] of space) {
    const parent = two && random.next() < swapping ? second : first
    const value = parent.params.get(name)
    const mutates = random.next() < mutation
    if (!mutates && value !== undefined && contains(distribution, value)) child.set(name, value)
  }
  return child
}

/** The better of two candidates, which may be one; the second where neither dominates. */
function tournament(
  candidates: readonly TrialRecord[],
  directions: readonly Direction[],
  random: Random,
): TrialRecord {
  const first = candidates[random.int(candidates.length)]!
  const second = candidates[random.int(candidates.length)]!
  const standing = (trial: TrialRecord) => ({
    losses: lossesOf(trial, directions),
    violation: violationOf(trial),
  })
  return constrainedDominates(standing(first), standing(second)) ? first : second
}
