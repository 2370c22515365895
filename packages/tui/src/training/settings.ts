import {
  fixedParamsOf,
  type ParamValue,
  retriedTrials,
  settingOf,
  settingsOf,
  type TrialRecord,
} from '@thresher/core'
import { RUN_FACTS } from '@thresher/sweeps/sweep-study'

/** A setting with every trial that ran it, runs it or is to run it. */
export interface TrainedSetting {
  /** Of its first trial. */
  readonly number: number
  readonly params: ReadonlyMap<string, ParamValue>
  /** Whether the study marks it as what the others are held against. */
  readonly baseline: boolean
  /** At least one, by number; the failed ones too, but for those that are run again. */
  readonly trials: readonly TrialRecord[]
}

interface OpenSetting extends TrainedSetting {
  readonly trials: TrialRecord[]
}

/**
 * The settings of a study in order of their first trials. As core's, but for queued trials, which belong to the setting
 * that they are to run, and for runs with parameters that nobody wrote down, which are settings of their own.
 */
export function trainedSettings(trials: readonly TrialRecord[]): readonly TrainedSetting[] {
  const settings = new Map<number, OpenSetting>()
  const queued: OpenSetting[] = []
  for (const { number, params, baseline, trials: own } of settingsOf(trials)) {
    const known = own.filter((trial) => !lacksParameters(trial))
    for (const trial of own) {
      if (lacksParameters(trial))
        settings.set(trial.number, { number: trial.number, params: trial.params, baseline, trials: [trial] })
    }
    if (own.length > 0 && known.length === 0) continue
    const setting = { number, params: paramsOf(params, known[0]), baseline, trials: [...known] }
    if (own.length > 0 && own.every(({ state }) => state === 'WAITING')) queued.push(setting)
    else settings.set(number, setting)
  }
  addQueued(settings, queued)
  addFailed(settings, trials)
  const all = [...settings.values()].filter((setting) => setting.trials.length > 0)
  for (const setting of all) setting.trials.sort((a, b) => a.number - b.number)
  return all.sort((a, b) => a.number - b.number)
}

function addQueued(settings: Map<number, OpenSetting>, queued: readonly OpenSetting[]): void {
  const byKey = new Map([...settings.values()].map((setting) => [keyOf(setting.params), setting]))
  for (const setting of queued) {
    const key = keyOf(setting.params)
    const other = setting.params.size > 0 ? byKey.get(key) : undefined
    if (other !== undefined) other.trials.push(...setting.trials)
    else {
      settings.set(setting.number, setting)
      byKey.set(key, setting)
    }
  }
}

/** Core's settings keep only how many trials failed. Those of dead processes that are run again say nothing of theirs. */
function addFailed(settings: ReadonlyMap<number, OpenSetting>, trials: readonly TrialRecord[]): void {
  const retried = retriedTrials(trials)
  for (const trial of trials) {
    if (trial.state === 'FAIL' && !retried.has(trial.number))
      (settings.get(settingOf(trial)) ?? settings.get(trial.number))?.trials.push(trial)
  }
}

/** What is fixed for a trial that waits stands for what it has not been given yet. */
function paramsOf(
  params: ReadonlyMap<string, ParamValue>,
  first: TrialRecord | undefined,
): ReadonlyMap<string, ParamValue> {
  return params.size > 0 || first === undefined ? params : new Map(Object.entries(fixedParamsOf(first)))
}

function lacksParameters({ userAttributes }: TrialRecord): boolean {
  const unknown = userAttributes.get(RUN_FACTS.unknown)
  return Array.isArray(unknown) && unknown.length > 0
}

function keyOf(params: ReadonlyMap<string, ParamValue>): string {
  return JSON.stringify([...params].sort(([a], [b]) => (a < b ? -1 : 1)))
}
