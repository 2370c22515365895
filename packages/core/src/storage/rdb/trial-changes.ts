import { InputError } from '../../errors.js'
import { stringifyPythonJson } from '../../python-json.js'
import type { Distribution } from '../../space/distribution.js'
import { distributionToJson } from '../../space/distribution-json.js'
import { toInternal } from '../../space/param-value.js'
import { type AttributeValue, isFinished, type TrialState } from '../../trial/trial-record.js'
import { FinishedTrialError } from '../errors.js'
import type { AttributeScope, TrialTemplate, TrialWrite } from '../storage.js'
import { checkInternal, checkName, checkStep, checkValues, checkWritable } from '../trial-rules.js'
import { encodeNumber } from './numbers.js'
import type { SqlConnection, SqlParameter } from './sql.js'
import { toTimestamp } from './timestamp.js'

/** What writes come to, once the later ones have replaced the earlier ones. */
interface Changes {
  readonly params: Map<string, readonly [internal: number, distribution: Distribution]>
  readonly reports: Map<number, number>
  readonly attributes: Readonly<Record<AttributeScope, Map<string, AttributeValue>>>
  state: TrialState | undefined
  values: readonly number[] | undefined
  heartbeat: boolean
}

/** The trial that is written: what the rules need to know of it. */
export interface WrittenTrial {
  readonly id: number
  readonly number: number
  readonly objectives: number
}

/**
 * Writes what changes an unfinished trial, within the caller's transaction.
 * @throws InputError where a write breaks a rule, FinishedTrialError where one comes after the trial's end.
 */
export async function writeChanges(
  connection: SqlConnection,
  trial: WrittenTrial,
  writes: readonly TrialWrite[],
): Promise<void> {
  const changes = collect(writes, trial)
  await insertAll(connection, trial, changes)
  const { state } = changes
  if (state === undefined) return
  const now = toTimestamp(new Date())
  if (state === 'WAITING') {
    await connection.query("UPDATE trials SET state = 'WAITING', datetime_start = NULL WHERE trial_id = ?", [
      trial.id,
    ])
    await connection.query('DELETE FROM trial_heartbeats WHERE trial_id = ?', [trial.id])
  } else {
    await connection.query('UPDATE trials SET state = ?, datetime_complete = ? WHERE trial_id = ?', [
      state,
      now,
      trial.id,
    ])
  }
}

/** Writes what a template has beside its row in `trials`, within the caller's transaction. */
export async function writeTemplate(
  connection: SqlConnection,
  trial: WrittenTrial,
  template: TrialTemplate,
): Promise<void> {
  checkValues(template.state, template.values, trial.objectives)
  const params = new Map<string, readonly [number, Distribution]>()
  for (const [name, value] of template.params ?? []) {
    const distribution = template.distributions?.get(name)
    const internal = distribution && toInternal(distribution, value)
    if (distribution === undefined || internal === undefined) {
      throw new InputError(
        `parameter ${name} is ${value}, which no distribution of the trial gives; mend it.`,
      )
    }
    params.set(name, [internal, distribution])
  }
  await insertAll(connection, trial, {
    params,
    reports: new Map(template.intermediate),
    attributes: {
      user: new Map(template.userAttributes),
      system: new Map(template.systemAttributes),
    },
    state: template.state,
    values: template.values,
    heartbeat: false,
  })
}

/** Says that the trial's process lives, by the database's clock. */
export async function beat(connection: SqlConnection, trial: number): Promise<void> {
  // PostgreSQL: the session's local time, as Optuna writes it; the one must be comparable with the other's.
  const now = connection.dialect === 'sqlite' ? "strftime('%Y-%m-%d %H:%M:%f000', 'now')" : 'LOCALTIMESTAMP'
  await connection.query(
    `INSERT INTO trial_heartbeats (trial_id, heartbeat) VALUES (?, ${now})
     ON CONFLICT (trial_id) DO UPDATE SET heartbeat = excluded.heartbeat`,
    [trial],
  )
}

function collect(writes: readonly TrialWrite[], trial: WrittenTrial): Changes {
  const changes: Changes = {
    params: new Map(),
    reports: new Map(),
    attributes: { user: new Map(), system: new Map() },
    state: undefined,
    values: undefined,
    heartbeat: false,
  }
  for (const write of writes) {
    if (changes.state !== undefined && isFinished(changes.state)) {
      throw new FinishedTrialError(trial.number, changes.state)
    }
    switch (write.kind) {
      case 'param':
        changes.params.set(write.name, [write.internal, write.distribution])
        break
      case 'report':
        if (!changes.reports.has(write.step)) changes.reports.set(write.step, write.value)
        break
      case 'attribute':
        changes.attributes[write.scope].set(write.key, write.value)
        break
      case 'state':
        checkWritable(write.state)
        checkValues(write.state, write.values, trial.objectives)
        changes.state = write.state
        changes.values = write.values
        break
      case 'heartbeat':
        changes.heartbeat = true
        break
    }
  }
  return changes
}

async function insertAll(connection: SqlConnection, trial: WrittenTrial, changes: Changes): Promise<void> {
  const params = [...changes.params].map(([name, [internal, distribution]]) => {
    checkName('parameter', name)
    checkInternal(name, internal)
    return [trial.id, name, internal, distributionText(distribution)]
  })
  await insert(
    connection,
    'trial_params (trial_id, param_name, param_value, distribution_json)',
    params,
    '(trial_id, param_name) DO UPDATE SET param_value = excluded.param_value, distribution_json = excluded.distribution_json',
  )
  const reports = [...changes.reports].map(([step, value]) => {
    checkStep(step)
    return [trial.id, step, ...encodeNumber(value)]
  })
  await insert(
    connection,
    'trial_intermediate_values (trial_id, step, intermediate_value, intermediate_value_type)',
    reports,
    '(trial_id, step) DO NOTHING',
  )
  for (const scope of ['user', 'system'] as const) {
    const attributes = [...changes.attributes[scope]].map(([key, value]) => {
      checkName('attribute', key)
      return [trial.id, key, stringifyPythonJson(value)]
    })
    await insert(
      connection,
      `trial_${scope}_attributes (trial_id, "key", value_json)`,
      attributes,
      '(trial_id, "key") DO UPDATE SET value_json = excluded.value_json',
    )
  }
  const values = (changes.values ?? []).map((value, i) => [trial.id, i, ...encodeNumber(value)])
  await insert(
    connection,
    'trial_values (trial_id, objective, value, value_type)',
    values,
    '(trial_id, objective) DO UPDATE SET value = excluded.value, value_type = excluded.value_type',
  )
  if (changes.heartbeat) await beat(connection, trial.id)
}

/** Rows of one statement: enough to save round trips, few enough for every server's limit on parameters. */
const ROWS = 16

async function insert(
  connection: SqlConnection,
  into: string,
  rows: readonly (readonly SqlParameter[])[],
  onConflict: string,
): Promise<void> {
  for (let i = 0; i < rows.length; i += ROWS) {
    const part = rows.slice(i, i + ROWS)
    const row = `(${part[0]!.map(() => '?').join(', ')})`
    await connection.query(
      `INSERT INTO ${into} VALUES ${part.map(() => row).join(', ')} ON CONFLICT ${onConflict}`,
      part.flat(),
    )
  }
}

const texts = new WeakMap<Distribution, string>()

function distributionText(distribution: Distribution): string {
  let text = texts.get(distribution)
  if (text === undefined) {
    text = distributionToJson(distribution)
    texts.set(distribution, text)
  }
  return text
}
