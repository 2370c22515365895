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
 * one setting, whatever their seeds, unless some of these are unknown: they may differ in what nobody wrote down.
 *
 * @param baseline the number of the baseline's trial, where it is not the one that the study marks
 */
export function runSettingsOf({ trials }: StudySnapshot, baseline?: number): RunSetting[] {
  const groups = new Map<string, { readonly runs: Run[]; marked: boolean }>()
  for (const setting of settingsOf(trials)) {
    const runs = setting.trials.map(runOf).filter((run) => run !== undefined)
    for (const run of runs) {
      const lone = run.unknown.length > 0
      const key = lone ? `run ${run.number}` : settingKey(run)
      const group = groups.get(key) ?? { runs: [], marked: false }
      group.runs.push(run)
      group.marked ||= lone ? run.baseline : setting.baseline
      groups.set(key, group)
    }
  }
  return [...groups.values()]
    .map(({ runs, marked }) =>
      settingFrom(
        runs.toSorted((a, b) => a.number - b.number),
        marked,
        baseline,
      ),
    )
    .sort((a, b) => a.number - b.number)
}

/** A text that runs share whose parameters, by name, are the same. */
function settingKey({ params }: Run): string {
  return JSON.stringify(
    [...params].sort(([a], [b]) => (a < b ? -1 : 1)),
    (_, value) => (typeof value === 'number' ? String(value) : value),
  )
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
