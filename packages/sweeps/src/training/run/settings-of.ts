import type { Direction, ParamValue, TrialRecord } from '@thresher/core'

/** A setting of the sweep, with what its trials came to. */
export interface RunSetting {
  readonly params: ReadonlyMap<string, ParamValue>
  readonly baseline: boolean
  /** Whatever their state. */
  readonly trials: readonly TrialRecord[]
  /** Of its COMPLETE trials; undefined where it has none. */
  readonly mean: number | undefined
}

/** The settings of some trials, by their parameters, in order of their first trials. */
export function settingsOf(trials: readonly TrialRecord[]): RunSetting[] {
  const groups = new Map<string, TrialRecord[]>()
  for (const trial of trials) {
    if (trial.params.size === 0) continue
    const key = keyOf(trial.params)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [trial])
    else group.push(trial)
  }
  return [...groups.values()].map((group) => ({
    params: group[0]!.params,
    baseline: group.some(isBaseline),
    trials: group,
    mean: meanOf(group),
  }))
}

/** Those with a value, the best first. */
export function byValue(settings: readonly RunSetting[], direction: Direction): RunSetting[] {
  const sign = direction === 'minimize' ? 1 : -1
  return settings.filter(({ mean }) => mean !== undefined).sort((a, b) => sign * (a.mean! - b.mean!))
}

/** A text that two settings share where their parameters are the same. */
export function keyOf(params: Iterable<readonly [string, ParamValue]>): string {
  return JSON.stringify([...params].sort(([a], [b]) => (a < b ? -1 : 1)))
}

export function isBaseline({ userAttributes }: TrialRecord): boolean {
  return userAttributes.get('baseline') === true
}

function meanOf(trials: readonly TrialRecord[]): number | undefined {
  const values = trials.filter(({ state }) => state === 'COMPLETE').map(({ values }) => values![0]!)
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length
}
