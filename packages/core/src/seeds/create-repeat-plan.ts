import { nextRun } from '../comparison/next-run.js'
import type { SeedValues } from '../comparison/paired-comparison.js'
import type { ParamValue } from '../space/distribution.js'
import type { Duplicates } from '../study/drawer.js'
import type { Settings } from '../study/enqueue.js'
import { settingKey } from '../study/setting-key.js'
import type { Direction } from '../study/study-snapshot.js'
import type { TrialRecord } from '../trial/trial-record.js'
import { SettingMerger } from './merge-settings.js'
import { seedOf } from './repeat-attributes.js'
import type { Repeat, RepeatPlan } from './repeat-plan.js'
import { type Setting, settingsOf } from './settings.js'

export interface RepeatPlanOptions {
  readonly seeds: readonly number[] | undefined
  readonly baseline: Settings | undefined
  readonly duplicates: Duplicates
  readonly direction: Direction
}

/** A setting that failed more often than this on one seed is not run on it again. */
const RETRIES = 2
/** After each seed at most one setting in so many goes on to the next. */
const SHRINK = 3

/**
 * The plan of a study with a baseline, with seeds or where duplicates count as seeds; undefined for any other. The
 * baseline runs first, with every seed. Of the other settings one in three goes on to the second seed, one in nine to
 * the third, as far as successive elimination does not rule them out (comparison/next-run.ts). Where there is no
 * baseline the first setting takes its part.
 */
export function createRepeatPlan(options: RepeatPlanOptions): RepeatPlan | undefined {
  const { seeds, baseline, duplicates, direction } = options
  if (seeds === undefined && baseline === undefined && duplicates !== 'repeat') return undefined
  const merger = new SettingMerger()
  let last: { readonly trials: readonly TrialRecord[]; readonly settings: readonly Setting[] } | undefined

  function settingsNow(trials: readonly TrialRecord[]): readonly Setting[] {
    if (last?.trials !== trials) last = { trials, settings: settingsOf(trials) }
    return last.settings
  }

  function settingWith(
    trials: readonly TrialRecord[],
    params: ReadonlyMap<string, ParamValue>,
  ): Setting | undefined {
    if (params.size === 0) return undefined
    const key = settingKey(params)
    return settingsNow(trials).find((setting) => settingKey(setting.params) === key)
  }

  function freeSeed(setting: Setting | undefined): number | undefined {
    const taken = new Set(setting?.trials.map(seedOf))
    return seeds?.find((seed) => !taken.has(seed))
  }

  return {
    next(trials) {
      const settings = settingsNow(trials)
      return (
        (baseline && nextBaseline(baseline, seeds, settings, trials)) ??
        (seeds && nextSeed(seeds, settings, baseline !== undefined, direction))
      )
    },
    assign(trials, params) {
      if (seeds === undefined) return { seed: undefined, setting: undefined }
      const known = settingWith(trials, params)
      return { seed: freeSeed(known) ?? seeds[0], setting: known?.number }
    },
    isFull(trials, params) {
      const known = seeds && settingWith(trials, params)
      return known !== undefined && freeSeed(known) === undefined
    },
    merge: duplicates === 'repeat' ? (trials) => merger.merge(settingsNow(trials)) : undefined,
  }
}

function nextBaseline(
  params: Settings,
  seeds: readonly number[] | undefined,
  settings: readonly Setting[],
  trials: readonly TrialRecord[],
): Repeat | undefined {
  const held = settings.find(({ baseline }) => baseline)
  const setting = held?.number ?? trials.length
  // What the objective suggested beyond the baseline's own is the same for every seed.
  const known = new Map([...Object.entries(params), ...(held?.params ?? [])])
  if (seeds === undefined) {
    return held === undefined ? { params: known, seed: undefined, setting, baseline: true } : undefined
  }
  const taken = new Set(held?.trials.map(seedOf))
  const seed = seeds.find((each) => !taken.has(each) && (held?.failures.get(each) ?? 0) <= RETRIES)
  return seed === undefined ? undefined : { params: known, seed, setting, baseline: true }
}

function nextSeed(
  seeds: readonly number[],
  settings: readonly Setting[],
  hasBaseline: boolean,
  direction: Direction,
): Repeat | undefined {
  const finished = settings.filter(({ trials }) =>
    trials.some(({ state }) => state !== 'RUNNING' && state !== 'WAITING'),
  )
  const reference = hasBaseline ? finished.find(({ baseline }) => baseline) : finished[0]
  const candidates = finished.filter((setting) => setting !== reference)
  if (reference === undefined || candidates.length < SHRINK) return undefined
  const held = seedValues(reference, seeds)
  // A seed that the reference cannot finish compares nothing.
  const usable = seeds.filter((seed) => !Number.isNaN(held.get(seed)))
  if (usable.length === 0) return undefined
  const byId = new Map(candidates.map((setting) => [String(setting.number), setting]))
  const values = new Map([...byId].map(([id, setting]) => [id, seedValues(setting, usable)]))
  const { next } = nextRun(held, values, { direction, seeds: usable, shrink: SHRINK })
  if (next === undefined) return undefined
  const setting = next.id === undefined ? reference : byId.get(next.id)!
  return { params: setting.params, seed: next.seed, setting: setting.number, baseline: setting.baseline }
}

/** By seed; NaN where pruned or given up; the mean so far where a trial is under way. */
function seedValues({ trials, failures }: Setting, seeds: readonly number[]): SeedValues {
  const values = new Map<number, number>()
  for (const [seed, count] of failures) if (count > RETRIES) values.set(seed, Number.NaN)
  const complete = trials.filter(({ state }) => state === 'COMPLETE')
  const sum = complete.reduce((total, trial) => total + trial.values![0]!, 0)
  for (const trial of trials) {
    const seed = seedOf(trial)
    if (seed === undefined || !seeds.includes(seed) || values.has(seed)) continue
    if (trial.state === 'COMPLETE') values.set(seed, trial.values![0]!)
    else values.set(seed, trial.state === 'PRUNED' ? Number.NaN : sum / complete.length)
  }
  return values
}
