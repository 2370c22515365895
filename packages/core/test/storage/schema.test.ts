import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'libsql'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { openStorage } from '../../src/storage/open-storage.ts'
import { postgresqlMissing, startPostgresql } from './postgresql-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'thresher-schema-'))
afterAll(() => rmSync(folder, { recursive: true }))

const TABLES = [
  'alembic_version',
  'studies',
  'study_directions',
  'study_system_attributes',
  'study_user_attributes',
  'trial_heartbeats',
  'trial_intermediate_values',
  'trial_params',
  'trial_system_attributes',
  'trial_user_attributes',
  'trial_values',
  'trials',
  'version_info',
]

describe('the schema', () => {
  it('is, in SQLite, the one that Optuna 5.0.0 made', async () => {
    const ours = join(folder, 'ours.db')
    const storage = await openStorage(`sqlite:///${ours}`)
    await storage.close()
    const fixture = join(folder, 'optuna5.db')
    copyFileSync(fileURLToPath(new URL('fixtures/optuna5.db', import.meta.url)), fixture)
    const expected = sqliteSchema(fixture)
    expect(expected.map(({ name }) => name)).toEqual(TABLES)
    expect(sqliteSchema(ours)).toEqual(expected)
    const database = new Database(ours)
    expect(database.prepare('SELECT * FROM alembic_version').raw().all()).toEqual([['v3.2.0.a']])
    expect(database.prepare('SELECT version_info_id, schema_version FROM version_info').raw().all()).toEqual([
      [1, 12],
    ])
    expect(new Set(names(database).filter((name) => !TABLES.includes(name)))).toEqual(
      new Set(['thresher_study_facts']),
    )
    database.close()
  })

  it('gets nothing but what is ours beside Optuna’s', async () => {
    const path = join(folder, 'untouched.db')
    copyFileSync(fileURLToPath(new URL('fixtures/optuna5.db', import.meta.url)), path)
    const before = sqliteSchema(path)
    await (await openStorage(`sqlite:///${path}`, { readOnly: true })).close()
    expect(objects(path).filter((name) => name.startsWith('thresher'))).toEqual([])
    await (await openStorage(`sqlite:///${path}`)).close()
    expect(sqliteSchema(path)).toEqual(before)
    expect(
      objects(path)
        .filter((name) => name.startsWith('thresher'))
        .sort(),
    ).toEqual(['thresher_forget_study', 'thresher_study_facts', 'thresher_unfinished_trials'])
  })

  it('leaves an upgraded file’s index its name', async () => {
    const path = join(folder, 'upgraded.db')
    copyFileSync(fileURLToPath(new URL('fixtures/optuna5.db', import.meta.url)), path)
    const database = new Database(path)
    database.exec('DROP INDEX ix_trials_study_id; CREATE INDEX trials_study_id_key ON trials (study_id)')
    database.close()
    await (await openStorage(`sqlite:///${path}`)).close()
    expect(objects(path)).toContain('trials_study_id_key')
    expect(objects(path)).not.toContain('ix_trials_study_id')
  })

  it.skipIf(postgresqlMissing() !== undefined)(
    'is, in PostgreSQL, the one that Optuna 5.0.0 made',
    { timeout: 60_000 },
    async () => {
      const server = await startPostgresql()
      let client: pg.Client | undefined
      try {
        const url = await server.createDatabase()
        // Together: whoever comes second finds what the first made.
        const opened = await Promise.all(Array.from({ length: 4 }, () => openStorage(url)))
        for (const storage of opened) await storage.close()
        client = new pg.Client(url)
        await client.connect()
        const rows = async (sql: string) =>
          (await client!.query({ text: sql, rowMode: 'array' })).rows as string[][]
        const columns = await rows(
          `SELECT table_name, string_agg(concat_ws(' ', column_name, udt_name, character_maximum_length, is_nullable, left(column_default, 7)), ', ' ORDER BY ordinal_position)
           FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE 'thresher%' GROUP BY 1 ORDER BY 1`,
        )
        expect(Object.fromEntries(columns)).toEqual(POSTGRESQL)
        expect(
          await rows(
            "SELECT typname, string_agg(enumlabel, ' ' ORDER BY enumsortorder) FROM pg_enum JOIN pg_type t ON t.oid = enumtypid GROUP BY 1 ORDER BY 1",
          ),
        ).toEqual([
          ['studydirection', 'NOT_SET MINIMIZE MAXIMIZE'],
          ['trialintermediatevaluetype', 'FINITE INF_POS INF_NEG NAN'],
          ['trialstate', 'RUNNING COMPLETE PRUNED FAIL WAITING'],
          ['trialvaluetype', 'FINITE INF_POS INF_NEG'],
        ])
        const indexes = await rows("SELECT indexname FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1")
        expect(indexes.flat().filter((name) => !/_pkey$|_pkc$|_key$/.test(name))).toEqual([
          'ix_studies_study_name',
          'ix_trials_study_id',
          'thresher_trials_of_study',
          'thresher_unfinished_trials',
        ])
        const constraints = await rows(
          "SELECT conrelid::regclass || ': ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('u', 'f', 'c') AND conrelid::regclass::text NOT LIKE 'thresher%' ORDER BY 1",
        )
        expect(new Set(constraints.flat())).toEqual(new Set(POSTGRESQL_CONSTRAINTS))
      } finally {
        await client?.end()
        await server.stop()
      }
    },
  )
})

