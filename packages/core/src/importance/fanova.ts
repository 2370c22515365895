import { InputError } from '../errors.js'
import { createRandom } from '../random.js'
import type { Distribution } from '../space/distribution.js'
import { indexOfChoice, isSingle } from '../space/param-value.js'
import { sameDistribution } from '../space/same-distribution.js'
import type { StudySnapshot } from '../study/study-snapshot.js'
import { growTree, type TrainingColumn, type TreeNode } from './regression-tree.js'
import { finiteTrials, type Target } from './target.js'

export interface FanovaOptions {
  /** 64. */
  readonly trees: number
  /** 64. */
  readonly depth: number
  /** Of the forest's bootstrap samples, 0. */
  readonly seed: number
}

/** The part of the space that a leaf covers. */
interface Cell {
  readonly value: number
  /** By column: the interval, or for a category nothing. */
  readonly low: Float64Array
  readonly high: Float64Array
  /** By column: of a category, what is known of each choice here. */
  readonly choices: readonly (Uint8Array | undefined)[]
}

/** A choice may be the value or not, is it, or is not it. */
const OPEN = 0
const CHOSEN = 1
const EXCLUDED = 2

/** A parameter's column: its trial values, and the interval that they lie in. */
interface Column extends TrainingColumn {
  readonly low: number
  readonly high: number
}

/**
 * The share of the variance over the whole space, as a random forest sees it, that each parameter alone accounts for:
 * F. Hutter, H. Hoos, K. Leyton-Brown, "An efficient approach for assessing hyperparameter importance", ICML 2014.
 * As Optuna's: main effects only, the mean over the trees; numbers on their own scale, without logarithm; of a
 * category each choice counts as a number from 0 to 1 of its own, split in the middle (one-hot).
 * @returns in the order of `names`; trials that lack one of them are left out
 * @throws InputError for several objectives without a target, and for names that no trials have in common
 */
export function fanova(
  study: StudySnapshot,
  names: readonly string[],
  target: Target | undefined,
  { trees, depth, seed }: FanovaOptions,
): number[] {
  if (target === undefined && study.directions.length > 1) {
    throw new InputError(
      `importances: ${study.name} has ${study.directions.length} objectives; fanova needs a target that names one.`,
    )
  }
  const trials = finiteTrials(study, target).filter((trial) => names.every((name) => trial.params.has(name)))
  if (trials.length < 2) return names.map(() => 0)
  const distributions = names.map((name) => {
    const distribution = trials[0]!.distributions.get(name)!
    if (!trials.every((trial) => sameDistribution(trial.distributions.get(name)!, distribution))) {
      throw new InputError(
        `importances: ${name} has several distributions in ${study.name}; fanova needs one. Leave it out, or use pedAnova.`,
      )
    }
    return distribution
  })
  const searched = names.flatMap((_, i) => (isSingle(distributions[i]!) ? [] : [i]))
  const columns = searched.map((i) =>
    columnOf(
      distributions[i]!,
      trials.map((trial) => trial.params.get(names[i]!)!),
    ),
  )
  const values = Float64Array.from(trials, (trial) =>
    target === undefined ? trial.values![0]! : target(trial),
  )

  const random = createRandom(seed)
  const sums = new Float64Array(columns.length)
  let counted = 0
  for (let tree = 0; tree < trees; tree++) {
    const cells = cellsOf(growTree({ columns, values }, depth, random), columns)
    const shares = varianceShares(cells, columns)
    if (shares === undefined) continue
    counted++
    for (const [i, share] of shares.entries()) sums[i]! += share
  }
  const importances = names.map(() => 0)
  for (const [k, i] of searched.entries()) importances[i] = counted === 0 ? 0 : sums[k]! / counted
  return importances
}

function columnOf(distribution: Distribution, params: readonly unknown[]): Column {
  if (distribution.kind === 'categorical') {
    const { choices } = distribution
    const values = Float64Array.from(params, (value) => indexOfChoice(choices, value as string))
    return { values, choices: choices.length, low: 0, high: 0 }
  }
  const values = Float64Array.from(params, (value) => value as number)
  return { values, choices: 0, low: distribution.low, high: distribution.high }
}

