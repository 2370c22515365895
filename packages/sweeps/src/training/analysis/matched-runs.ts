import type { ParamValue } from '@thresher/core'
import { FEW_VALUES } from './parameter-groups.js'
import type { RunSetting } from './run-settings.js'
import { meanInterval, meanOf } from './statistics.js'

/** What one parameter did, in settings that are alike but for it. Plain data. */
export interface MatchedRuns {
  readonly name: string
  readonly from: ParamValue
  readonly to: ParamValue
  /** Pairs of settings that differ in this parameter alone. */
  readonly pairs: number
  /** Means over the pairs, in the metric's unit. */
  readonly meanFrom: number
  readonly meanTo: number
  /** `to` minus `from`. */
  readonly difference: number
  /** Student's interval of the mean difference; null with one pair. */
  readonly interval: readonly [low: number, high: number] | null
  /** How much longer runs with `to` take, -0.23 being 23 % less; null where times are not known. */
  readonly time: number | null
}

/**
 * Compares the values of each parameter that has a few, on settings that have the same values of all others: what a
 * grid allows, and where tables of unlike runs mislead. Values are taken in order, each with the next.
 */
export function matchedRuns(settings: readonly RunSetting[], level: number): MatchedRuns[] {
  const whole = settings.filter(({ unknown }) => unknown.length === 0)
  const names = [...new Set(whole.flatMap(({ params }) => [...params.keys()]))]
  return names.flatMap((name) => {
    const values = [...new Set(whole.map(({ params }) => params.get(name)))].filter(
      (value) => value !== undefined,
    )
    if (values.length < 2 || values.length > FEW_VALUES) return []
    if (values.every((value) => typeof value === 'number')) values.sort((a, b) => a - b)
    return values.slice(1).flatMap((to, i) => contrast(whole, name, values[i]!, to, level) ?? [])
  })
}

function contrast(
  settings: readonly RunSetting[],
  name: string,
  from: ParamValue,
  to: ParamValue,
  level: number,
): MatchedRuns | undefined {
  const rest = ({ params }: RunSetting) =>
    JSON.stringify([...params].filter(([key]) => key !== name).sort(([a], [b]) => (a < b ? -1 : 1)))
  const partners = new Map(
    settings.filter(({ params }) => params.get(name) === from).map((setting) => [rest(setting), setting]),
  )
  const pairs = settings
    .filter(({ params }) => params.get(name) === to)
    .flatMap((setting) => {
      const partner = partners.get(rest(setting))
      return partner === undefined ? [] : [{ before: partner, after: setting }]
    })
  if (pairs.length === 0) return undefined
  const differences = pairs.map(({ before, after }) => after.mean - before.mean)
  const times = pairs.map(({ before, after }) => [timeOf(before), timeOf(after)] as const)
  const timed = times.every(([a, b]) => a !== undefined && b !== undefined)
  const total = (side: 0 | 1) => times.reduce((sum, pair) => sum + pair[side]!, 0)
  return {
    name,
    from,
    to,
    pairs: pairs.length,
    meanFrom: meanOf(pairs.map(({ before }) => before.mean)),
    meanTo: meanOf(pairs.map(({ after }) => after.mean)),
    difference: meanOf(differences),
    interval: meanInterval(differences, level) ?? null,
    time: timed && total(0) > 0 ? total(1) / total(0) - 1 : null,
  }
}

function timeOf({ runs }: RunSetting): number | undefined {
  const known = runs.map(({ seconds }) => seconds).filter((seconds) => seconds !== undefined)
  return known.length === 0 ? undefined : meanOf(known)
}
