import { compare, type Losses, lexicographic } from './domination.js'
import { exclusiveVolume, volume } from './hypervolume.js'

/**
 * Chooses `size` candidates of one front that dominate much volume together, greedily: always the one that adds most, the
 * lexicographically first of several. At least 1 - 1/e of the best choice's volume. A. P. Guerreiro, C. M. Fonseca, L.
 * Paquete, "Greedy hypervolume subset selection in low dimensions", Evol. Comp. 24(3), 2016.
 *
 * Candidates that equal a chosen one come last, and with a reference that is not finite the first ones are taken.
 * @returns places in `points`, in the order of choice
 */
export function selectByHypervolume(points: readonly Losses[], size: number, reference: Losses): number[] {
  if (size >= points.length) return points.map((_, i) => i)
  const sorted = lexicographic(points)
  const unique = sorted.filter((i, p) => p === 0 || compare(points[sorted[p - 1]!]!, points[i]!) !== 0)
  if (unique.length <= size) {
    const rest = points.map((_, i) => i).filter((i) => !unique.includes(i))
    return [...unique, ...rest.slice(0, size - unique.length)]
  }
  if (!Array.from(reference).every(Number.isFinite)) return unique.slice(0, size)

  const front = unique.map((i) => points[i]!)
  const places =
    reference.length === 2 ? selectOfTwo(front, size, reference) : selectLazily(front, size, reference)
  return places.map((place) => unique[place]!)
}

/**
 * Two objectives: what a candidate adds is one rectangle, whose far corner moves in as neighbours along the front are
 * chosen.
 */
function selectOfTwo(front: readonly Losses[], size: number, reference: Losses): number[] {
  const right = front.map(() => reference[0]!)
  const top = front.map(() => reference[1]!)
  const gains = front.map((point) => volume(point, reference))
  const chosen: number[] = []
  while (chosen.length < size) {
    const best = placeOfLargest(gains)
    chosen.push(best)
    const [x, y] = [front[best]![0]!, front[best]![1]!]
    for (let i = 0; i < front.length; i++) {
      if (gains[i] === Number.NEGATIVE_INFINITY) continue
      if (i < best) right[i] = Math.min(right[i]!, x)
      else top[i] = Math.min(top[i]!, y)
      gains[i] = (right[i]! - front[i]![0]!) * (top[i]! - front[i]![1]!)
    }
    gains[best] = Number.NEGATIVE_INFINITY
  }
  return chosen
}

/** Any number of objectives. What a candidate adds only falls as others are chosen: old figures are upper bounds. */
function selectLazily(front: readonly Losses[], size: number, reference: Losses): number[] {
  const gains = front.map((point) => volume(point, reference))
  const computedAt = front.map(() => 0)
  const chosen: number[] = []
  while (chosen.length < size) {
    const best = placeOfLargest(gains)
    if (computedAt[best] === chosen.length) {
      chosen.push(best)
      gains[best] = Number.NEGATIVE_INFINITY
      continue
    }
    const taken = chosen.map((place) => front[place]!)
    gains[best] = Math.min(gains[best]!, exclusiveVolume(front[best]!, taken, reference))
    computedAt[best] = chosen.length
  }
  return chosen
}

function placeOfLargest(values: readonly number[]): number {
  let best = 0
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i
  return best
}
