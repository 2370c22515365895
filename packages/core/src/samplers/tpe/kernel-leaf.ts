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
 * Kernels that lie near each other: a copy of each, side by side as they are gone through. The copy is what makes going
 * through them quick: of many thousand trials, those of one leaf lie far apart in memory.
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
  }

  /** Takes in what has come or gone. */
  settle(kernels: Kernels): void {
    if (this.#stale) this.#fill(kernels)
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
}
