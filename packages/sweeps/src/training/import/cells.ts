import { InputError, type ParamValue } from '@thresher/core'
import { quote } from '../../files/quote.js'
import { isNumber } from './table.js'

/** Where a cell stands, for messages. */
export interface CellPlace {
  readonly path: string
  readonly line: number
  readonly column: string
}

/** What stands for no value among numbers. */
const MISSING = /^(nan|na|n\/a|null|none|-|–|\?)$/i

function isBlank(cell: string): boolean {
  return cell === ''
}

/** @throws InputError where the cell is no decimal number; undefined where it is blank or stands for nothing. */
export function numberIn(cell: string, place: CellPlace, mend = MEND): number | undefined {
  if (isBlank(cell) || MISSING.test(cell)) return undefined
  const value = Number(cell)
  if (!isNumber(cell) || !Number.isFinite(value)) throw notNumber(cell, place, mend)
  return value
}

/** A measured number, which may have diverged: NaN and infinity as Python and pandas write them; undefined if blank. */
export function measuredIn(cell: string, place: CellPlace): number | undefined {
  if (/^nan$/i.test(cell)) return Number.NaN
  const infinite = /^([+-]?)inf(inity)?$/i.exec(cell)
  if (infinite) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return numberIn(cell, place)
}

/**
 * The values of a parameter's column, undefined where blank: numbers where any cell is one, booleans where all are
 * true or false, else words.
 * @throws InputError at the first cell that is no number among numbers, unless the column is taken as words
 */
export function paramValues(
  cells: readonly string[],
  placeOf: (row: number) => CellPlace,
  asWords: boolean,
): (ParamValue | undefined)[] {
  if (!asWords && cells.some((cell) => isNumber(cell))) {
    return cells.map((cell, row) => {
      const place = placeOf(row)
      return numberIn(
        cell,
        place,
        `${MEND}; give --words ${quote(place.column)} where it is no column of numbers`,
      )
    })
  }
  if (!asWords && cells.some((cell) => !isBlank(cell)) && cells.every(isBooleanOrBlank)) {
    return cells.map((cell) => (isBlank(cell) ? undefined : cell.toLowerCase() === 'true'))
  }
  return cells.map((cell) => (isBlank(cell) ? undefined : cell))
}

const MEND = 'Mend it, or leave the cell empty where the value is not known'

function isBooleanOrBlank(cell: string): boolean {
  return isBlank(cell) || /^(true|false)$/i.test(cell)
}

function notNumber(cell: string, { path, line, column }: CellPlace, mend: string): InputError {
  return new InputError(`${path}:${line}: ${column} is ${quote(cell)}, which is no number. ${mend}.`)
}
