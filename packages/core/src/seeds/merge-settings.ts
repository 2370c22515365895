import type { TrialRecord } from '../trial/trial-record.js'
import type { Setting } from './settings.js'

/**
 * One record for a setting: its first trial's, with the mean of the values of its COMPLETE trials. COMPLETE where one
 * of them is, else RUNNING where one is not finished.
 */
function mergedRecord({ trials }: Setting): TrialRecord {
  const complete = trials.filter(({ state }) => state === 'COMPLETE')
  const first = complete[0] ?? trials.find(({ state }) => state === 'RUNNING') ?? trials[0]!
  if (complete.length < 2) return first
  const values = first.values!.map((_, objective) =>
    meanOf(complete.map((trial) => trial.values![objective]!)),
  )
  // Infinities of both signs have no mean.
  return values.some(Number.isNaN) ? first : { ...first, values }
}

/** Merges settings, and hands out the same record for as long as a setting's trials are the same. */
export class SettingMerger {
  readonly #made = new Map<
    number,
    { readonly trials: readonly TrialRecord[]; readonly record: TrialRecord }
  >()

  merge(settings: readonly Setting[]): readonly TrialRecord[] {
    const run = settings.filter(({ trials }) => trials.length > 0)
    return run.map((setting) => {
      const known = this.#made.get(setting.number)
      if (known !== undefined && sameTrials(known.trials, setting.trials)) return known.record
      const record = mergedRecord(setting)
      this.#made.set(setting.number, { trials: setting.trials, record })
      return record
    })
  }
}

function sameTrials(a: readonly TrialRecord[], b: readonly TrialRecord[]): boolean {
  return a.length === b.length && a.every((trial, i) => trial === b[i])
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
