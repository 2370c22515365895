import type { Direction, ParamValue, StudySetting } from '@thresher/core'

/** The mean of a setting's COMPLETE trials; undefined where it has none. */
export function meanOf({ trials }: StudySetting): number | undefined {
  const values = trials.filter(({ state }) => state === 'COMPLETE').map(({ values }) => values![0]!)
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The settings with a value, the best first; of equals the earlier. */
export function bestFirst(settings: readonly StudySetting[], direction: Direction): StudySetting[] {
  const sign = direction === 'minimize' ? 1 : -1
  return settings
    .map((setting) => ({ setting, mean: meanOf(setting) }))
    .filter((each): each is { setting: StudySetting; mean: number } => each.mean !== undefined)
    .sort((a, b) => sign * (a.mean - b.mean))
    .map(({ setting }) => setting)
}

/** A text that two settings share where their parameters are the same. */
export function keyOf(params: Iterable<readonly [string, ParamValue]>): string {
  return JSON.stringify([...params].sort(([a], [b]) => (a < b ? -1 : 1)))
}
