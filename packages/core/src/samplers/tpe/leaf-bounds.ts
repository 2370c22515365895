import type { Leaf } from './kernel-leaf.js'

/**
 * How far the kernels of each leaf reach, for all leaves side by side: a draw asks for it at every candidate, so it is
 * gone through as one array.
 */
export class LeafBounds {
  readonly #axes: number
  #leaves: readonly Leaf[] = []
  /** By leaf, then by numeric axis: the least and the largest centre, and the least scale. */
  #low = new Float64Array(0)
  #high = new Float64Array(0)
  #scale = new Float64Array(0)
  /** By leaf: the largest factor. */
  #factor = new Float64Array(0)

  /** @param axes how many numeric ones there are */
  constructor(axes: number) {
    this.#axes = axes
  }

  /** Takes in the leaves as they are now, all settled; `changed` are those that are not as they were. */
  update(leaves: readonly Leaf[], changed: ReadonlySet<Leaf>): void {
    if (leaves === this.#leaves) {
      for (const leaf of changed) this.#measure(leaves.indexOf(leaf))
      return
    }
    this.#leaves = leaves
    if (leaves.length > this.#factor.length) this.#enlarge(2 * leaves.length)
    for (let l = 0; l < leaves.length; l++) this.#measure(l)
  }

  /**
   * What the logarithm of a kernel's part at a point does not exceed, leaf by leaf: the largest factor, less the least
   * distance in units of the widest kernel, by axis. Of a discrete axis the point is an interval: a normal's mass beyond
   * z deviations is at most exp(-z * z / 2) / 2.
   *
   * @param bounds of the leaves that reach `cut`, in order; room for all is needed
   * @param leaves which ones these are
   * @returns how many
   */
  reach(from: Float64Array, to: Float64Array, cut: number, bounds: Float64Array, leaves: Int32Array): number {
    const [axes, low, high, scale, factor] = [this.#axes, this.#low, this.#high, this.#scale, this.#factor]
    const { length } = this.#leaves
    let count = 0
    for (let l = 0, at = 0; l < length; l++, at += axes) {
      let bound = factor[l]!
      for (let n = 0; n < axes && bound >= cut; n++) {
        const z = Math.max(0, low[at + n]! - to[n]!, from[n]! - high[at + n]!) * scale[at + n]!
        bound -= z * z
      }
      bounds[count] = bound
      leaves[count] = l
      count += Number(bound >= cut)
    }
    return count
  }

  #enlarge(capacity: number): void {
    const size = capacity * this.#axes
    this.#low = new Float64Array(size)
    this.#high = new Float64Array(size)
    this.#scale = new Float64Array(size)
    this.#factor = new Float64Array(capacity)
  }

  #measure(l: number): void {
    const { points, scales, factor, count } = this.#leaves[l]!
    const from = l * this.#axes
    for (let n = 0; n < this.#axes; n++) {
      this.#low[from + n] = least(points[n]!, count)
      this.#high[from + n] = largest(points[n]!, count)
      this.#scale[from + n] = least(scales[n]!, count)
    }
    this.#factor[l] = largest(factor, count)
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
