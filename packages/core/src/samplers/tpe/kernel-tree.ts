import { LEAF, Leaf } from './kernel-leaf.js'

/** An axis is halved at most this often: 1/128 of it is less than the narrowest kernel, 1/100. */
const HALVINGS = 7

interface Node {
  readonly depth: number
  /** By axis: the box. */
  readonly low: Float64Array
  readonly high: Float64Array
  count: number
  leaf: Leaf | undefined
  children: readonly [Node, Node] | undefined
}

/**
 * Trials by where their points lie: boxes that are halved, axis after axis, while they hold more than a leaf does. Which
 * leaves there are, and their order, follows from the points alone and not from the order in which they came (the PR
 * k-d tree of H. Samet, "The quadtree and related hierarchical data structures", ACM Computing Surveys 16(2), 1984).
 */
export class KernelTree {
  readonly #points: readonly Float64Array[]
  readonly #deepest: number
  readonly #root: Node
  #leaves: Leaf[] | undefined

  /** @param points by axis, by trial; a trial's must not change while it is in the tree */
  constructor(low: Float64Array, high: Float64Array, points: readonly Float64Array[]) {
    this.#points = points
    this.#deepest = HALVINGS * low.length
    this.#root = { depth: 0, low, high, count: 0, leaf: new Leaf(), children: undefined }
  }

  get leaves(): readonly Leaf[] {
    if (this.#leaves === undefined) {
      this.#leaves = []
      for (const { leaf } of leavesBelow(this.#root)) if (leaf!.count > 0) this.#leaves.push(leaf!)
    }
    return this.#leaves
  }

  /** Which leaf a trial of the tree is in. */
  leafOf(place: number): Leaf {
    let node = this.#root
    while (node.children !== undefined) node = node.children[this.#side(node, place)]!
    return node.leaf!
  }

  /** @returns the leaf that the trial is in now */
  add(place: number): Leaf {
    let node = this.#root
    node.count++
    while (node.children !== undefined) {
      node = node.children[this.#side(node, place)]!
      node.count++
    }
    const leaf = node.leaf!
    if (leaf.count === 0) this.#leaves = undefined
    leaf.add(place)
    if (node.count <= LEAF) return leaf
    this.#split(node)
    return this.leafOf(place)
  }

  /** @returns the leaf that the trial was in */
  remove(place: number): Leaf {
    let node = this.#root
    node.count--
    while (node.children !== undefined) {
      if (node.count <= LEAF) this.#join(node)
      else {
        node = node.children[this.#side(node, place)]!
        node.count--
      }
    }
    const leaf = node.leaf!
    leaf.remove(place)
    if (leaf.count === 0) this.#leaves = undefined
    return leaf
  }

  #side({ depth, low, high }: Node, place: number): 0 | 1 {
    const a = depth % low.length
    return this.#points[a]![place]! < 0.5 * (low[a]! + high[a]!) ? 0 : 1
  }

  #split(from: Node): void {
    let node = from
    while (node.count > LEAF && node.depth < this.#deepest) {
      const { places, count } = node.leaf!
      const children = [this.#half(node, 0), this.#half(node, 1)] as const
      for (const place of places.subarray(0, count)) {
        const child = children[this.#side(node, place)]
        child.leaf!.add(place)
        child.count++
      }
      node.leaf = undefined
      node.children = children
      this.#leaves = undefined
      // A leaf has one trial more than it may have: at most one of the halves can.
      node = children[0].count > children[1].count ? children[0] : children[1]
    }
  }

  #join(node: Node): void {
    const leaf = new Leaf()
    for (const { leaf: below } of leavesBelow(node)) {
      for (const place of below!.places.subarray(0, below!.count)) leaf.add(place)
    }
    node.leaf = leaf
    node.children = undefined
    this.#leaves = undefined
  }

  #half({ depth, low, high }: Node, side: 0 | 1): Node {
    const a = depth % low.length
    const mid = 0.5 * (low[a]! + high[a]!)
    const half = { low: low.slice(), high: high.slice() }
    if (side === 0) half.high[a] = mid
    else half.low[a] = mid
    return { ...half, depth: depth + 1, count: 0, leaf: new Leaf(), children: undefined }
  }
}

function* leavesBelow(node: Node): Generator<Node> {
  if (node.children === undefined) yield node
  else for (const child of node.children) yield* leavesBelow(child)
}
