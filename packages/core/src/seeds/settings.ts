import { livingTrials } from '../pruners/resume.js'
import type { ParamValue } from '../space/distribution.js'
import { trialSettingKey } from '../study/setting-key.js'
import type { TrialRecord } from '../trial/trial-record.js'
import { isBaseline, seedOf, settingOf } from './repeat-attributes.js'

/** A setting of a study and the trials that ran it, by number. */
export interface Setting {
  /** Of its first trial, failed or not. */
  readonly number: number
  /** Of its first trial that finished, else as far as they are known. */
  readonly params: ReadonlyMap<string, ParamValue>
  readonly baseline: boolean
  /** All but the failed; none where all failed. */
  readonly trials: readonly TrialRecord[]
  /** Trials that failed, how many by seed. */
  readonly failures: ReadonlyMap<number, number>
}

interface OpenSetting extends Setting {
  params: ReadonlyMap<string, ParamValue>
  readonly trials: TrialRecord[]
  readonly failures: Map<number, number>
}

/**
 * The settings of a study, in order of their first trials: trials with the same parameters are one. A trial that has
 * not asked for all of its parameters belongs to the setting that it was started for.
 */
export function settingsOf(trials: readonly TrialRecord[]): readonly Setting[] {
  const byKey = new Map<string, OpenSetting>()
  const byNumber = new Map<number, OpenSetting>()

  function open(trial: TrialRecord): OpenSetting {
    const setting: OpenSetting = {
      number: trial.number,
      params: trial.params,
      baseline: isBaseline(trial),
      trials: [],
      failures: new Map(),
    }
    byNumber.set(trial.number, setting)
    return setting
  }

  for (const trial of livingTrials({ trials })) {
    const started = byNumber.get(settingOf(trial))
    if (trial.state === 'FAIL') {
      const seed = seedOf(trial)
      const setting = started ?? byKey.get(trialSettingKey(trial)) ?? open(trial)
      if (seed !== undefined) setting.failures.set(seed, (setting.failures.get(seed) ?? 0) + 1)
      continue
    }
    const finished = trial.state === 'COMPLETE' || trial.state === 'PRUNED'
    const key = finished ? trialSettingKey(trial) : undefined
    const setting = (key !== undefined ? byKey.get(key) : undefined) ?? started ?? open(trial)
    if (key !== undefined && !byKey.has(key)) {
      byKey.set(key, setting)
      setting.params = trial.params
    }
    setting.trials.push(trial)
  }
  return [...byNumber.values()]
}
