import { InputError } from '../../errors.js'
import { StorageError, StudyNotFoundError } from '../errors.js'
import { optunaSchema, ownSchema, REVISION, SCHEMA_VERSION } from './schema.js'
import type { Dialect, SqlConnection, SqlDatabase } from './sql.js'

/** What stands in `version_info.library_version`; Optuna takes any text. */
const LIBRARY = 'thresher'
/** Held while tables are made, so that processes that start together do not get in each other's way. */
const POSTGRESQL_LOCK = 7_460_131
const INDEX = 'ix_trials_study_id'

/**
 * Makes the tables where the database is new, and checks that they are of the revision that is understood.
 * @throws InputError where it is a database of something else, or of another revision.
 */
export async function prepareSchema(database: SqlDatabase, url: string, create: boolean): Promise<void> {
  const found = await database.transaction('read', (connection) => readState(connection))
  if (found.optuna) checkRevision(found, url)
  if (found.complete) return
  if (database.readOnly && found.optuna) return
  if (!found.optuna && (database.readOnly || !create)) {
    throw new StudyNotFoundError('', url, 'holds no studies; give the database of a study.')
  }
  if (!found.optuna && found.foreign && database.dialect === 'sqlite') {
    throw new InputError(
      `${url}: is the database of something else; give a new file, or the file of a study.`,
    )
  }
  await database.transaction('write', async (connection) => {
    if (connection.dialect === 'postgresql') {
      await connection.query('SELECT pg_advisory_xact_lock(?)', [POSTGRESQL_LOCK])
    }
    for (const [name, statement] of statements(connection.dialect)) {
      if (!(name === INDEX && found.upgraded)) await connection.query(statement)
    }
    const state = await readState(connection)
    if (state.schema === undefined) {
      await connection.query('INSERT INTO version_info VALUES (1, ?, ?)', [SCHEMA_VERSION, LIBRARY])
    }
    if (state.revision === undefined) {
      await connection.query('INSERT INTO alembic_version VALUES (?)', [REVISION])
    }
    checkRevision(await readState(connection), url)
  })
}

interface SchemaState {
  /** Whether it has Optuna's tables. */
  readonly optuna: boolean
  /** Whether nothing is missing, ours included. */
  readonly complete: boolean
  /** Whether Optuna upgraded it from an older revision: an index has another name then. */
  readonly upgraded: boolean
  /** Whether it has tables that are not Optuna's. */
  readonly foreign: boolean
  readonly schema: number | undefined
  readonly revision: string | undefined
}

async function readState(connection: SqlConnection): Promise<SchemaState> {
  const rows = await connection.query(
    connection.dialect === 'sqlite'
      ? "SELECT name FROM sqlite_master WHERE type IN ('table', 'index', 'trigger')"
      : 'SELECT relname::text FROM pg_class WHERE relnamespace = current_schema()::regnamespace',
  )
  const names = new Set(rows.map(([name]) => String(name)))
  const optuna = names.has('studies') && names.has('trials')
  const first = async (table: string, column: string) =>
    names.has(table) ? (await connection.query(`SELECT ${column} FROM ${table}`))[0]?.[0] : undefined
  const upgraded = names.has('trials_study_id_key')
  const schema = await first('version_info', 'schema_version')
  const revision = await first('alembic_version', 'version_num')
  return {
    optuna,
    complete:
      schema !== undefined &&
      revision !== undefined &&
      statements(connection.dialect).every(
        ([name]) => name === undefined || names.has(name) || (name === INDEX && upgraded),
      ),
    upgraded,
    foreign: names.size > 0 && !optuna,
    schema: schema === undefined || schema === null ? undefined : Number(schema),
    revision: revision === undefined || revision === null ? undefined : String(revision),
  }
}

/** Every statement, with the name of what it makes where that can be looked up. */
function statements(dialect: Dialect): [name: string | undefined, statement: string][] {
  return [...optunaSchema(dialect), ...ownSchema(dialect)].map((statement) => [
    /^CREATE (?:TABLE|TRIGGER|(?:UNIQUE )?INDEX) IF NOT EXISTS (\w+)/.exec(statement)?.[1],
    statement,
  ])
}

function checkRevision({ schema, revision }: SchemaState, url: string): void {
  const other =
    revision !== undefined && revision !== REVISION
      ? `revision ${revision}`
      : schema !== undefined && schema !== SCHEMA_VERSION
        ? `version ${schema}`
        : undefined
  if (other === undefined) return
  throw new StorageError(
    `${url}: its schema is ${other}, and only ${REVISION} is understood; back it up and run \`optuna storage upgrade\` of Optuna 3.2 or later on it.`,
  )
}
