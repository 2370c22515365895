import { setTimeout as sleep } from 'node:timers/promises'
import type Libsql from 'libsql'
import { StorageError } from '../errors.js'
import type { SqlColumn, SqlConnection, SqlDatabase, SqlParameter, SqlValue } from './sql.js'
import { checkPath, isBusy, sqliteCode, sqliteError } from './sqlite-errors.js'

export interface SqliteOptions {
  readonly create: boolean
  readonly readOnly: boolean
  /**
   * When a finished write is on the disk. `process` (SQLite's synchronous=NORMAL under WAL): it survives whatever kills
   * this process, but a loss of power may take the last moments with it. `power` (FULL): it survives that too, at one
   * wait for the disk a write.
   */
  readonly survives: 'process' | 'power'
  readonly lockTimeoutSeconds: number
}

/** Opens the file (`:memory:`: none), with a write-ahead log, so that readers never wait for the writer nor it for them. */
export async function openSqlite(path: string, url: string, options: SqliteOptions): Promise<SqlDatabase> {
  const inMemory = path === ':memory:'
  if (!inMemory) checkPath(path, url, options.create && !options.readOnly)
  const { default: Database } = await import('libsql')
  let database: Libsql.Database
  try {
    database = new Database(path)
  } catch (error) {
    throw new StorageError(`${url}: cannot be opened; check that you may read and write it.`, {
      cause: error,
    })
  }
  const opened = new SqliteDatabase(database, url, options, inMemory)
  try {
    await opened.configure()
  } catch (error) {
    await opened.close()
    throw error
  }
  return opened
}

/** One connection; its transactions queue up within this process, and wait for the lock among processes. */
class SqliteDatabase implements SqlDatabase {
  readonly dialect = 'sqlite'
  readonly readOnly: boolean
  readonly #database: Libsql.Database
  readonly #url: string
  readonly #options: SqliteOptions
  readonly #connection: SqliteConnection
  /** Whether the write-ahead log is on, or not to be turned on. */
  #keepsLog: boolean
  #queue: Promise<unknown> = Promise.resolve()

  constructor(database: Libsql.Database, url: string, options: SqliteOptions, inMemory: boolean) {
    this.#database = database
    this.#url = url
    this.#options = options
    this.#connection = new SqliteConnection(database)
    this.readOnly = options.readOnly
    this.#keepsLog = inMemory || options.readOnly
  }

  async configure(): Promise<void> {
    const pragmas = [
      // Waiting is done between tries, not within the driver, which would hold up everything else in this process.
      'busy_timeout = 0',
      // Optuna's own connections do not enforce them either, and its rows are read as they are.
      'foreign_keys = OFF',
      'cache_size = -32000',
      // Pages of the log before it is moved into the file, which waits for the disk: 16 MB, about every 300 trials.
      'wal_autocheckpoint = 4000',
      ...(this.#options.readOnly ? ['query_only = ON'] : []),
      `synchronous = ${this.#options.survives === 'power' ? 'FULL' : 'NORMAL'}`,
    ]
    for (const pragma of pragmas) await this.#named(() => this.#pragma(pragma))
  }

  async transaction<Result>(
    mode: 'read' | 'write',
    work: (connection: SqlConnection) => Promise<Result>,
  ): Promise<Result> {
    return this.#inTurn(() =>
      mode === 'read' ? this.#patiently(() => this.#run('BEGIN', work)) : this.#write(work),
    )
  }

  async version(): Promise<number | undefined> {
    const rows = await this.#inTurn(() =>
      this.#patiently(() => this.#connection.query('PRAGMA data_version')),
    )
    return rows[0]?.[0] as number | undefined
  }

  async close(): Promise<void> {
    await this.#queue
    if (!this.#database.open) return
    this.#connection.forget()
    try {
      // The driver lets go of the file only when its statements are collected, so the log is emptied here.
      if (!this.readOnly) this.#database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all([])
    } catch {
      // The log stays and is read by whoever opens the file next.
    }
    this.#database.close()
  }

  /** After what was asked for before. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const before = this.#queue
    const run = async () => {
      await before
      if (!this.#database.open) throw new StorageError(`${this.#url}: is closed; open it again.`)
      return this.#named(work)
    }
    const result = run()
    this.#queue = result.catch(() => undefined)
    return result
  }

  async #write<Result>(work: (connection: SqlConnection) => Promise<Result>): Promise<Result> {
    if (!this.#keepsLog) {
      // Not before the first write: a file that turns out to be something else stays as it was.
      await this.#pragma('journal_mode = WAL')
      this.#keepsLog = true
    }
    return this.#run('BEGIN IMMEDIATE', work)
  }

  async #pragma(pragma: string): Promise<void> {
    await this.#patiently(() => this.#database.prepare(`PRAGMA ${pragma}`).all([]))
  }

  async #run<Result>(begin: string, work: (connection: SqlConnection) => Promise<Result>): Promise<Result> {
    await this.#patiently(() => this.#database.exec(begin))
    try {
      const result = await work(this.#connection)
      await this.#patiently(() => this.#database.exec('COMMIT'))
      return result
    } catch (error) {
      try {
        if (this.#database.inTransaction) this.#database.exec('ROLLBACK')
      } catch {
        // SQLite has rolled back by itself; what it said first is what matters.
      }
      throw error
    }
  }

  /** Tries again while another process holds the lock. */
  async #patiently<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    const deadline = performance.now() + this.#options.lockTimeoutSeconds * 1000
    for (let pause = 1; ; pause = Math.min(2 * pause, 20)) {
      try {
        return await work()
      } catch (error) {
        if (!isBusy(error) || performance.now() >= deadline) throw error
      }
      await sleep(pause)
    }
  }

  async #named<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work()
    } catch (error) {
      throw sqliteError(error, this.#url, this.#options.lockTimeoutSeconds)
    }
  }
}

