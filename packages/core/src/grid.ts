import { InputError } from './errors.js'
import { checkSetting, checkValue, PARAMETERS, type ParameterName, type Setting } from './parameter.js'
import type { ParameterValues } from './values.js'

/**
 * Every combination of the values of five parameters. The index of a setting is row-major in {@link PARAMETERS}
 * order: thresh varies slowest, min_size fastest.
 */
export interface Grid {
  /** The parameters that vary, in the order given; values ascending. */
  readonly axes: readonly ParameterValues[]
  /** All five parameters; a fixed one has a single value. Values ascending. */
  readonly values: Readonly<Record<ParameterName, readonly number[]>>
  /** The number of settings. */
  readonly size: number
  /** The setting at an index from 0 to size - 1. */
  setting(index: number): Setting
  /** The index of a setting, or -1 where the grid does not hold it. */
  indexOf(setting: Setting): number
}

const MAX_SETTINGS = 5_000_000

/**
 * The grid of `params`; a parameter that is not among them keeps its value in `fixed`.
 * @throws InputError where a parameter comes twice, a value comes twice or lies outside its domain, a parameter has
 *   no values, or the grid has more than five million settings.
 */
export function createGrid(params: readonly ParameterValues[], fixed: Setting): Grid {
  checkSetting(fixed)
  const axes = params.map(({ name, values }) => ({ name, values: ascending(name, values) }))
  const given = new Map<ParameterName, readonly number[]>()
  for (const { name, values } of axes) {
    if (given.has(name)) throw new InputError(`${name} comes twice; give all its values at once.`)
    given.set(name, values)
  }
  const columns = PARAMETERS.map((name) => given.get(name) ?? Object.freeze([fixed[name]]))
  const size = columns.reduce((product, column) => product * column.length, 1)
  if (size > MAX_SETTINGS) {
    throw new InputError(
      `${columns.map((column) => column.length).join(' x ')} = ${size} settings, more than ${MAX_SETTINGS}; take fewer values.`,
    )
  }
  const places = columns.map((column) => new Map(column.map((value, place) => [value, place])))

  function setting(index: number): Setting {
    if (!Number.isInteger(index) || index < 0 || index >= size) {
      throw new RangeError(`setting ${index} of a grid of ${size}`)
    }
    const found: Partial<Record<ParameterName, number>> = {}
    let rest = index
    for (let p = PARAMETERS.length - 1; p >= 0; p--) {
      const column = columns[p]!
      found[PARAMETERS[p]!] = column[rest % column.length]!
      rest = Math.floor(rest / column.length)
    }
    const { thresh, box_thresh, unclip_ratio, max_candidates, min_size } = found as Setting
    return { thresh, box_thresh, unclip_ratio, max_candidates, min_size }
  }

  function indexOf(sought: Setting): number {
    let index = 0
    for (let p = 0; p < PARAMETERS.length; p++) {
      const place = places[p]!.get(sought[PARAMETERS[p]!])
      if (place === undefined) return -1
      index = index * columns[p]!.length + place
    }
    return index
  }

  return Object.freeze({
    axes: Object.freeze(axes),
    values: Object.freeze(
      Object.fromEntries(PARAMETERS.map((name, p) => [name, columns[p]!])),
    ) as Grid['values'],
    size,
    setting,
    indexOf,
  })
}

/** A grid is a set of settings: the order in which values were listed means nothing. */
function ascending(name: ParameterName, values: readonly number[]): readonly number[] {
  if (values.length === 0) throw new InputError(`${name} has no values; give at least one.`)
  const sorted = [...values].sort((a, b) => a - b)
  for (const [i, value] of sorted.entries()) {
    checkValue(name, value)
    if (value === sorted[i - 1]) throw new InputError(`${name}: ${value} comes twice; give every value once.`)
  }
  return Object.freeze(sorted)
}
