import { createRandom, type Direction, type ParamValue } from '@thresher/core'
import type { Run } from './run.js'
import type { RunSetting } from './run-settings.js'
import { meanInterval, meanOf } from './statistics.js'

/** Runs whose value of a parameter is one of a few, or lies in one range. Plain data. */
export interface ParameterGroup {
  /** `22`, `below 0.00045`, `0.00045 and up`. */
  readonly label: string
  /** The one value of the group; null for a range. */
  readonly value: ParamValue
  /** Of a range: values from `from` (null: any) up to but not including `to` (null: any). */
  readonly from: number | null
  readonly to: number | null
  readonly runs: number
  readonly mean: number
  /** Student's interval of the mean, over runs that differ in other parameters too; null with one run. */
  readonly interval: readonly [low: number, high: number] | null
  /** Whether a run of the baseline's is in it. */
  readonly baseline: boolean
}

export interface ParameterGroups {
  readonly name: string
  /** `values` of a parameter with few; ranges cut where the user said (`given`) or by the rule (`automatic`). */
  readonly kind: 'values' | 'given' | 'automatic'
  readonly groups: readonly ParameterGroup[]
  /** Runs of which the value is not known. */
  readonly unknown: number
  /**
   * The share of shufflings of the values among the runs that spread the groups' means as much: near 0 where the
   * groups differ by more than chance; null where there are too few runs for any shuffling to say so.
   */
  readonly chance: number | null
}

/** As many values or fewer are a group each, where they come again. */
export const FEW_VALUES = 4
const SHUFFLES = 2000
/** Of many runs fewer shufflings do: what they tell apart from chance is small by then. */
const LEAST_SHUFFLES = 200
const MOST_MOVES = 4_000_000
/** Below this many runs no shuffling can be rarer than 5 %. */
const LEAST_RUNS = 5

/**
 * The runs of a study in groups by each parameter that varies. Words have a group a value, and so have numbers of at
 * most {@link FEW_VALUES} values, one of which at least comes twice. Others are cut where `cuts` says, or else in thirds by count (halves below six runs): a
 * cut lies between two runs that differ, at the roundest number there.
 *
 * @param settings baseline included; a setting counts with each of its runs
 */
export function parameterGroups(
  settings: readonly RunSetting[],
  cuts: ReadonlyMap<string, readonly number[]>,
  level: number,
): ParameterGroups[] {
  const names = [...new Set(settings.flatMap(({ params, unknown }) => [...params.keys(), ...unknown]))]
  const runs = settings.flatMap((setting) => setting.runs.map((run) => ({ run, baseline: setting.baseline })))
  return names.flatMap((name): ParameterGroups[] => {
    const known = runs.filter(({ run }) => run.params.has(name))
    const values = [...new Set(known.map(({ run }) => run.params.get(name)!))]
    if (values.length < 2) return []
    const given = cuts.get(name)
    const { kind, edges } = groupEdges(
      values,
      known.map(({ run }) => run),
      name,
      given,
    )
    const groups = edges
      .map((edge) =>
        groupOf(
          edge,
          known.filter(({ run }) => holds(edge, run.params.get(name)!)),
          level,
        ),
      )
      .filter((group) => group !== undefined)
    const members = known.map(({ run }) => edges.findIndex((edge) => holds(edge, run.params.get(name)!)))
    return [
      {
        name,
        kind,
        groups,
        unknown: runs.filter(({ run }) => run.unknown.includes(name)).length,
        chance: chanceOf(
          known.map(({ run }) => run.value),
          members,
        ),
      },
    ]
  })
}

type Edge = Pick<ParameterGroup, 'value' | 'from' | 'to'>

function groupEdges(
  values: readonly ParamValue[],
  runs: readonly Run[],
  name: string,
  given: readonly number[] | undefined,
): { kind: ParameterGroups['kind']; edges: readonly Edge[] } {
  const numbers = values.filter((value) => typeof value === 'number').sort((a, b) => a - b)
  const numeric = numbers.length === values.length
  if (numeric && given !== undefined) return { kind: 'given', edges: rangesAt(given) }
  if (!numeric || (values.length <= FEW_VALUES && values.length < runs.length)) {
    const ordered = numeric ? numbers : values
    return { kind: 'values', edges: ordered.map((value) => ({ value, from: null, to: null })) }
  }
  const all = runs.map(({ params }) => params.get(name) as number)
  return { kind: 'automatic', edges: rangesAt(automaticCuts(all)) }
}

