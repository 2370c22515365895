import { type Decimal, parseDecimal, toNumber, unitsAt } from './decimal.js'
import { createGrid, type Grid } from './grid.js'
import { PARAMETERS, type ParameterName } from './parameter.js'
import type { Plateau } from './plateau.js'

const WHOLE: readonly ParameterName[] = ['max_candidates']

/**
 * The grid with the middle of every two neighbouring values added, from one value below a plateau to one above it;
 * nothing is taken away, so that what is said of the finer grid is said of all that was tried. Middles are exact
 * decimals: between 0.28 and 0.3 lies 0.29. A parameter of whole numbers is not divided further than by 1.
 *
 * @throws InputError where the grid becomes too large.
 */
export function refineGrid(grid: Grid, plateau: Plateau): Grid {
  const ranges = new Map(plateau.ranges.map(({ name, low, high }) => [name, { low, high }]))
  const params = grid.axes.map(({ name, values }) => {
    const range = ranges.get(name)
    if (range === undefined) return { name, values }
    const from = Math.max(0, values.indexOf(range.low) - 1)
    const to = Math.min(values.length - 1, values.indexOf(range.high) + 1)
    const middles = values.slice(from, to).map((low, i) => middle(low, values[from + i + 1]!))
    const fitting = WHOLE.includes(name) ? middles.map(Math.floor) : middles
    return { name, values: [...new Set([...values, ...fitting])] }
  })
  const fixed = Object.fromEntries(PARAMETERS.map((name) => [name, grid.values[name][0]!])) as Record<
    ParameterName,
    number
  >
  return createGrid(params, fixed)
}

/** The decimal number halfway between two, rounded once. */
function middle(low: number, high: number): number {
  const a = decimalOf(low)
  const b = decimalOf(high)
  const exponent = Math.min(a.exponent, b.exponent)
  return toNumber({ units: (unitsAt(a, exponent) + unitsAt(b, exponent)) * 5n, exponent: exponent - 1 })
}

function decimalOf(value: number): Decimal {
  return parseDecimal(String(value))!
}
