import { InputError } from '../../errors.js'
import { parsePythonJson } from '../../python-json.js'
import type { Distribution, ParamValue } from '../../space/distribution.js'
import { distributionFromJson } from '../../space/distribution-json.js'
import { toExternal } from '../../space/param-value.js'
import type { AttributeValue, TrialRecord, TrialState } from '../../trial/trial-record.js'
import { StorageError } from '../errors.js'
import { decodeNumber } from './numbers.js'
import type { SqlColumn, SqlConnection, SqlParameter, SqlValue } from './sql.js'
import { fromTimestamp } from './timestamp.js'

/** Trials read at once: enough to make the number of queries small, few enough to hold a chunk's text. */
const CHUNK = 2000
/** The first chunk teaches which distributions there are, so that the following ones need not repeat their text. */
const FIRST_CHUNK = 16
/** Distributions that are sent as a number. */
const DICTIONARY = 24
/** Distributions that are remembered; a space that changes with every trial must not fill the memory. */
const MOST_DISTRIBUTIONS = 10_000

/** What stands in `trials`. */
export interface TrialRow {
  readonly id: number
  readonly number: number
  readonly state: TrialState
  readonly start: Date | undefined
  readonly complete: Date | undefined
}

/** Rows of `trials` of the condition, by key. */
export async function readRows(
  connection: SqlConnection,
  condition: string,
  parameters: readonly SqlParameter[],
): Promise<TrialRow[]> {
  const columns: SqlColumn[] = [
    { sql: 'trial_id', type: 'key' },
    { sql: 'number', type: 'integer' },
    { sql: textOf(connection, 'state'), type: 'text' },
    { sql: timeOf(connection, 'datetime_start'), type: 'text' },
    { sql: timeOf(connection, 'datetime_complete'), type: 'text' },
  ]
  const flat = await connection.scan(columns, `FROM trials WHERE ${condition}`, parameters)
  const rows: TrialRow[] = []
  for (let i = 0; i < flat.length; i += 5) {
    const [id, number, state, start, complete] = flat.slice(i, i + 5) as [
      number,
      number,
      TrialState,
      string | null,
      string | null,
    ]
    rows.push({
      id,
      number,
      state,
      start: start === null ? undefined : fromTimestamp(start),
      complete: complete === null ? undefined : fromTimestamp(complete),
    })
  }
  return rows.sort((a, b) => a.id - b.id)
}

/** A set of parameters that trials share: their names, and their distributions as JSON and read. */
interface Shape {
  readonly names: readonly string[]
  readonly texts: readonly string[]
  readonly distributions: ReadonlyMap<string, Distribution>
}

/** Which table a row of a scan is of; of parameters whose name and distribution are known, `KNOWN` and their place. */
const PARAM = 0
const VALUE = 1
const INTERMEDIATE = 2
const USER = 3
const SYSTEM = 4
const KNOWN = 10

/** Columns of a scan: the table, the trial, what orders the rows within it, and three that the table fills. */
const COLUMNS: readonly SqlColumn[] = [
  { sql: 'source', type: 'key' },
  { sql: 'trial_id', type: 'key' },
  { sql: 'place', type: 'key' },
  { sql: `CASE WHEN source < ${KNOWN} THEN name END`, type: 'text' },
  { sql: 'number', type: 'real' },
  { sql: `CASE WHEN source < ${KNOWN} THEN text END`, type: 'text' },
]
const WIDTH = COLUMNS.length

const NOTHING: ReadonlyMap<never, never> = new Map<never, never>()

/** A trial's parts while its rows are gone through. */
interface Parts {
  readonly names: string[]
  readonly texts: string[]
  readonly stored: number[]
  values: number[] | undefined
  intermediate: Map<number, number> | undefined
  user: Map<string, AttributeValue> | undefined
  system: Map<string, AttributeValue> | undefined
}

/** Reads whole trials, one query a chunk; the same distribution is the same object in all of them. */
export class TrialReader {
  readonly #url: string
  readonly #distributions = new Map<string, Distribution>()
  /** Names and distributions that most parameters have: what is read of these is a number. */
  readonly #known: (readonly [name: string, text: string])[] = []
  #shape: Shape | undefined

  constructor(url: string) {
    this.#url = url
  }

