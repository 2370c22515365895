/** What a statement takes; never NaN, and never a boolean: the SQLite driver aborts the process on one. */
export type SqlParameter = string | number | null

export type SqlValue = string | number | null

export type Dialect = 'sqlite' | 'postgresql'

export interface SqlColumn {
  readonly sql: string
  /** `key`: an integer that is never NULL. */
  readonly type: 'key' | 'integer' | 'real' | 'text'
}

/** Statements within one transaction. They are written with `?` for each parameter. */
export interface SqlConnection {
  readonly dialect: Dialect
  /** Rows as arrays in the order of the columns selected; floats and integers as numbers, times as text. */
  query(sql: string, parameters?: readonly SqlParameter[]): Promise<SqlValue[][]>
  /**
   * As `query('SELECT columns rest')`, with all rows in one flat array, row after row: what many rows are read with.
   */
  scan(
    columns: readonly SqlColumn[],
    rest: string,
    parameters: readonly SqlParameter[],
  ): Promise<readonly SqlValue[]>
}

/**
 * A database that runs one transaction after another (SQLite) or several at once (PostgreSQL). A `read` sees one state
 * of the database however long it lasts and may be run again; a `write` holds the lock from its start where there is
 * only one.
 */
export interface SqlDatabase {
  readonly dialect: Dialect
  readonly readOnly: boolean
  transaction<Result>(
    mode: 'read' | 'write',
    work: (connection: SqlConnection) => Promise<Result>,
  ): Promise<Result>
  /**
   * Another number than before where another connection has committed something in between; undefined where that cannot
   * be told.
   */
  version(): Promise<number | undefined>
  close(): Promise<void>
}