/** Cuts that part values in thirds by count, in halves below six. */
export function automaticCuts(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b)
  const parts = sorted.length < 6 ? 2 : 3
  const cuts = Array.from({ length: parts - 1 }, (_, i) => {
    // The gap nearest to the share: equal values stay together.
    const wanted = (sorted.length * (i + 1)) / parts
    const gaps = sorted
      .map((value, at) => ({ value, at }))
      .filter(({ value, at }) => at > 0 && sorted[at - 1]! < value)
    const { at } = gaps.reduce((a, b) => (Math.abs(b.at - wanted) < Math.abs(a.at - wanted) ? b : a))
    return roundestBetween(sorted[at - 1]!, sorted[at]!)
  })
  return [...new Set(cuts)]
}

/** The number with the fewest digits in (low, high], of these the nearest to the middle. */
export function roundestBetween(low: number, high: number): number {
  const middle = low + (high - low) / 2
  for (let digits = 1; digits <= 15; digits++) {
    const nearest = middle.toPrecision(digits)
    const power = Number(Number(nearest).toExponential().split('e')[1]) - digits + 1
    const unit = Number(`1e${power}`)
    const near = [0, 1, -1].map((steps) => Number((Number(nearest) + steps * unit).toPrecision(digits)))
    const rounded = near.find((value) => value > low && value <= high)
    if (rounded !== undefined) return rounded
  }
  return high
}

function rangesAt(cuts: readonly number[]): Edge[] {
  const ends = [null, ...cuts.toSorted((a, b) => a - b), null]
  return ends.slice(1).map((to, i) => ({ value: null, from: ends[i]!, to }))
}

function holds({ value, from, to }: Edge, held: ParamValue): boolean {
  if (from === null && to === null) return held === value
  return typeof held === 'number' && (from === null || held >= from) && (to === null || held < to)
}

function groupOf(
  edge: Edge,
  members: readonly { readonly run: Run; readonly baseline: boolean }[],
  level: number,
): ParameterGroup | undefined {
  if (members.length === 0) return undefined
  const values = members.map(({ run }) => run.value)
  return {
    label: labelOf(edge),
    ...edge,
    runs: members.length,
    mean: meanOf(values),
    interval: meanInterval(values, level) ?? null,
    baseline: members.some(({ baseline }) => baseline),
  }
}

function labelOf({ value, from, to }: Edge): string {
  if (from === null && to === null) return String(value)
  if (from === null) return `below ${to}`
  return to === null ? `${from} and up` : `${from} to ${to}`
}

/** A permutation test of the spread between groups: the sum of squares of their means, over shuffled values. */
function chanceOf(values: readonly number[], members: readonly number[]): number | null {
  const groups = Math.max(...new Set(members)) + 1
  if (values.length < LEAST_RUNS || new Set(members).size < 2) return null
  const random = createRandom(0)
  const mean = meanOf(values)
  const shuffled = Float64Array.from(values, (value) => value - mean)
  const counts = new Float64Array(groups)
  for (const member of members) counts[member]!++
  const sums = new Float64Array(groups)
  const between = () => {
    sums.fill(0)
    for (let i = 0; i < shuffled.length; i++) sums[members[i]!]! += shuffled[i]!
    let total = 0
    for (let g = 0; g < groups; g++) if (counts[g]! > 0) total += sums[g]! ** 2 / counts[g]!
    return total
  }
  const seen = between()
  const shuffles = Math.max(LEAST_SHUFFLES, Math.min(SHUFFLES, Math.floor(MOST_MOVES / values.length)))
  let asMuch = 0
  for (let i = 0; i < shuffles; i++) {
    for (let at = shuffled.length - 1; at > 0; at--) {
      const other = random.int(at + 1)
      const kept = shuffled[at]!
      shuffled[at] = shuffled[other]!
      shuffled[other] = kept
    }
    // Sums in another order round differently.
    if (between() >= seen * (1 - 1e-9)) asMuch++
  }
  return (asMuch + 1) / (shuffles + 1)
}

/** The group of the highest mean, or the lowest where the metric is to be small. */
export function leadingGroup(groups: readonly ParameterGroup[], direction: Direction): ParameterGroup {
  const sign = direction === 'minimize' ? 1 : -1
  return groups.reduce((a, b) => (sign * b.mean < sign * a.mean ? b : a))
}
