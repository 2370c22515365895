import type { Dialect } from './sql.js'

/** The revision of Optuna's schema (alembic) that is written and read: Optuna 3.2 to 5.0. */
export const REVISION = 'v3.2.0.a'
/** `version_info.schema_version`, frozen since alembic. */
export const SCHEMA_VERSION = 12

interface Types {
  readonly key: string
  readonly time: string
  readonly direction: string
  readonly state: string
  readonly value: string
  readonly intermediate: string
}

const TYPES: Readonly<Record<Dialect, Types>> = {
  sqlite: {
    key: 'INTEGER NOT NULL',
    time: 'DATETIME',
    direction: 'VARCHAR(8)',
    state: 'VARCHAR(8)',
    value: 'VARCHAR(7)',
    intermediate: 'VARCHAR(7)',
  },
  postgresql: {
    key: 'SERIAL NOT NULL',
    time: 'TIMESTAMP WITHOUT TIME ZONE',
    direction: 'studydirection',
    state: 'trialstate',
    value: 'trialvaluetype',
    intermediate: 'trialintermediatevaluetype',
  },
}

/** PostgreSQL's enums, labels in Optuna's order. SQLite keeps the label as text. */
const ENUMS: Readonly<Record<string, readonly string[]>> = {
  studydirection: ['NOT_SET', 'MINIMIZE', 'MAXIMIZE'],
  trialstate: ['RUNNING', 'COMPLETE', 'PRUNED', 'FAIL', 'WAITING'],
  trialvaluetype: ['FINITE', 'INF_POS', 'INF_NEG'],
  trialintermediatevaluetype: ['FINITE', 'INF_POS', 'INF_NEG', 'NAN'],
}

const STUDY = 'FOREIGN KEY(study_id) REFERENCES studies (study_id)'
const TRIAL = 'FOREIGN KEY(trial_id) REFERENCES trials (trial_id)'

/** Optuna's tables and indexes, each only where it is missing. */
export function optunaSchema(dialect: Dialect): string[] {
  const types = TYPES[dialect]
  const attributes = (owner: 'study' | 'trial', kind: 'user' | 'system') =>
    table(`${owner}_${kind}_attributes`, [
      `${owner}_${kind}_attribute_id ${types.key}`,
      `${owner}_id INTEGER`,
      '"key" VARCHAR(512)',
      'value_json TEXT',
      `PRIMARY KEY (${owner}_${kind}_attribute_id)`,
      `UNIQUE (${owner}_id, "key")`,
      owner === 'study' ? STUDY : TRIAL,
    ])
  return [
    ...(dialect === 'postgresql' ? Object.entries(ENUMS).map(createEnum) : []),
    table('studies', [`study_id ${types.key}`, 'study_name VARCHAR(512) NOT NULL', 'PRIMARY KEY (study_id)']),
    'CREATE UNIQUE INDEX IF NOT EXISTS ix_studies_study_name ON studies (study_name)',
    table('version_info', [
      'version_info_id INTEGER NOT NULL',
      'schema_version INTEGER',
      'library_version VARCHAR(256)',
      'PRIMARY KEY (version_info_id)',
      'CHECK (version_info_id=1)',
    ]),
    table('study_directions', [
      `study_direction_id ${types.key}`,
      `direction ${types.direction} NOT NULL`,
      'study_id INTEGER NOT NULL',
      'objective INTEGER NOT NULL',
      'PRIMARY KEY (study_direction_id)',
      'UNIQUE (study_id, objective)',
      STUDY,
    ]),
    attributes('study', 'user'),
    attributes('study', 'system'),
    table('trials', [
      `trial_id ${types.key}`,
      'number INTEGER',
      'study_id INTEGER',
      `state ${types.state} NOT NULL`,
      `datetime_start ${types.time}`,
      `datetime_complete ${types.time}`,
      'PRIMARY KEY (trial_id)',
      STUDY,
    ]),
    'CREATE INDEX IF NOT EXISTS ix_trials_study_id ON trials (study_id)',
    attributes('trial', 'user'),
    attributes('trial', 'system'),
    table('trial_params', [
      `param_id ${types.key}`,
      'trial_id INTEGER',
      'param_name VARCHAR(512)',
      'param_value FLOAT',
      'distribution_json TEXT',
      'PRIMARY KEY (param_id)',
      'UNIQUE (trial_id, param_name)',
      TRIAL,
    ]),
    table('trial_values', [
      `trial_value_id ${types.key}`,
      'trial_id INTEGER NOT NULL',
      'objective INTEGER NOT NULL',
      'value FLOAT',
      `value_type ${types.value} NOT NULL`,
      'PRIMARY KEY (trial_value_id)',
      'UNIQUE (trial_id, objective)',
      TRIAL,
    ]),
    table('trial_intermediate_values', [
      `trial_intermediate_value_id ${types.key}`,
      'trial_id INTEGER NOT NULL',
      'step INTEGER NOT NULL',
      'intermediate_value FLOAT',
      `intermediate_value_type ${types.intermediate} NOT NULL`,
      'PRIMARY KEY (trial_intermediate_value_id)',
      'UNIQUE (trial_id, step)',
      TRIAL,
    ]),
    table('trial_heartbeats', [
      `trial_heartbeat_id ${types.key}`,
      'trial_id INTEGER NOT NULL',
      `heartbeat ${types.time} NOT NULL`,
      'PRIMARY KEY (trial_heartbeat_id)',
      'UNIQUE (trial_id)',
      TRIAL,
    ]),
    table('alembic_version', [
      'version_num VARCHAR(32) NOT NULL',
      'CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)',
    ]),
  ]
}

/**
 * What is ours beside Optuna's: the facts of a study, which vanish with it whoever deletes it (Optuna deletes children
 * that it knows, and SQLite gives a deleted study's key to the next one), and indexes for what Optuna looks up by
 * reading every trial.
 */
export function ownSchema(dialect: Dialect): string[] {
  const cascade =
    dialect === 'postgresql' ? ['FOREIGN KEY(study_id) REFERENCES studies ON DELETE CASCADE'] : []
  return [
    table('thresher_study_facts', [
      'study_id INTEGER NOT NULL',
      '"key" VARCHAR(512) NOT NULL',
      'value_json TEXT NOT NULL',
      'PRIMARY KEY (study_id, "key")',
      ...cascade,
    ]),
    ...(dialect === 'sqlite'
      ? [
          `CREATE TRIGGER IF NOT EXISTS thresher_forget_study AFTER DELETE ON studies
           BEGIN DELETE FROM thresher_study_facts WHERE study_id = OLD.study_id; END`,
        ]
      : ['CREATE INDEX IF NOT EXISTS thresher_trials_of_study ON trials (study_id, trial_id)']),
    `CREATE INDEX IF NOT EXISTS thresher_unfinished_trials ON trials (study_id, trial_id) WHERE ${UNFINISHED}`,
  ]
}

/** The condition of the index over them; a query that repeats it in these words uses the index. */
export const UNFINISHED = "state IN ('RUNNING', 'WAITING')"

function table(name: string, lines: readonly string[]): string {
  return `CREATE TABLE IF NOT EXISTS ${name} (\n\t${lines.join(', \n\t')}\n)`
}

/** PostgreSQL has no CREATE TYPE IF NOT EXISTS. */
function createEnum([name, labels]: [string, readonly string[]]): string {
  const list = labels.map((label) => `'${label}'`).join(', ')
  return `DO $$ BEGIN
    IF to_regtype('${name}') IS NULL THEN CREATE TYPE ${name} AS ENUM (${list}); END IF;
  END $$`
}
