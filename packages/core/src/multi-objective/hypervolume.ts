import { dominates, type Losses, lexicographic } from './domination.js'

/**
 * The volume that the candidates dominate up to a reference point; what does not lie below it in every objective
 * counts for nothing. Infinity where a candidate's loss is -Infinity or the reference is infinite. E. Zitzler, L. Thiele,
 * "Multiobjective evolutionary algorithms", IEEE TEC 3(4), 1999; by WFG beyond two objectives, conventions as Optuna's
 * _hypervolume.
 */
export function hypervolume(points: readonly Losses[], reference: Losses): number {
  const inside = points.filter((point) => isBelow(point, reference))
  if (inside.length === 0) return 0
  if (inside.some((point) => volume(point, reference) === Number.POSITIVE_INFINITY)) return Infinity
  const front = paretoFront(inside)
  if (reference.length === 1) return reference[0]! - front[0]![0]!
  if (reference.length === 2) return area(front, reference)
  return reference.length === 3 ? slices(front, reference) : exclusiveVolumes(front, reference)
}

/** The volume of the box between a candidate and the reference. */
export function volume(point: Losses, reference: Losses): number {
  let product = 1
  for (let i = 0; i < reference.length; i++) product *= reference[i]! - point[i]!
  return product
}

/** What nothing else dominates, without repeats, lexicographically. */
function paretoFront(points: readonly Losses[]): Losses[] {
  const front: Losses[] = []
  for (const i of lexicographic(points)) {
    const point = points[i]!
    if (!front.some((other) => dominates(other, point) || equal(other, point))) front.push(point)
  }
  return front
}

/** Two objectives: strips along the first one. */
function area(front: readonly Losses[], reference: Losses): number {
  let sum = 0
  let ceiling = reference[1]!
  for (const point of front) {
    sum += (reference[0]! - point[0]!) * (ceiling - point[1]!)
    ceiling = point[1]!
  }
  return sum
}

/** Three objectives: the areas of the first two, growing along the third. */
function slices(front: readonly Losses[], reference: Losses): number {
  const byHeight = [...front].sort((a, b) => a[2]! - b[2]!)
  let stairs: Losses[] = []
  let sum = 0
  let covered = 0
  byHeight.forEach((point, i) => {
    stairs = paretoFront([...stairs, [point[0]!, point[1]!]])
    covered = area(stairs, reference)
    sum += covered * ((byHeight[i + 1]?.[2] ?? reference[2]!) - point[2]!)
  })
  return sum
}

/**
 * Any number of objectives: each candidate adds its box without what the later ones dominate of it. L. While, L.
 * Bradstreet, L. Barone, "A fast way of calculating exact hypervolumes" (WFG), IEEE TEC 16(1), 2012.
 */
function exclusiveVolumes(front: readonly Losses[], reference: Losses): number {
  let sum = 0
  front.forEach((point, i) => {
    sum += exclusiveVolume(point, front.slice(i + 1), reference)
  })
  return sum
}

/** The volume that a candidate alone dominates, beside others. */
export function exclusiveVolume(point: Losses, others: readonly Losses[], reference: Losses): number {
  const limited = others.map((other) => Array.from(other, (loss, m) => Math.max(loss, point[m]!)))
  const own = volume(point, reference)
  return limited.length === 0 ? own : own - hypervolume(limited, reference)
}

function isBelow(point: Losses, reference: Losses): boolean {
  for (let i = 0; i < reference.length; i++) if (!(point[i]! < reference[i]!)) return false
  return true
}

function equal(a: Losses, b: Losses): boolean {
  for (let i = 0; i < a.length; i++) if (a[i]! !== b[i]!) return false
  return true
}
