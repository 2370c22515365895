import { stringifyPythonJson } from '../../python-json.js'
import type { Distribution } from '../../space/distribution.js'
import { distributionToJson } from '../../space/distribution-json.js'
import type { Direction } from '../../study/study-snapshot.js'
import { MutableTrial } from '../../trial/mutable-trial.js'
import {
  type AttributeValue,
  isFinished,
  type TrialRecord,
  type TrialState,
} from '../../trial/trial-record.js'
import { FinishedTrialError, StudyExistsError, StudyNotFoundError, TrialNotFoundError } from '../errors.js'
import type { AttributeScope, Storage, StudyRecord, TrialTemplate, TrialWrite } from '../storage.js'
import { checkName } from '../trial-rules.js'
import { prepareSchema } from './prepare-schema.js'
import { ReadMarks } from './read-marks.js'
import { UNFINISHED } from './schema.js'
import type { SqlConnection, SqlDatabase } from './sql.js'
import { readStudies } from './study-reads.js'
import { toTimestamp } from './timestamp.js'
import { beat, type WrittenTrial, writeChanges, writeTemplate } from './trial-changes.js'
import { parseAttribute, readRows, TrialReader } from './trial-reads.js'

/** Studies in Optuna's relational schema, revision v3.2.0.a: Optuna opens, continues and reports what is written here. */
export class RdbStorage implements Storage {
  readonly url: string
  readonly #database: SqlDatabase
  readonly #marks = new ReadMarks()
  readonly #reader: TrialReader

  private constructor(database: SqlDatabase, url: string) {
    this.#database = database
    this.url = url
    this.#reader = new TrialReader(url)
  }

  /**
   * The storage of a database; `create` makes its tables where there are none.
   * @throws InputError, StorageError where it is no database of studies.
   */
  static async open(database: SqlDatabase, url: string, create: boolean): Promise<RdbStorage> {
    try {
      await prepareSchema(database, url, create)
    } catch (error) {
      await database.close()
      throw error
    }
    return new RdbStorage(database, url)
  }