interface TableSchema {
  readonly name: string
  readonly columns: unknown
  readonly indexes: unknown
  readonly foreignKeys: unknown
  readonly checks: readonly string[]
}

/** What SQLite itself says of Optuna's tables. */
function sqliteSchema(path: string): TableSchema[] {
  const database = new Database(path)
  try {
    const rows = (sql: string) => database.prepare(sql).raw().all() as unknown[][]
    return names(database)
      .filter((name) => !name.startsWith('thresher_'))
      .map((name) => ({
        name,
        columns: rows(`SELECT * FROM pragma_table_info('${name}')`),
        indexes: rows(
          `SELECT l.name, l."unique", l.origin, l.partial, (SELECT group_concat(i.name) FROM pragma_index_info(l.name) i)
           FROM pragma_index_list('${name}') l WHERE l.name NOT LIKE 'thresher%' ORDER BY l.name`,
        ),
        foreignKeys: rows(`SELECT * FROM pragma_foreign_key_list('${name}')`),
        checks:
          (rows(`SELECT sql FROM sqlite_master WHERE name = '${name}'`)[0]![0] as string).match(
            /CHECK \(.*?\)|CONSTRAINT \w+/g,
          ) ?? [],
      }))
  } finally {
    database.close()
  }
}

function names(database: Database.Database): string[] {
  return (
    database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
      .raw()
      .all() as string[][]
  ).flat()
}

function objects(path: string): string[] {
  const database = new Database(path)
  try {
    return (database.prepare('SELECT name FROM sqlite_master').raw().all() as string[][]).flat()
  } finally {
    database.close()
  }
}

const attributes = (owner: string, kind: string) =>
  `${owner}_${kind}_attribute_id int4 NO nextval, ${owner}_id int4 YES, key varchar 512 YES, value_json text YES`

// Dumped from a database that Optuna 5.0.0 created on PostgreSQL 15.
const POSTGRESQL = {
  alembic_version: 'version_num varchar 32 NO',
  studies: 'study_id int4 NO nextval, study_name varchar 512 NO',
  study_directions:
    'study_direction_id int4 NO nextval, direction studydirection NO, study_id int4 NO, objective int4 NO',
  study_system_attributes: attributes('study', 'system'),
  study_user_attributes: attributes('study', 'user'),
  trial_heartbeats: 'trial_heartbeat_id int4 NO nextval, trial_id int4 NO, heartbeat timestamp NO',
  trial_intermediate_values:
    'trial_intermediate_value_id int4 NO nextval, trial_id int4 NO, step int4 NO, intermediate_value float8 YES, intermediate_value_type trialintermediatevaluetype NO',
  trial_params:
    'param_id int4 NO nextval, trial_id int4 YES, param_name varchar 512 YES, param_value float8 YES, distribution_json text YES',
  trial_system_attributes: attributes('trial', 'system'),
  trial_user_attributes: attributes('trial', 'user'),
  trial_values:
    'trial_value_id int4 NO nextval, trial_id int4 NO, objective int4 NO, value float8 YES, value_type trialvaluetype NO',
  trials:
    'trial_id int4 NO nextval, number int4 YES, study_id int4 YES, state trialstate NO, datetime_start timestamp YES, datetime_complete timestamp YES',
  version_info: 'version_info_id int4 NO, schema_version int4 YES, library_version varchar 256 YES',
}

const study = 'FOREIGN KEY (study_id) REFERENCES studies(study_id)'
const trial = 'FOREIGN KEY (trial_id) REFERENCES trials(trial_id)'
const POSTGRESQL_CONSTRAINTS = [
  'version_info: CHECK ((version_info_id = 1))',
  'study_directions: UNIQUE (study_id, objective)',
  `study_directions: ${study}`,
  'study_user_attributes: UNIQUE (study_id, key)',
  `study_user_attributes: ${study}`,
  'study_system_attributes: UNIQUE (study_id, key)',
  `study_system_attributes: ${study}`,
  `trials: ${study}`,
  'trial_user_attributes: UNIQUE (trial_id, key)',
  `trial_user_attributes: ${trial}`,
  'trial_system_attributes: UNIQUE (trial_id, key)',
  `trial_system_attributes: ${trial}`,
  'trial_params: UNIQUE (trial_id, param_name)',
  `trial_params: ${trial}`,
  'trial_values: UNIQUE (trial_id, objective)',
  `trial_values: ${trial}`,
  'trial_intermediate_values: UNIQUE (trial_id, step)',
  `trial_intermediate_values: ${trial}`,
  'trial_heartbeats: UNIQUE (trial_id)',
  `trial_heartbeats: ${trial}`,
]