  /**
   * The trials of rows that are ascending by key.
   * @throws StorageError where a row cannot be what Optuna or Thresher wrote.
   */
  async read(connection: SqlConnection, rows: readonly TrialRow[]): Promise<TrialRecord[]> {
    const records: TrialRecord[] = []
    for (let i = 0; i < rows.length; ) {
      const chunk = rows.slice(i, i + (i === 0 ? FIRST_CHUNK : CHUNK))
      const parts = await this.#readParts(connection, chunk)
      for (const row of chunk) records.push(this.#record(row, parts.get(row.id)))
      i += chunk.length
    }
    return records
  }

  async #readParts(connection: SqlConnection, rows: readonly TrialRow[]): Promise<Map<number, Parts>> {
    const known = rows.length > FIRST_CHUNK ? this.#known : []
    const { condition, parameters } = scopeOf(connection, rows)
    const flat = await connection.scan(
      COLUMNS,
      `FROM (${unionOf(connection, known.length, condition)}) AS parts`,
      [...known.flat(), ...parameters, ...parameters, ...parameters, ...parameters, ...parameters],
    )
    const byTrial = new Map<number, Parts>()
    let parts: Parts | undefined
    let trial = -1
    for (const at of orderOf(flat)) {
      if (flat[at + 1] !== trial || parts === undefined) {
        trial = flat[at + 1] as number
        parts = byTrial.get(trial)
        if (parts === undefined) {
          parts = emptyParts()
          byTrial.set(trial, parts)
        }
      }
      if (!this.#take(parts, flat, at)) throw this.#damaged(trial)
    }
    return byTrial
  }

  /** Whether the row is as it should be. */
  #take(parts: Parts, flat: readonly SqlValue[], at: number): boolean {
    const source = flat[at] as number
    const number = flat[at + 4] as number | string | null
    const known = source >= KNOWN ? this.#known[source - KNOWN] : undefined
    const name = known?.[0] ?? (flat[at + 3] as string | null)
    const text = known?.[1] ?? (flat[at + 5] as string | null)
    if (text === null) return false
    if (source === PARAM || source >= KNOWN) {
      if (name === null || typeof number !== 'number') return false
      parts.names.push(name)
      parts.stored.push(number)
      parts.texts.push(text)
      return true
    }
    switch (source) {
      case VALUE:
      case INTERMEDIATE: {
        const value = decodeNumber(number, text)
        if (value === undefined) return false
        if (source === VALUE) {
          parts.values ??= []
          parts.values.push(value)
        } else {
          parts.intermediate ??= new Map()
          parts.intermediate.set(flat[at + 2] as number, value)
        }
        return true
      }
      default: {
        const scope = source === USER ? 'user' : 'system'
        parts[scope] ??= new Map()
        parts[scope].set(String(name), parseAttribute(text, `${this.#url}: trial ${flat[at + 1]}`))
        return true
      }
    }
  }

  #record(row: TrialRow, parts: Parts | undefined): TrialRecord {
    const shape = parts === undefined || parts.names.length === 0 ? undefined : this.#shapeOf(parts)
    return {
      id: row.id,
      number: row.number,
      state: row.state,
      values: parts?.values,
      params: shape === undefined ? NOTHING : this.#external(row.id, shape, parts!.stored),
      distributions: shape?.distributions ?? NOTHING,
      intermediate: parts?.intermediate ?? NOTHING,
      userAttributes: parts?.user ?? NOTHING,
      systemAttributes: parts?.system ?? NOTHING,
      start: row.start,
      complete: row.complete,
    }
  }

  #external(trial: number, shape: Shape, stored: readonly number[]): ReadonlyMap<string, ParamValue> {
    const external = new Map<string, ParamValue>()
    let i = 0
    for (const [name, distribution] of shape.distributions) {
      const value = toExternal(distribution, stored[i++]!)
      if (value === undefined) throw this.#damaged(trial)
      external.set(name, value)
    }
    return external
  }

  /** Most trials have the parameters of the one before. */
  #shapeOf({ names, texts }: Parts): Shape {
    const before = this.#shape
    if (before !== undefined && same(before.names, names) && same(before.texts, texts)) return before
    const distributions = new Map<string, Distribution>()
    for (let i = 0; i < names.length; i++) {
      distributions.set(names[i]!, this.#distributionOf(texts[i]!))
      this.#remember(names[i]!, texts[i]!)
    }
    this.#shape = { names, texts, distributions }
    return this.#shape
  }

  #distributionOf(text: string): Distribution {
    let distribution = this.#distributions.get(text)
    if (distribution === undefined) {
      if (this.#distributions.size >= MOST_DISTRIBUTIONS) this.#distributions.clear()
      distribution = this.#parsed(text)
      this.#distributions.set(text, distribution)
    }
    return distribution
  }

  #parsed(text: string): Distribution {
    try {
      return distributionFromJson(text)
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      throw new StorageError(`${this.#url}: ${error.message}`, { cause: error })
    }
  }

  #remember(name: string, text: string): void {
    if (this.#known.length >= DICTIONARY) return
    if (!this.#known.some((pair) => pair[0] === name && pair[1] === text)) this.#known.push([name, text])
  }

  #damaged(trial: number): StorageError {
    return new StorageError(
      `${this.#url}: a parameter or value of the trial with key ${trial} is not what Optuna writes; open the study with the program that wrote it.`,
    )
  }
}

