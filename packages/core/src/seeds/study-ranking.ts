import { comparePaired } from '../comparison/compare-paired.js'
import type { CompareOptions, PairedComparison } from '../comparison/paired-comparison.js'
import { InputError } from '../errors.js'
import type { ParamValue } from '../space/distribution.js'
import type { StudySnapshot } from '../study/study-snapshot.js'
import { seedOf } from './repeat-attributes.js'
import { type Setting, settingsOf } from './settings.js'

export type StudyRankingOptions = Omit<CompareOptions, 'direction'>

/** A setting and how it compares with the baseline on the seeds that both ran. */
export interface RankedStudySetting extends PairedComparison {
  /** The number of its first trial. */
  readonly setting: number
  readonly params: ReadonlyMap<string, ParamValue>
  /** Numbers of its COMPLETE trials. */
  readonly trials: readonly number[]
}

export interface StudyRanking {
  readonly baseline: {
    readonly setting: number
    readonly params: ReadonlyMap<string, ParamValue>
    /** Its value on each seed. */
    readonly values: ReadonlyMap<number, number>
  }
  /** Every other setting with a COMPLETE trial, by mean difference, the best first. */
  readonly settings: readonly RankedStudySetting[]
}

/**
 * Ranks the settings of a study with seeds against its baseline, or its first setting where it has none, by paired
 * differences on the same seeds, with verdicts (comparison/compare-paired.ts). Verdicts hold though they are read after
 * each trial, while settings come and seeds are given out: `planned` is the number of the study's seeds unless given, and
 * `toCome` the number of settings that have one seed.
 * @throws InputError where the study has several objectives, no seeds, or no baseline that is COMPLETE on one.
 */
export function rankStudy(
  { name, directions, trials }: StudySnapshot,
  seeds: readonly number[] | undefined,
  options: StudyRankingOptions,
): StudyRanking {
  const [direction] = directions
  if (directions.length !== 1 || direction === undefined) {
    throw new InputError(
      `study "${name}": ranking() compares one objective, and it has ${directions.length}.`,
    )
  }
  if (seeds === undefined) {
    throw new InputError(
      `study "${name}": ranking() compares on the same seeds, and it has none; create it with seeds.`,
    )
  }
  const settings = settingsOf(trials).map((setting) => ({ setting, values: valuesBySeed(setting) }))
  const reference = settings.find(({ setting }) => setting.baseline) ?? settings[0]
  if (reference === undefined || reference.values.size === 0) {
    throw new InputError(
      `study "${name}": ranking() needs a baseline that is COMPLETE on one seed; run it first.`,
    )
  }
  const others = new Map(
    settings
      .filter((each) => each !== reference && each.values.size > 0)
      .map((each) => [String(each.setting.number), each]),
  )
  const most = Math.max(seeds.length, ...[...others.values()].map(({ values }) => values.size))
  // Settings that wait for a second seed say that the study goes on: about as many are going to join.
  const toCome = [...others.values()].filter(({ values }) => values.size === 1).length
  const compared = comparePaired(
    reference.values,
    new Map([...others].map(([id, { values }]) => [id, values])),
    { ...(most >= 2 && { planned: most, toCome }), ...options, direction },
  )
  return {
    baseline: {
      setting: reference.setting.number,
      params: reference.setting.params,
      values: reference.values,
    },
    settings: compared.map((comparison) => {
      const { setting } = others.get(comparison.id)!
      const complete = setting.trials.filter(({ state }) => state === 'COMPLETE')
      // A spread would work out what comparisons leave until it is asked for.
      return Object.assign(comparison, {
        setting: setting.number,
        params: setting.params,
        trials: complete.map(({ number }) => number),
      })
    }),
  }
}

/** The value of each seed; the mean of several trials with the same one. */
function valuesBySeed({ trials }: Setting): ReadonlyMap<number, number> {
  const lists = new Map<number, number[]>()
  for (const trial of trials) {
    const seed = seedOf(trial)
    if (seed === undefined || trial.state !== 'COMPLETE') continue
    lists.set(seed, [...(lists.get(seed) ?? []), trial.values![0]!])
  }
  return new Map(
    [...lists].map(([seed, list]) => [seed, list.reduce((sum, value) => sum + value, 0) / list.length]),
  )
}
