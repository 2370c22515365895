/** The corners of boxes, d numbers each, box by box; an upper corner may be infinite. */
export interface Boxes {
  readonly lower: Float64Array
  readonly upper: Float64Array
  readonly count: number
}

/**
 * Disjoint boxes that make up all that is above the reference point and that no point of the front dominates, values
 * being maximised: slabs between the points' last coordinates, each cut up by those before (L. While et al., "A
 * faster algorithm for calculating hypervolume", IEEE TEC 10(1), 2006, on slicing objectives).
 * @param front points of d coordinates; those that are not above the reference everywhere take nothing away
 */
export function decompose(front: readonly Float64Array[], reference: Float64Array): Boxes {
  const lower: number[] = []
  const upper: number[] = []
  const low = reference.slice()
  const high = new Float64Array(reference.length).fill(Number.POSITIVE_INFINITY)

  const cut = (active: readonly Float64Array[], axis: number): void => {
    if (axis === 0) {
      low[0] = active.reduce((largest, point) => Math.max(largest, point[0]!), reference[0]!)
      lower.push(...low)
      upper.push(...high)
      return
    }
    const sorted = active.toSorted((a, b) => b[axis]! - a[axis]!)
    high[axis] = Number.POSITIVE_INFINITY
    for (let k = 0; k <= sorted.length; k++) {
      low[axis] = sorted[k]?.[axis] ?? reference[axis]!
      if (low[axis]! < high[axis]!) cut(sorted.slice(0, k), axis - 1)
      high[axis] = low[axis]!
    }
    high[axis] = Number.POSITIVE_INFINITY
  }
  cut(
    front.filter((point) => point.every((value, i) => value > reference[i]!)),
    reference.length - 1,
  )
  return {
    lower: Float64Array.from(lower),
    upper: Float64Array.from(upper),
    count: lower.length / reference.length,
  }
}
