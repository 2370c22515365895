import { type AttributeValue, InputError, type ParamValue } from '@thresher/core'
import { quote } from '../../files/quote.js'
import { measuredIn, numberIn, paramValues } from './cells.js'
import { type ColumnChoices, type ColumnRole, columnRoles } from './column-roles.js'
import { type RunState, type SourceRun, stateOf } from './source-run.js'
import type { Table } from './table.js'

export interface TableChoices extends ColumnChoices {
  /** Columns of words, though some of them look like numbers. */
  readonly words?: readonly string[] | undefined
}

const SECONDS = { seconds: 1, minutes: 60, hours: 3600 } as const

/** The rows of a table as runs. @throws InputError with file and line of what cannot be read. */
export function runsOfTable(table: Table, choices: TableChoices): SourceRun[] {
  const roles = columnRoles(table, choices)
  const params = paramColumns(table, roles, choices.words ?? [])
  return table.rows.map((row, index) => {
    const found = new Map<string, ParamValue>()
    const unknown: string[] = []
    for (const [name, values] of params) {
      const value = values[index]
      if (value === undefined) unknown.push(name)
      else found.set(name, value)
    }
    return {
      place: `${table.path}:${row.line}`,
      params: found,
      unknown,
      curves: new Map(),
      ...readRow(table, roles, index),
    }
  })
}

function paramColumns(table: Table, roles: readonly ColumnRole[], words: readonly string[]) {
  const unknown = words.find((name) => !table.columns.includes(name))
  if (unknown !== undefined) {
    throw new InputError(`--words: ${table.path} has no column ${quote(unknown)}. Name one that it has.`)
  }
  const columns = new Map<string, (ParamValue | undefined)[]>()
  for (const [at, column] of table.columns.entries()) {
    if (roles[at] !== 'param') continue
    const name = column.replace(/^params_/, '')
    columns.set(
      name,
      paramValues(
        table.rows.map(({ cells }) => cells[at]!),
        (row) => ({ path: table.path, line: table.rows[row]!.line, column }),
        words.includes(column),
      ),
    )
  }
  return columns
}

type Written = Omit<SourceRun, 'place' | 'params' | 'unknown' | 'curves'>

function readRow(table: Table, roles: readonly ColumnRole[], index: number): Written {
  const { line, cells } = table.rows[index]!
  const metrics = new Map<string, number>()
  const facts: Record<string, AttributeValue> = {}
  const written: { -readonly [K in keyof Written]: Written[K] } = {
    name: undefined,
    state: undefined,
    metrics,
    seed: undefined,
    baseline: false,
    epochs: undefined,
    seconds: undefined,
    start: undefined,
    complete: undefined,
    facts,
  }
  for (const [at, role] of roles.entries()) {
    const cell = cells[at]!
    const column = table.columns[at]!
    const place = { path: table.path, line, column }
    if (cell === '') continue
    switch (role) {
      case 'name':
        written.name = cell
        break
      case 'metric': {
        const value = measuredIn(cell, place)
        if (value !== undefined) metrics.set(column.replace(/^user_attrs_/, ''), value)
        break
      }
      case 'epochs':
        written.epochs = numberIn(cell, place)
        break
      case 'seconds':
      case 'minutes':
      case 'hours': {
        const time = numberIn(cell, place)
        if (time !== undefined && time < 0) {
          throw new InputError(`${table.path}:${line}: ${column} is ${cell}; a time is at least 0. Mend it.`)
        }
        written.seconds = time === undefined ? undefined : time * SECONDS[role]
        break
      }
      case 'seed':
        written.seed = seedIn(numberIn(cell, place), cell, `${table.path}:${line}: ${column}`)
        break
      case 'baseline':
        written.baseline = markIn(cell, `${table.path}:${line}: ${column}`)
        break
      case 'state':
        written.state = stateIn(cell, `${table.path}:${line}: ${column}`)
        break
      case 'start':
      case 'complete':
        written[role] = timeIn(cell)
        break
      case 'fact':
        facts[column] = cell
        break
    }
  }
  return written
}

function seedIn(seed: number | undefined, cell: string, place: string): number | undefined {
  if (seed === undefined || Number.isSafeInteger(seed)) return seed
  throw new InputError(`${place} is ${cell}; a seed is a whole number. Mend it, or --ignore the column.`)
}

function markIn(cell: string, place: string): boolean {
  if (/^(true|yes|1)$/i.test(cell)) return true
  if (/^(false|no|0)$/i.test(cell)) return false
  throw new InputError(`${place} is ${quote(cell)}; it is true or false. Mend it, or --ignore the column.`)
}

function stateIn(cell: string, place: string): RunState {
  const state = stateOf(cell)
  if (state !== undefined) return state
  throw new InputError(
    `${place} is ${quote(cell)}; a run is complete, pruned, failed or running. Mend it, or --ignore the column.`,
  )
}

/** A time as pandas and databases write it, in UTC unless it says otherwise; undefined where it is none. */
function timeIn(cell: string): Date | undefined {
  const iso = cell.replace(' ', 'T')
  const time = new Date(/(Z|[+-]\d\d:?\d\d)$/.test(iso) ? iso : `${iso}Z`)
  return Number.isNaN(time.getTime()) ? undefined : time
}