class SqliteConnection implements SqlConnection {
  readonly dialect = 'sqlite'
  readonly #database: Libsql.Database
  readonly #statements = new Map<string, { statement: Libsql.Statement; gives: boolean }>()

  constructor(database: Libsql.Database) {
    this.#database = database
  }

  async query(sql: string, parameters: readonly SqlParameter[] = []): Promise<SqlValue[][]> {
    let held = this.#statements.get(sql)
    if (held === undefined) {
      const statement = this.#database.prepare(sql)
      held = { statement, gives: statement.reader }
      if (held.gives) statement.raw()
      this.#statements.set(sql, held)
    }
    if (!held.gives) {
      held.statement.run(parameters)
      return []
    }
    // Always to the end: a statement left in the middle holds its snapshot, and the log could not be emptied.
    return held.statement.all(parameters) as SqlValue[][]
  }

  async scan(
    columns: readonly SqlColumn[],
    rest: string,
    parameters: readonly SqlParameter[],
  ): Promise<readonly SqlValue[]> {
    // One long text costs a third of what as many rows do at the driver's border.
    try {
      const [row] = await this.query(`SELECT group_concat(${rowAsJson(columns)}) ${rest}`, parameters)
      const text = row?.[0]
      return typeof text === 'string' ? (JSON.parse(`[${text}]`) as SqlValue[]) : []
    } catch (error) {
      if (sqliteCode(error) !== 'SQLITE_TOOBIG') throw error
      const select = columns.map(({ sql }) => sql).join(', ')
      return (await this.query(`SELECT ${select} ${rest}`, parameters)).flat()
    }
  }

  forget(): void {
    this.#statements.clear()
  }
}

/**
 * SQL of a row as JSON without its brackets. Most rows of a large scan are numbers and NULL, and those are written by
 * one call; 17 digits bring every double back.
 */
function rowAsJson(columns: readonly SqlColumn[]): string {
  const general = columns.map((column) => (column.type === 'key' ? '%d' : '%s')).join(',')
  const written = `printf('${general}', ${columns.map(asJson).join(', ')})`
  const plain = columns.map(({ sql, type }) =>
    type === 'text' ? `${sql} IS NULL` : type === 'real' ? finite(sql) : undefined,
  )
  const short = columns.map(({ type }) => ({ key: '%d', integer: '%d', real: '%!.17g', text: 'null' })[type])
  if (columns.some(({ type }) => type === 'integer')) return written
  const numbers = columns.filter(({ type }) => type !== 'text').map(({ sql }) => sql)
  return `CASE WHEN ${plain.filter((condition) => condition !== undefined).join(' AND ')}
    THEN printf('${short.join(',')}', ${numbers.join(', ')}) ELSE ${written} END`
}

function asJson({ sql, type }: SqlColumn): string {
  switch (type) {
    case 'key':
      return sql
    case 'integer':
      return `coalesce(${sql}, 'null')`
    case 'text':
      return `json_quote(${sql})`
    case 'real':
      return `CASE WHEN ${finite(sql)} THEN printf('%!.17g', ${sql}) WHEN typeof(${sql}) = 'text' THEN json_quote(${sql})
        WHEN ${sql} > 0 THEN '9e999' WHEN ${sql} < 0 THEN '-9e999' ELSE 'null' END`
  }
}

/** SQLite keeps a text in a column of numbers where it is none, and then counts with it as 0. */
function finite(sql: string): string {
  return `typeof(${sql}) IN ('real', 'integer') AND ${sql} - ${sql} = 0`
}