function emptyParts(): Parts {
  return {
    names: [],
    texts: [],
    stored: [],
    values: undefined,
    intermediate: undefined,
    user: undefined,
    system: undefined,
  }
}

/** Every table's rows in the same columns. */
function unionOf(connection: SqlConnection, known: number, condition: string): string {
  const cases = Array.from(
    { length: known },
    (_, i) => `WHEN param_name = ? AND distribution_json = ? THEN ${KNOWN + i}`,
  )
  const source = known === 0 ? PARAM : `CASE ${cases.join(' ')} ELSE ${PARAM} END`
  const part = (
    source: number | string,
    place: string,
    name: string,
    number: string,
    text: string,
    table: string,
  ) =>
    `SELECT ${source} AS source, trial_id, ${place} AS place, ${name} AS name, ${number} AS number, ${text} AS text
     FROM ${table} WHERE ${condition}`
  const numbers = (source: number, place: string, column: string, table: string) =>
    part(source, place, 'NULL', column, textOf(connection, `${column}_type`), table)
  const attributes = (source: number, table: string) =>
    part(source, `${table}_id`, '"key"', 'NULL', 'value_json', `${table}s`)
  return [
    part(source, 'param_id', 'param_name', 'param_value', 'distribution_json', 'trial_params'),
    numbers(VALUE, 'objective', 'value', 'trial_values'),
    numbers(INTERMEDIATE, 'step', 'intermediate_value', 'trial_intermediate_values'),
    attributes(USER, 'trial_user_attribute'),
    attributes(SYSTEM, 'trial_system_attribute'),
  ].join(' UNION ALL ')
}

/**
 * An attribute's JSON, as Python wrote it.
 * @throws StorageError, beginning with `where`, where it is none.
 */
export function parseAttribute(json: SqlValue | undefined, where: string): AttributeValue {
  try {
    return typeof json === 'string' ? (parsePythonJson(json) as AttributeValue) : null
  } catch {
    throw new StorageError(
      `${where}: an attribute is not JSON; open the study with the program that wrote it.`,
    )
  }
}

/** Which rows: a condition of SQL and its parameters. */
export interface Scope {
  readonly condition: string
  readonly parameters: readonly SqlParameter[]
}

/** Which rows belong to the trials: a range of keys where no other study's lie between them. */
function scopeOf(connection: SqlConnection, rows: readonly TrialRow[]): Scope {
  const first = rows[0]!.id
  const last = rows.at(-1)!.id
  if (last - first + 1 === rows.length) {
    return { condition: 'trial_id BETWEEN ? AND ?', parameters: [first, last] }
  }
  return idsIn(
    connection,
    rows.map(({ id }) => id),
  )
}

/** The condition that a trial's key is one of these. */
export function idsIn(connection: SqlConnection, ids: readonly number[]): Scope {
  return connection.dialect === 'sqlite'
    ? { condition: 'trial_id IN (SELECT value FROM json_each(?))', parameters: [JSON.stringify(ids)] }
    : { condition: 'trial_id = ANY(CAST(? AS integer[]))', parameters: [`{${ids.join(',')}}`] }
}

/** Where the rows of a scan begin, by table, trial and place. Known parameters are of one table with the others. */
function orderOf(flat: readonly SqlValue[]): number[] {
  const order: number[] = []
  let sorted = true
  for (let at = 0; at < flat.length; at += WIDTH) {
    if (at > 0 && compare(flat, at - WIDTH, at) > 0) sorted = false
    order.push(at)
  }
  return sorted ? order : order.sort((a, b) => compare(flat, a, b))
}

function compare(flat: readonly SqlValue[], a: number, b: number): number {
  return (
    tableOf(flat[a] as number) - tableOf(flat[b] as number) ||
    (flat[a + 1] as number) - (flat[b + 1] as number) ||
    (flat[a + 2] as number) - (flat[b + 2] as number)
  )
}

function tableOf(source: number): number {
  return source >= KNOWN ? PARAM : source
}

function same(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** A time as text, whatever form the session gives to times. */
function timeOf(connection: SqlConnection, column: string): string {
  return connection.dialect === 'sqlite' ? column : `to_char(${column}, 'YYYY-MM-DD HH24:MI:SS.US')`
}

/** PostgreSQL's enum as text. */
function textOf(connection: SqlConnection, column: string): string {
  return connection.dialect === 'sqlite' ? column : `${column}::text`
}