  async createStudy(
    name: string,
    directions: readonly Direction[],
    facts: ReadonlyMap<string, AttributeValue> = new Map(),
  ): Promise<StudyRecord> {
    checkName('study', name)
    const id = await this.#database.transaction('write', async (connection) => {
      const [row] = await connection.query(
        'INSERT INTO studies (study_name) VALUES (?) ON CONFLICT (study_name) DO NOTHING RETURNING study_id',
        [name],
      )
      if (row === undefined) throw new StudyExistsError(name, this.url)
      const study = row[0] as number
      for (const [objective, direction] of directions.entries()) {
        await connection.query(
          'INSERT INTO study_directions (direction, study_id, objective) VALUES (?, ?, ?)',
          [direction.toUpperCase(), study, objective],
        )
      }
      await writeFacts(connection, study, facts)
      return study
    })
    return { id, name, directions: [...directions], userAttributes: new Map(), systemAttributes: new Map() }
  }

  async findStudy(name: string): Promise<StudyRecord | undefined> {
    const [study] = await this.#database.transaction('read', (connection) =>
      readStudies(connection, this.url, { name }),
    )
    return study
  }

  async listStudies(): Promise<StudyRecord[]> {
    return this.#database.transaction('read', (connection) => readStudies(connection, this.url))
  }

  async deleteStudy(study: number): Promise<void> {
    await this.#database.transaction('write', async (connection) => {
      await this.#lockStudy(connection, study)
      for (const table of TRIAL_TABLES) {
        await connection.query(
          `DELETE FROM ${table} WHERE trial_id IN (SELECT trial_id FROM trials WHERE study_id = ?)`,
          [study],
        )
      }
      for (const table of STUDY_TABLES) {
        await connection.query(`DELETE FROM ${table} WHERE study_id = ?`, [study])
      }
      this.#marks.forget()
    })
  }

  async setStudyAttribute(
    study: number,
    scope: AttributeScope,
    key: string,
    value: AttributeValue,
  ): Promise<void> {
    checkName('attribute', key)
    await this.#database.transaction('write', async (connection) => {
      await this.#lockStudy(connection, study)
      await connection.query(
        `INSERT INTO study_${scope}_attributes (study_id, "key", value_json) VALUES (?, ?, ?)
         ON CONFLICT (study_id, "key") DO UPDATE SET value_json = excluded.value_json`,
        [study, key, stringifyPythonJson(value)],
      )
    })
  }

  async readFacts(study: number): Promise<ReadonlyMap<string, AttributeValue>> {
    return this.#database.transaction('read', async (connection) => {
      await this.#checkStudy(connection, study)
      if (this.#database.readOnly && !(await hasFacts(connection))) return new Map()
      const rows = await connection.query(
        'SELECT "key", value_json FROM thresher_study_facts WHERE study_id = ? ORDER BY "key"',
        [study],
      )
      return new Map(
        rows.map(([key, json]) => [String(key), parseAttribute(json, `${this.url}: study ${study}`)]),
      )
    })
  }

  async writeFacts(study: number, facts: ReadonlyMap<string, AttributeValue>): Promise<void> {
    await this.rewriteDistributions(study, new Map(), facts)
  }

  async rewriteDistributions(
    study: number,
    distributions: ReadonlyMap<string, Distribution>,
    facts: ReadonlyMap<string, AttributeValue>,
  ): Promise<void> {
    await this.#database.transaction('write', async (connection) => {
      await this.#lockStudy(connection, study)
      for (const [name, distribution] of distributions) {
        await connection.query(
          `UPDATE trial_params SET distribution_json = ? WHERE param_name = ?
           AND trial_id IN (SELECT trial_id FROM trials WHERE study_id = ?)`,
          [distributionToJson(distribution), name, study],
        )
      }
      await writeFacts(connection, study, facts)
    })
  }

  async createTrial(
    study: number,
    template: TrialTemplate = { state: 'RUNNING' },
    writes: readonly TrialWrite[] = [],
    expected?: number,
  ): Promise<TrialRecord> {
    return this.#database.transaction('write', (connection) =>
      this.#create(connection, study, template, writes, expected),
    )
  }

  async claimWaiting(study: number, writes: readonly TrialWrite[] = []): Promise<TrialRecord | undefined> {
    // Most of the time none waits, and looking takes no lock.
    const waits = await this.#database.transaction('read', async (connection) => {
      const [found] = await connection.query(
        `SELECT (${OLDEST_WAITING_OF} studies.study_id ${OLDEST}) FROM studies WHERE study_id = ?`,
        [study],
      )
      if (found === undefined) throw new StudyNotFoundError(study, this.url)
      return found[0] !== null
    })
    if (!waits) return undefined
    return this.#database.transaction('write', async (connection) => {
      const lock = connection.dialect === 'postgresql' ? ' FOR UPDATE SKIP LOCKED' : ''
      const [row] = await connection.query(`${OLDEST_WAITING_OF} ? ${OLDEST}${lock}`, [study])
      if (row === undefined) return undefined
      const id = row[0] as number
      await connection.query("UPDATE trials SET state = 'RUNNING', datetime_start = ? WHERE trial_id = ?", [
        toTimestamp(new Date()),
        id,
      ])
      if (writes.length > 0) {
        const trial = await this.#lockTrial(connection, id)
        await writeChanges(connection, trial, writes)
      }
      return (await this.#records(connection, 'trial_id = ?', id))[0]
    })
  }

  async writeTrial(trial: number, writes: readonly TrialWrite[]): Promise<void> {
    await this.#database.transaction('write', async (connection) => {
      await writeChanges(connection, await this.#lockTrial(connection, trial), writes)
    })
  }

  async replaceTrial(
    trial: number,
    writes: readonly TrialWrite[],
    template: TrialTemplate,
  ): Promise<TrialRecord | undefined> {
    return this.#database.transaction('write', async (connection) => {
      const [row] = await connection.query('SELECT study_id FROM trials WHERE trial_id = ?', [trial])
      if (row === undefined) throw new TrialNotFoundError(trial, this.url)
      const study = row[0] as number
      // The study before the trial, as everywhere, so that no two processes wait for each other.
      await this.#lockStudy(connection, study)
      const held = await this.#lockAnyTrial(connection, trial)
      if (isFinished(held.state)) return undefined
      await writeChanges(connection, held, writes)
      return this.#create(connection, study, template, [])
    })
  }

  async readTrials(study: number, known: ReadonlySet<number> = new Set()): Promise<TrialRecord[]> {
    const created = this.#marks.created(study)
    const moment = { created, version: await this.#database.version() }
    if (this.#marks.knowsAll(study, known, moment)) return []
    return this.#database.transaction('read', async (connection) => {
      const rows = await this.#marks.read(connection, study, known, moment)
      if (rows.length === 0) await this.#checkStudy(connection, study)
      return this.#reader.read(connection, rows)
    })
  }

  async heartbeat(trial: number): Promise<void> {
    await this.#database.transaction('write', async (connection) => {
      const [row] = await connection.query('SELECT 1 FROM trials WHERE trial_id = ?', [trial])
      if (row === undefined) throw new TrialNotFoundError(trial, this.url)
      await beat(connection, trial)
    })
  }

  async staleTrials(study: number, olderThanSeconds: number): Promise<TrialRecord[]> {
    return this.#database.transaction('read', async (connection) => {
      const records = await this.#records(connection, stale(connection), study, olderThanSeconds)
      if (records.length === 0) await this.#checkStudy(connection, study)
      return records
    })
  }

  async close(): Promise<void> {
    await this.#database.close()
  }

  async #create(
    connection: SqlConnection,
    study: number,
    template: TrialTemplate,
    writes: readonly TrialWrite[],
    expected?: number,
  ): Promise<TrialRecord> {
    const { state } = template
    const start = template.start ?? (state === 'WAITING' ? undefined : new Date())
    const complete = template.complete ?? (isFinished(state) ? new Date() : undefined)
    if (connection.dialect === 'postgresql') await this.#lockStudy(connection, study)
    const [row] = await connection.query(
      `INSERT INTO trials (number, study_id, state, datetime_start, datetime_complete)
       VALUES ((${NEXT_NUMBER}), ?, ?, ?, ?) RETURNING trial_id, number`,
      [study, study, state, start ? toTimestamp(start) : null, complete ? toTimestamp(complete) : null],
    )
    const [id, number] = row as [number, number | null]
    if (number === null) throw new StudyNotFoundError(study, this.url)
    this.#marks.create(study, { id, number })
    const missed = expected !== undefined && expected !== number
    const apply = missed ? writes.filter(({ kind }) => kind === 'heartbeat') : writes
    const ends = isFinished(state) || apply.some(({ kind }) => kind === 'state')
    const objectives = ends ? await this.#objectives(connection, study) : 0
    await writeTemplate(connection, { id, number, objectives }, template)
    const trial = new MutableTrial(id, number, {
      ...template,
      ...(start && { start }),
      ...(complete && { complete }),
    })
    if (apply.length > 0) {
      if (isFinished(state)) throw new FinishedTrialError(number, state)
      await writeChanges(connection, { id, number, objectives }, apply)
      for (const write of apply) trial.apply(write)
    }
    return trial.record()
  }

  async #records(connection: SqlConnection, condition: string, ...parameters: number[]) {
    return this.#reader.read(connection, await readRows(connection, condition, parameters))
  }

  async #checkStudy(connection: SqlConnection, study: number): Promise<void> {
    const [row] = await connection.query('SELECT 1 FROM studies WHERE study_id = ?', [study])
    if (row === undefined) throw new StudyNotFoundError(study, this.url)
  }

  /** What changes a study's trials takes turns; SQLite's writers do so anyway. */
  async #lockStudy(connection: SqlConnection, study: number): Promise<void> {
    const lock = connection.dialect === 'postgresql' ? ' FOR UPDATE' : ''
    const [row] = await connection.query(`SELECT 1 FROM studies WHERE study_id = ?${lock}`, [study])
    if (row === undefined) throw new StudyNotFoundError(study, this.url)
  }

  async #objectives(connection: SqlConnection, study: number): Promise<number> {
    const [row] = await connection.query('SELECT count(*) FROM study_directions WHERE study_id = ?', [study])
    return Number(row![0])
  }

  /** @throws TrialNotFoundError, FinishedTrialError */
  async #lockTrial(connection: SqlConnection, id: number): Promise<WrittenTrial> {
    const trial = await this.#lockAnyTrial(connection, id)
    if (isFinished(trial.state)) throw new FinishedTrialError(trial.number, trial.state)
    return trial
  }

  async #lockAnyTrial(
    connection: SqlConnection,
    id: number,
  ): Promise<WrittenTrial & { readonly state: TrialState }> {
    const lock = connection.dialect === 'postgresql' ? ' FOR UPDATE' : ''
    const [row] = await connection.query(
      `SELECT number, state, (SELECT count(*) FROM study_directions WHERE study_id = trials.study_id)
       FROM trials WHERE trial_id = ?${lock}`,
      [id],
    )
    if (row === undefined) throw new TrialNotFoundError(id, this.url)
    const [number, state, objectives] = row as [number, TrialState, number]
    return { id, number, state, objectives: Number(objectives) }
  }
}

