import type { ParamValue, TrialRecord } from '@thresher/core'
import { keyOf, type RunSetting, settingsOf } from './settings-of.js'

/** A setting that failed so often while it was verified is given up. */
const MOST_FAILURES = 3

/** A setting and how many more runs it takes until it ran with every seed. */
export interface MissingRuns {
  readonly params: ReadonlyMap<string, ParamValue>
  readonly runs: number
}

/** What the settings lack until each has run, runs or waits with every seed; those that keep failing lack nothing. */
export function missingRuns(
  settings: readonly RunSetting[],
  seeds: readonly number[],
  trials: readonly TrialRecord[],
): MissingRuns[] {
  const now = new Map(settingsOf(trials).map((setting) => [keyOf(setting.params), setting]))
  const waiting = new Map<string, number>()
  for (const { state, params, systemAttributes } of trials) {
    if (state !== 'WAITING' || params.size > 0) continue
    const fixed = systemAttributes.get('fixed_params')
    if (typeof fixed !== 'object' || fixed === null) continue
    const key = keyOf(Object.entries(fixed as Record<string, ParamValue>))
    waiting.set(key, (waiting.get(key) ?? 0) + 1)
  }
  return settings
    .map(({ params }) => {
      const key = keyOf(params)
      const own = now.get(key)?.trials ?? []
      const failures = own.filter(({ state }) => state === 'FAIL').length
      const runs = seeds.length - (own.length - failures) - (waiting.get(key) ?? 0)
      return { params, runs: failures >= MOST_FAILURES ? 0 : Math.max(0, runs) }
    })
    .filter(({ runs }) => runs > 0)
}
