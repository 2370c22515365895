import { type ParamValue, type StudySnapshot, settingsOf } from '@thresher/core'
import { type Run, runOf } from './run.js'
import { meanOf } from './statistics.js'

/** A setting of a study with its finished runs. */
export interface RunSetting {
  /** Of its first trial. */
  readonly number: number
  /** For people: of its first run. */
  readonly name: string
  readonly params: ReadonlyMap<string, ParamValue>
  /** Parameters whose values nobody wrote down. */
  readonly unknown: readonly string[]
  readonly baseline: boolean
  /** At least one. */
  readonly runs: readonly Run[]
  /** Over its runs. */
  readonly mean: number
  /** Of its longest run. */
  readonly epochs: number | undefined
}

/**
 * The settings of a study that have a finished run, in order of their first trials. Runs with the same parameters are
 * one setting, unless some of these are unknown: they may differ in what nobody wrote down.
 *
 * @param baseline the number of the baseline's trial, where it is not the one that the study marks
 */
export function runSettingsOf({ trials }: StudySnapshot, baseline?: number): RunSetting[] {
  const found: RunSetting[] = []
  for (const setting of settingsOf(trials)) {
    const runs = setting.trials.map(runOf).filter((run) => run !== undefined)
    const known = runs.filter(({ unknown }) => unknown.length === 0)
    if (known.length > 0) found.push(settingFrom(known, setting.baseline, baseline))
    for (const run of runs) {
      if (run.unknown.length > 0) found.push(settingFrom([run], run.baseline, baseline))
    }
  }
  return found.sort((a, b) => a.number - b.number)
}

function settingFrom(runs: readonly Run[], marked: boolean, baseline: number | undefined): RunSetting {
  const first = runs[0]!
  const epochs = runs.map((run) => run.epochs).filter((count) => count !== undefined)
  return {
    number: first.number,
    name: first.name,
    params: first.params,
    unknown: first.unknown,
    baseline: baseline === undefined ? marked : runs.some((run) => run.number === baseline),
    runs,
    mean: meanOf(runs.map(({ value }) => value)),
    epochs: epochs.length === 0 ? undefined : Math.max(...epochs),
  }
}
