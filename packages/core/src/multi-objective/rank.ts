import { compare, dominates, type Losses, lexicographic } from './domination.js'

export interface RankOptions {
  /** By candidate, above 0 where infeasible: these follow all feasible ones, less violation first. */
  readonly violations?: readonly number[]
  /** Ranks may stop once this many candidates have one; the others then share the next. */
  readonly enough?: number
}

/**
 * The non-domination rank of each candidate: 0 for the Pareto front, 1 for the front without those, and so on; equal
 * candidates have equal ranks. K. Deb et al., "NSGA-II", IEEE TEC 6(2), 2002, section III-A; as Optuna's
 * _fast_non_domination_rank.
 */
export function nonDominationRanks(points: readonly Losses[], options: RankOptions = {}): Int32Array {
  const { violations, enough = points.length } = options
  const ranks = new Int32Array(points.length)
  const feasible: number[] = []
  const infeasible: number[] = []
  points.forEach((_, i) => {
    if ((violations?.[i] ?? 0) > 0) infeasible.push(i)
    else feasible.push(i)
  })

  let next = rankFeasible(points, feasible, Math.min(enough, feasible.length), ranks)
  infeasible.sort((i, j) => violations![i]! - violations![j]!)
  infeasible.forEach((i, place) => {
    if (place > 0 && violations![i]! > violations![infeasible[place - 1]!]!) next++
    ranks[i] = next
  })
  return ranks
}

/** Sets the ranks of `members` and returns the first unused one. */
function rankFeasible(
  points: readonly Losses[],
  members: readonly number[],
  enough: number,
  ranks: Int32Array,
): number {
  if (members.length === 0) return 0
  const order = lexicographic(members.map((i) => points[i]!)).map((place) => members[place]!)
  const objectives = points[members[0]!]!.length
  return objectives === 2 ? rankTwo(points, order, ranks) : peel(points, order, enough, ranks)
}

/**
 * Two objectives in O(n log n): candidates come by the first loss, so one dominates a later one as soon as its second
 * loss is not larger. The least second loss of a front grows with its rank.
 */
function rankTwo(points: readonly Losses[], order: readonly number[], ranks: Int32Array): number {
  const least: number[] = []
  order.forEach((i, place) => {
    const previous = order[place - 1]
    if (previous !== undefined && compare(points[previous]!, points[i]!) === 0) {
      ranks[i] = ranks[previous]!
      return
    }
    const second = points[i]![1]!
    let low = 0
    let high = least.length
    while (low < high) {
      const mid = (low + high) >> 1
      if (least[mid]! > second) high = mid
      else low = mid + 1
    }
    least[low] = second
    ranks[i] = low
  })
  return least.length
}

/** Any number of objectives: front after front. */
function peel(
  points: readonly Losses[],
  order: readonly number[],
  enough: number,
  ranks: Int32Array,
): number {
  let rest = order
  let ranked = 0
  let rank = 0
  while (rest.length > 0) {
    if (ranked >= enough) {
      for (const i of rest) ranks[i] = rank
      return rank + 1
    }
    const front: number[] = []
    const later: number[] = []
    for (const i of rest) {
      if (front.some((j) => dominates(points[j]!, points[i]!))) later.push(i)
      else front.push(i)
    }
    for (const i of front) ranks[i] = rank
    ranked += front.length
    rank++
    rest = later
  }
  return rank
}
