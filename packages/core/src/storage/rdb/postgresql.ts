import type { Pool, PoolClient } from 'pg'
import { StorageError } from '../errors.js'
import type { PostgresqlServer } from '../storage-url.js'
import { connectionLost, postgresqlError } from './postgresql-errors.js'
import type { SqlColumn, SqlConnection, SqlDatabase, SqlParameter, SqlValue } from './sql.js'

export interface PostgresqlOptions {
  readonly readOnly: boolean
  readonly lockTimeoutSeconds: number
}

/** How many transactions of one process run at once. */
const CONNECTIONS = 4

/** Opens a database of a PostgreSQL server. Nothing is connected before the first transaction. */
export async function openPostgresql(
  server: PostgresqlServer,
  url: string,
  options: PostgresqlOptions,
): Promise<SqlDatabase> {
  const { default: pg } = await import('pg')
  const pool = new pg.Pool({
    ...server,
    max: CONNECTIONS,
    allowExitOnIdle: true,
    connectionTimeoutMillis: options.lockTimeoutSeconds * 1000,
    application_name: 'thresher',
    // SQL's own words for "forever" is 0.
    lock_timeout: Math.max(1, Math.round(options.lockTimeoutSeconds * 1000)),
    // Values come as the server's text, and are read by what is asked for rather than by the column's type.
    types: { getTypeParser: () => (text: string) => text },
  })
  // A connection that dies while idle is replaced when the next one is needed; one that dies at work fails its query.
  // Either one, without somebody to listen, would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return new PostgresqlDatabase(pool, url, server, options)
}

class PostgresqlDatabase implements SqlDatabase {
  readonly dialect = 'postgresql'
  readonly readOnly: boolean
  readonly #pool: Pool
  readonly #url: string
  readonly #server: PostgresqlServer

  constructor(pool: Pool, url: string, server: PostgresqlServer, { readOnly }: PostgresqlOptions) {
    this.#pool = pool
    this.#url = url
    this.#server = server
    this.readOnly = readOnly
  }

  async transaction<Result>(
    mode: 'read' | 'write',
    work: (connection: SqlConnection) => Promise<Result>,
  ): Promise<Result> {
    const begin =
      mode === 'read'
        ? 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'
        : `BEGIN ISOLATION LEVEL READ COMMITTED ${this.readOnly ? 'READ ONLY' : 'READ WRITE'}`
    if (this.#pool.ending) throw new StorageError(`${this.#url}: is closed; open it again.`)
    let client: PoolClient | undefined
    let broken = false
    try {
      client = await this.#begun(begin)
      const result = await work(new PostgresqlConnection(client))
      await client.query('COMMIT')
      return result
    } catch (error) {
      try {
        await client?.query('ROLLBACK')
      } catch {
        broken = true
      }
      throw postgresqlError(error, this.#url, this.#server)
    } finally {
      client?.release(broken)
    }
  }

  /** A connection in a transaction. One that died while it was idle is found out by its first query, and replaced. */
  async #begun(begin: string): Promise<PoolClient> {
    for (let spare = CONNECTIONS; ; spare--) {
      const client = await this.#pool.connect()
      try {
        await client.query(begin)
        return client
      } catch (error) {
        client.release(true)
        if (spare === 0 || !connectionLost(error)) throw error
      }
    }
  }

  async version(): Promise<undefined> {}

  async close(): Promise<void> {
    if (!this.#pool.ending) await this.#pool.end()
  }
}

class PostgresqlConnection implements SqlConnection {
  readonly dialect = 'postgresql'
  readonly #client: PoolClient

  constructor(client: PoolClient) {
    this.#client = client
  }

  async query(sql: string, parameters: readonly SqlParameter[] = []): Promise<SqlValue[][]> {
    const { rows, fields } = await this.#rows(sql, parameters)
    const numeric = fields.map(({ dataTypeID }) => NUMERIC.has(dataTypeID))
    for (const row of rows) {
      for (let i = 0; i < row.length; i++) if (numeric[i] && row[i] !== null) row[i] = Number(row[i])
    }
    return rows
  }

  async scan(
    columns: readonly SqlColumn[],
    rest: string,
    parameters: readonly SqlParameter[],
  ): Promise<readonly SqlValue[]> {
    const { rows } = await this.#rows(
      `SELECT ${columns.map(({ sql }) => sql).join(', ')} ${rest}`,
      parameters,
    )
    const text = columns.map(({ type }) => type === 'text')
    const width = columns.length
    const flat = new Array<SqlValue>(rows.length * width)
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!
      for (let j = 0; j < width; j++) {
        const value = row[j]!
        flat[i * width + j] = value === null || text[j] ? value : Number(value)
      }
    }
    return flat
  }

  async #rows(sql: string, parameters: readonly SqlParameter[]) {
    const { name, text } = prepared(sql)
    return this.#client.query<SqlValue[]>({ name, text, values: [...parameters], rowMode: 'array' })
  }
}

/** int2, int4, int8, float4, float8, numeric. */
const NUMERIC = new Set([21, 23, 20, 700, 701, 1700])

const statements = new Map<string, { name: string; text: string }>()

/** The statement in PostgreSQL's words (`$1` for `?`), under a name by which the server keeps its plan. */
function prepared(sql: string): { name: string; text: string } {
  let statement = statements.get(sql)
  if (statement === undefined) {
    let count = 0
    const text = sql.replaceAll('?', () => `$${++count}`)
    statement = { name: `thresher_${statements.size}`, text }
    statements.set(sql, statement)
  }
  return statement
}