/** The leaves and what they cover. */
function cellsOf(root: TreeNode, columns: readonly Column[]): Cell[] {
  const cells: Cell[] = []
  const descend = (node: TreeNode, cover: Omit<Cell, 'value'>): void => {
    if ('value' in node) {
      cells.push({ ...cover, value: node.value })
      return
    }
    const { column, at } = node
    const chosen = cover.choices[column]
    if (chosen === undefined) {
      descend(node.left, { ...cover, high: cover.high.with(column, at) })
      descend(node.right, { ...cover, low: cover.low.with(column, at) })
      return
    }
    descend(node.left, { ...cover, choices: cover.choices.with(column, chosen.with(at, CHOSEN)) })
    descend(node.right, { ...cover, choices: cover.choices.with(column, chosen.with(at, EXCLUDED)) })
  }
  descend(root, {
    low: Float64Array.from(columns, ({ low }) => low),
    high: Float64Array.from(columns, ({ high }) => high),
    choices: columns.map(({ choices }) => (choices === 0 ? undefined : new Uint8Array(choices).fill(OPEN))),
  })
  return cells
}

/** Each column's marginal variance over the whole variance; undefined where there is none. */
function varianceShares(cells: readonly Cell[], columns: readonly Column[]): number[] | undefined {
  const parts = cells.map((cell) => columns.map((column, i) => partOf(cell, column, i)))
  const volumes = parts.map((part) => part.reduce((product, share) => product * share, 1))
  const mean = cells.reduce((sum, cell, k) => sum + volumes[k]! * cell.value, 0)
  const variance = cells.reduce((sum, cell, k) => sum + volumes[k]! * (cell.value - mean) ** 2, 0)
  if (!(variance > 0)) return undefined
  return columns.map((column, i) => {
    // What a cell adds to the marginal, wherever it covers this column: its deviation times the rest of its volume.
    const heights = cells.map((cell, k) => ((cell.value - mean) * volumes[k]!) / parts[k]![i]!)
    const marginal =
      column.choices > 0 ? choiceVariance(cells, heights, i) : intervalVariance(cells, heights, column, i)
    return marginal / variance
  })
}

/** The share of a column's extent that a cell covers. */
function partOf(cell: Cell, column: Column, i: number): number {
  const chosen = cell.choices[i]
  if (chosen === undefined) return (cell.high[i]! - cell.low[i]!) / (column.high - column.low)
  return halved(chosen)
}

/** The share of a category's cube that is left where each choice that is decided halves it. */
function halved(chosen: Uint8Array): number {
  return chosen.reduce((share, choice) => (choice === OPEN ? share : share / 2), 1)
}

/** The mean square of the marginal: over all pairs of cells, the heights times the volume that both cover. */
function choiceVariance(cells: readonly Cell[], heights: readonly number[], i: number): number {
  const cubes = new Map<string, { chosen: Uint8Array; height: number }>()
  for (const [k, cell] of cells.entries()) {
    const chosen = cell.choices[i]!
    const key = chosen.join('')
    const cube = cubes.get(key)
    if (cube === undefined) cubes.set(key, { chosen, height: heights[k]! })
    else cube.height += heights[k]!
  }
  let sum = 0
  for (const a of cubes.values()) {
    for (const b of cubes.values()) sum += a.height * b.height * common(a.chosen, b.chosen)
  }
  return sum
}

/** The share of the cube that two parts of it have in common. */
function common(a: Uint8Array, b: Uint8Array): number {
  if (a.some((choice, c) => choice !== OPEN && b[c] !== OPEN && b[c] !== choice)) return 0
  return halved(a.map((choice, c) => choice || b[c]!))
}

/** The marginal is a step function that rises where a cell begins and falls where it ends. */
function intervalVariance(
  cells: readonly Cell[],
  heights: readonly number[],
  column: Column,
  i: number,
): number {
  const edges = cells.flatMap((cell, k) => [
    { at: cell.low[i]!, rise: heights[k]! },
    { at: cell.high[i]!, rise: -heights[k]! },
  ])
  edges.sort((a, b) => a.at - b.at)
  let sum = 0
  let height = 0
  for (const [k, { at, rise }] of edges.entries()) {
    if (k > 0) sum += height * height * (at - edges[k - 1]!.at)
    height += rise
  }
  return sum / (column.high - column.low)
}
