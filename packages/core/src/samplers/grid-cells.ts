import { InputError } from '../errors.js'
import type { Random } from '../random.js'
import type { ParamValue } from '../space/distribution.js'
import { indexOfChoice } from '../space/param-value.js'

/** The values of each parameter of a grid, by name. */
export type GridValues = Readonly<Record<string, readonly ParamValue[]>>

const MAX_CELLS = 5_000_000

/** Every combination of the values of a grid; the first parameter by name varies slowest. */
export class GridCells {
  readonly values: GridValues
  readonly size: number
  readonly #names: readonly string[]

  /** @throws InputError where there is no parameter, one has no value or one twice, or there are over 5,000,000 cells. */
  constructor(values: GridValues) {
    this.#names = Object.keys(values).sort()
    if (this.#names.length === 0) throw new InputError('grid: no parameters; give each its values.')
    let size = 1
    for (const name of this.#names) {
      const list = values[name]!
      if (!Array.isArray(list) || list.length === 0) {
        throw new InputError(`grid: ${name} has no values; give at least one.`)
      }
      for (const [i, value] of list.entries()) {
        if (value !== null && !['number', 'string', 'boolean'].includes(typeof value)) {
          throw new InputError(
            `grid: a value of ${name} is ${typeof value}; give null, booleans, numbers or strings.`,
          )
        }
        if (indexOfChoice(list, value) !== i) {
          throw new InputError(`grid: ${name}: ${value} comes twice; give every value once.`)
        }
      }
      size *= list.length
    }
    if (size > MAX_CELLS)
      throw new InputError(`grid: ${size} cells, more than ${MAX_CELLS}; take fewer values.`)
    this.values = values
    this.size = size
  }

  has(name: string): boolean {
    return Object.hasOwn(this.values, name)
  }

  /** The parameters of a cell from 0 to size - 1. */
  at(cell: number): ReadonlyMap<string, ParamValue> {
    const params = new Map<string, ParamValue>()
    let rest = cell
    for (const name of this.#names.toReversed()) {
      const list = this.values[name]!
      params.set(name, list[rest % list.length]!)
      rest = Math.floor(rest / list.length)
    }
    return params
  }

  /** The cell that has these values; undefined where one is missing or is no value of the grid. */
  indexOf(valueFor: (name: string) => ParamValue | undefined): number | undefined {
    let cell = 0
    for (const name of this.#names) {
      const value = valueFor(name)
      const place = value === undefined ? -1 : indexOfChoice(this.values[name]!, value)
      if (place < 0) return undefined
      cell = cell * this.values[name]!.length + place
    }
    return cell
  }

  /** All cells in a drawn order. R. A. Fisher, F. Yates, as D. Knuth, TAOCP 2, algorithm 3.4.2 P. */
  shuffled(random: Random): Uint32Array {
    const order = Uint32Array.from({ length: this.size }, (_, cell) => cell)
    for (let i = order.length - 1; i > 0; i--) {
      const j = random.int(i + 1)
      const cell = order[i]!
      order[i] = order[j]!
      order[j] = cell
    }
    return order
  }
}
