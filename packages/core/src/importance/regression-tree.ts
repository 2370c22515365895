import type { Random } from '../random.js'

/** n rows of features, column by column. */
export interface TrainingSet {
  readonly columns: readonly TrainingColumn[]
  readonly values: Float64Array
}

export interface TrainingColumn {
  readonly values: Float64Array
  /** 0 for numbers, which are split at a threshold; else how many choices there are, of which one is split off. */
  readonly choices: number
}

interface Leaf {
  readonly value: number
}

/** Rows with a number of at most `at`, or with choice `at`, go left. */
interface Split {
  readonly column: number
  readonly at: number
  readonly left: TreeNode
  readonly right: TreeNode
}

export type TreeNode = Leaf | Split

/** Equal gains differ in rounding, which must not favour the column with the most ways to the same split. */
const CLEARLY = 1 + 1e-10

/** The best split of a node, and by how much it lowers the sum of squares. */
interface Found {
  readonly column: number
  readonly at: number
  readonly gain: number
}

/**
 * A regression tree grown by least squares on a bootstrap sample until its leaves are pure or `depth` is reached; all
 * columns are looked at in every node. L. Breiman, J. Friedman, C. J. Stone, R. A. Olshen, "Classification and
 * Regression Trees", 1984, chapter 8.
 */
export function growTree(set: TrainingSet, depth: number, random: Random): TreeNode {
  const rows = Int32Array.from(set.values, () => random.int(set.values.length))
  const orders = set.columns.map(({ values, choices }) =>
    choices > 0 ? rows : rows.toSorted((a, b) => values[a]! - values[b]!),
  )
  return grow(set, orders, depth, random)
}

/** @param orders the node's rows, once a column, ascending in it where it is numeric */
function grow(set: TrainingSet, orders: readonly Int32Array[], depth: number, random: Random): TreeNode {
  const { values } = set
  const rows = orders[0]!
  const first = values[rows[0]!]!
  const pure = rows.every((row) => values[row] === first)
  const found = pure || depth === 0 ? undefined : bestSplit(set, orders, random)
  if (found === undefined) {
    return { value: pure ? first : rows.reduce((sum, row) => sum + values[row]!, 0) / rows.length }
  }
  const column = set.columns[found.column]!
  const goesLeft = (row: number) =>
    column.choices > 0 ? column.values[row] === found.at : column.values[row]! <= found.at
  const lefts = orders.map((order) => order.filter(goesLeft))
  const rights = orders.map((order) => order.filter((row) => !goesLeft(row)))
  return {
    column: found.column,
    at: found.at,
    left: grow(set, lefts, depth - 1, random),
    right: grow(set, rights, depth - 1, random),
  }
}

/**
 * Columns, and of categories the single choices, are looked at in random order, so that none is favoured where several
 * split equally well.
 */
function bestSplit(set: TrainingSet, orders: readonly Int32Array[], random: Random): Found | undefined {
  const candidates = set.columns.flatMap(({ choices }, column) =>
    choices === 0
      ? [{ column, choice: -1 }]
      : Array.from({ length: choices }, (_, choice) => ({ column, choice })),
  )
  let best: Found | undefined
  while (candidates.length > 0) {
    const [candidate] = candidates.splice(random.int(candidates.length), 1)
    const { column, choice } = candidate!
    const rows = orders[column]!
    const { values } = set.columns[column]!
    const found =
      choice < 0
        ? bestThreshold(column, values, set.values, rows)
        : splitOff(column, choice, values, set.values, rows)
    if (found !== undefined && (best === undefined || found.gain > best.gain * CLEARLY)) best = found
  }
  return best
}

function bestThreshold(
  column: number,
  numbers: Float64Array,
  values: Float64Array,
  sorted: Int32Array,
): Found | undefined {
  const mean = sorted.reduce((sum, row) => sum + values[row]!, 0) / sorted.length
  let best: Found | undefined
  let left = 0
  for (let k = 1; k < sorted.length; k++) {
    left += values[sorted[k - 1]!]! - mean
    const below = numbers[sorted[k - 1]!]!
    const above = numbers[sorted[k]!]!
    if (below === above) continue
    // With values that sum to 0 the right side sums to -left.
    const gain = left * left * (1 / k + 1 / (sorted.length - k))
    if (best !== undefined && gain <= best.gain) continue
    const middle = below + (above - below) / 2
    best = { column, at: middle < above ? middle : below, gain }
  }
  return best
}

function splitOff(
  column: number,
  at: number,
  choices: Float64Array,
  values: Float64Array,
  rows: Int32Array,
): Found | undefined {
  const mean = rows.reduce((sum, row) => sum + values[row]!, 0) / rows.length
  let sum = 0
  let size = 0
  for (const row of rows) {
    if (choices[row] !== at) continue
    sum += values[row]! - mean
    size++
  }
  if (size === 0 || size === rows.length) return undefined
  return { column, at, gain: sum * sum * (1 / size + 1 / (rows.length - size)) }
}
