import { stringifyPythonJson } from '../../python-json.js'
import { distributionToJson } from '../../space/distribution-json.js'
import { toInternal } from '../../space/param-value.js'
import type { TrialRecord } from '../../trial/trial-record.js'
import { StudyNotFoundError } from '../errors.js'
import type { Storage } from '../storage.js'
import { DIRECTIONS, OPERATION, STATES } from './operations.js'
import { withTrialKeys } from './trial-keys.js'

/**
 * A study as Optuna's journal file (Optuna 3.1 and later): lines, each with its end, one a trial. What Optuna's format
 * has no place for stays behind: our own facts (sampler, seed, budget), and heartbeats.
 * @throws StudyNotFoundError
 */
export async function* exportJournal(storage: Storage, studyName: string): AsyncGenerator<string> {
  const study = await storage.findStudy(studyName)
  if (study === undefined) throw new StudyNotFoundError(studyName, storage.url)
  const trials = await storage.readTrials(study.id)
  const worker = JSON.stringify(`${crypto.randomUUID()}-0`)
  const line = (operation: number, fields: readonly [name: string, json: string][]) =>
    `{"op_code":${operation},"worker_id":${worker},${fields.map(([name, json]) => `"${name}":${json}`).join(',')}}\n`
  yield line(OPERATION.createStudy, [
    ['study_name', JSON.stringify(study.name)],
    ['directions', JSON.stringify(study.directions.map((direction) => DIRECTIONS.indexOf(direction)))],
  ])
  for (const trial of trials) yield line(OPERATION.createTrial, [['study_id', '0'], ...templateOf(trial)])
  // Keys are implicit: a trial's is how many were created before it.
  const keys = new Map(trials.map(({ id, number }) => [id, number]))
  for (const [key, value] of study.userAttributes) {
    yield line(OPERATION.setStudyUserAttribute, [
      ['study_id', '0'],
      ['user_attr', pair(key, stringifyPythonJson(value))],
    ])
  }
  for (const attribute of study.systemAttributes) {
    const [key, value] = withTrialKeys(...attribute, keys)
    yield line(OPERATION.setStudySystemAttribute, [
      ['study_id', '0'],
      ['system_attr', pair(key, stringifyPythonJson(value))],
    ])
  }
}

function templateOf(trial: TrialRecord): [name: string, json: string][] {
  const { values } = trial
  const several = values !== undefined && values.length > 1
  const params: string[] = []
  const distributions: string[] = []
  for (const [name, value] of trial.params) {
    const distribution = trial.distributions.get(name)!
    params.push(entry(name, stringifyPythonJson(toInternal(distribution, value))))
    distributions.push(entry(name, JSON.stringify(distributionToJson(distribution))))
  }
  const object = (entries: Iterable<readonly [string | number, unknown]>) =>
    `{${[...entries].map(([key, value]) => entry(String(key), stringifyPythonJson(value))).join(',')}}`
  return [
    ['datetime_start', time(trial.start)],
    ['state', String(STATES.indexOf(trial.state))],
    ['value', several || values === undefined ? 'null' : stringifyPythonJson(values[0])],
    ['values', several ? stringifyPythonJson(values) : 'null'],
    ...(trial.complete === undefined
      ? []
      : ([['datetime_complete', time(trial.complete)]] satisfies [string, string][])),
    ['distributions', `{${distributions.join(',')}}`],
    ['params', `{${params.join(',')}}`],
    ['user_attrs', object(trial.userAttributes)],
    ['system_attrs', object(trial.systemAttributes)],
    ['intermediate_values', object(trial.intermediate)],
  ]
}

function entry(key: string, json: string): string {
  return `${JSON.stringify(key)}:${json}`
}

function pair(key: string, json: string): string {
  return `{${entry(key, json)}}`
}

function time(date: Date | undefined): string {
  return date === undefined ? 'null' : `"${date.toISOString().slice(0, 23)}000+00:00"`
}
