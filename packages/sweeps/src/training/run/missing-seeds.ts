import {
  fixedParamsOf,
  type ParamValue,
  type StudySetting,
  settingsOf,
  type TrialRecord,
} from '@thresher/core'
import { keyOf } from './setting-values.js'

/** A setting that failed so often is given up. */
const MOST_FAILURES = 3

/** A setting and how many more runs it takes until it ran with every seed. */
export interface MissingRuns {
  readonly params: ReadonlyMap<string, ParamValue>
  readonly runs: number
}

/** What the settings lack until each has run, runs or waits with every seed; those that keep failing lack nothing. */
export function missingRuns(
  settings: readonly StudySetting[],
  seeds: readonly number[],
  trials: readonly TrialRecord[],
): MissingRuns[] {
  const now = new Map(settingsOf(trials).map((setting) => [keyOf(setting.params), setting]))
  const queued = new Map<string, number>()
  for (const trial of trials) {
    // One that ran before is among its setting's.
    if (trial.state !== 'WAITING' || trial.params.size > 0) continue
    const key = keyOf(Object.entries(fixedParamsOf(trial)))
    queued.set(key, (queued.get(key) ?? 0) + 1)
  }
  return settings
    .map(({ params }) => {
      const key = keyOf(params)
      const own = now.get(key)
      const failures = [...(own?.failures.values() ?? [])].reduce((sum, count) => sum + count, 0)
      const runs = seeds.length - (own?.trials.length ?? 0) - (queued.get(key) ?? 0)
      return { params, runs: failures >= MOST_FAILURES ? 0 : Math.max(0, runs) }
    })
    .filter(({ runs }) => runs > 0)
}
