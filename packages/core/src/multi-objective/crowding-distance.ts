import type { Losses } from './domination.js'

/**
 * How much room each candidate of a front has: summed over the objectives, the distance between its two neighbours,
 * relative to the width of the finite losses; the ends have infinite room. An objective in which all are equal counts
 * for nothing. K. Deb et al., "NSGA-II", IEEE TEC 6(2), 2002, section III-B; details as in Optuna 5.0.
 */
export function crowdingDistances(points: readonly Losses[]): Float64Array {
  const distances = new Float64Array(points.length)
  const objectives = points[0]?.length ?? 0
  for (let m = 0; m < objectives; m++) {
    const order = points.map((_, i) => i).sort((i, j) => difference(points[i]![m]!, points[j]![m]!) || i - j)
    const losses = order.map((i) => points[i]![m]!)
    if (losses[0] === losses.at(-1)) continue
    const finite = losses.filter(Number.isFinite)
    const span = finite.length > 0 ? finite.at(-1)! - finite[0]! : 0
    const width = span > 0 ? span : 1
    order.forEach((i, place) => {
      const before = losses[place - 1] ?? Number.NEGATIVE_INFINITY
      const after = losses[place + 1] ?? Number.POSITIVE_INFINITY
      distances[i]! += difference(after, before) / width
    })
  }
  return distances
}

/** a - b, and 0 of equal infinities. */
function difference(a: number, b: number): number {
  return a === b ? 0 : a - b
}
