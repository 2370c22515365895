import { stringifyPythonJson } from '../python-json.js'
import type { ParamValue } from '../space/distribution.js'
import { fixedParamsOf } from '../trial/trial.js'
import type { TrialRecord } from '../trial/trial-record.js'

/** A text that two settings share where their parameters, by name, are the same. */
export function settingKey(params: Iterable<readonly [string, ParamValue]>): string {
  return stringifyPythonJson([...params].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
}

const keys = new WeakMap<TrialRecord, string>()

/** The key of a trial's setting: of its parameters, and of those that are fixed but not suggested yet. */
export function trialSettingKey(trial: TrialRecord): string {
  let key = keys.get(trial)
  if (key === undefined) {
    const unfinished = trial.state === 'RUNNING' || trial.state === 'WAITING'
    const fixed = unfinished ? Object.entries(fixedParamsOf(trial)) : []
    key = settingKey(new Map([...fixed, ...trial.params]))
    keys.set(trial, key)
  }
  return key
}
