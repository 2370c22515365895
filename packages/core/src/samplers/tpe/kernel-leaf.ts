/** Kernels a leaf, unless they lie closer together than kernels are narrow. */
export const LEAF = 128

/** Kernels by trial: numeric axes first, each list by axis. */
export interface Kernels {
  /** By numeric axis: the centre. */
  readonly points: readonly Float64Array[]
  /** By numeric axis: 1 / (deviation * sqrt 2). */
  readonly scales: readonly Float64Array[]
  /** Logarithm of the factor. */
  readonly factor: Float64Array
  /** By axis that is not continuous: the category, or the kernel's id in the axis's table. */
  readonly ids: readonly Int32Array[]
}

/**
 * Kernels that lie near each other: a copy of each, side by side as they are gone through, and how far they reach. The
 * copy is what makes going through them quick: of many thousand trials, those of one leaf lie far apart in memory.
 */
export class Leaf implements Kernels {
  /** The trials, ascending; the first `count` are valid, here and in the copies. */
  places = new Int32Array(LEAF)
  count = 0
  points: Float64Array[] = []
  scales: Float64Array[] = []
  factor = new Float64Array(0)
  ids: Int32Array[] = []
  /** Whether the copies are to be made anew. */
  #stale = true
  /** Whether the bounds hold. */
  #measured = false
  /** By numeric axis: the least and the largest centre, and the least scale. */
  #low = new Float64Array(0)
  #high = new Float64Array(0)
  #scale = new Float64Array(0)
  #factor = -Infinity

  add(place: number): void {
    if (this.count === this.places.length) {
      const places = new Int32Array(2 * this.count)
      places.set(this.places)
      this.places = places
    }
    const slot = this.#slotOf(place)
    this.places.copyWithin(slot + 1, slot, this.count++)
    this.places[slot] = place
    this.#stale = true
  }

  remove(place: number): void {
    const slot = this.#slotOf(place)
    this.places.copyWithin(slot, slot + 1, this.count--)
    this.#stale = true
  }

  /** Takes in how the kernel of one of its trials is now. */
  refresh(place: number, kernels: Kernels): void {
    if (this.#stale) return
    this.#copy(this.#slotOf(place), place, kernels)
    this.#measured = false
  }

  /** Takes in what has come or gone; every leaf is to be settled before {@link bound}. */
  settle(kernels: Kernels): void {
    if (this.#stale) this.#fill(kernels)
    if (!this.#measured) this.#measure()
  }

  /**
   * What the logarithm of a kernel's part at a point does not exceed: the largest factor, less the least distance in
   * units of the widest kernel, by axis. Of a discrete axis the point is an interval: a normal's mass beyond z
   * deviations is at most exp(-z * z / 2) / 2.
   */
  bound(from: Float64Array, to: Float64Array): number {
    const [low, high, scale] = [this.#low, this.#high, this.#scale]
    let bound = this.#factor
    for (let n = 0; n < low.length; n++) {
      const z = Math.max(0, low[n]! - to[n]!, from[n]! - high[n]!) * scale[n]!
      bound -= z * z
    }
    return bound
  }

  #slotOf(place: number): number {
    let low = 0
    let high = this.count
    while (low < high) {
      const mid = (low + high) >> 1
      if (this.places[mid]! < place) low = mid + 1
      else high = mid
    }
    return low
  }

  #fill(kernels: Kernels): void {
    this.#stale = false
    this.#measured = false
    const size = this.places.length
    if (this.factor.length !== size) {
      this.points = kernels.points.map(() => new Float64Array(size))
      this.scales = kernels.scales.map(() => new Float64Array(size))
      this.factor = new Float64Array(size)
      this.ids = kernels.ids.map(() => new Int32Array(size))
    }
    for (let slot = 0; slot < this.count; slot++) this.#copy(slot, this.places[slot]!, kernels)
  }

  #copy(slot: number, place: number, { points, scales, factor, ids }: Kernels): void {
    for (let n = 0; n < points.length; n++) {
      this.points[n]![slot] = points[n]![place]!
      this.scales[n]![slot] = scales[n]![place]!
    }
    for (let t = 0; t < ids.length; t++) this.ids[t]![slot] = ids[t]![place]!
    this.factor[slot] = factor[place]!
  }

  #measure(): void {
    this.#measured = true
    const { count } = this
    this.#low = Float64Array.from(this.points, (points) => least(points, count))
    this.#high = Float64Array.from(this.points, (points) => largest(points, count))
    this.#scale = Float64Array.from(this.scales, (scales) => least(scales, count))
    this.#factor = largest(this.factor, count)
  }
}

function least(values: Float64Array, count: number): number {
  let least = Infinity
  for (let k = 0; k < count; k++) if (values[k]! < least) least = values[k]!
  return least
}

function largest(values: Float64Array, count: number): number {
  let largest = -Infinity
  for (let k = 0; k < count; k++) if (values[k]! > largest) largest = values[k]!
  return largest
}