const TRIAL_TABLES = [
  'trial_user_attributes',
  'trial_system_attributes',
  'trial_params',
  'trial_values',
  'trial_intermediate_values',
  'trial_heartbeats',
]

/** Children before their parents. */
const STUDY_TABLES = [
  'trials',
  'study_directions',
  'study_user_attributes',
  'study_system_attributes',
  'thresher_study_facts',
  'studies',
]

const OLDEST_WAITING_OF = `SELECT trial_id FROM trials WHERE state = 'WAITING' AND ${UNFINISHED} AND study_id =`
const OLDEST = 'ORDER BY trial_id LIMIT 1'

/** NULL where there is no such study. */
const NEXT_NUMBER = `SELECT coalesce(
  (SELECT number FROM trials WHERE trials.study_id = studies.study_id ORDER BY trial_id DESC LIMIT 1) + 1, 0)
  FROM studies WHERE study_id = ?`

/** The condition of stale trials: parameters are the study and the seconds. */
function stale(connection: SqlConnection): string {
  const age =
    connection.dialect === 'sqlite'
      ? "(julianday('now') - julianday(heartbeat)) * 86400.0"
      : 'extract(epoch from LOCALTIMESTAMP - heartbeat)'
  return `study_id = ? AND state = 'RUNNING' AND ${UNFINISHED}
    AND trial_id IN (SELECT trial_id FROM trial_heartbeats WHERE ${age} > ?)`
}

async function writeFacts(
  connection: SqlConnection,
  study: number,
  facts: ReadonlyMap<string, AttributeValue>,
): Promise<void> {
  for (const [key, value] of facts) {
    checkName('fact', key)
    await connection.query(
      `INSERT INTO thresher_study_facts (study_id, "key", value_json) VALUES (?, ?, ?)
       ON CONFLICT (study_id, "key") DO UPDATE SET value_json = excluded.value_json`,
      [study, key, stringifyPythonJson(value)],
    )
  }
}

/** A database that Optuna made has none, and one that is opened to be read gets none. */
async function hasFacts(connection: SqlConnection): Promise<boolean> {
  const [row] = await connection.query(
    connection.dialect === 'sqlite'
      ? "SELECT 1 FROM sqlite_master WHERE name = 'thresher_study_facts'"
      : "SELECT 1 WHERE to_regclass('thresher_study_facts') IS NOT NULL",
  )
  return row !== undefined
}
