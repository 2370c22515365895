import { comparePaired, type PairedComparison, type StudySetting, seedOf } from '@thresher/core'
import type { WatchedStudy } from './watched-study.js'

export interface ComparedSettings {
  /** The setting that the others are held against; undefined where the study names none and has no seeds. */
  readonly baseline: StudySetting | undefined
  /** By setting, as far as it and the baseline have complete trials. */
  readonly comparisons: ReadonlyMap<number, PairedComparison>
}

/** Stands for the seed in studies that have none: a run each, and no verdict can come of it. */
const ONE_RUN = 0

/** How a study's settings compare with its baseline, with seeds by the study's own ranking. */
export function compareSettings(study: WatchedStudy, settings: readonly StudySetting[]): ComparedSettings {
  const named = settings.find((setting) => setting.baseline)
  const [direction] = study.directions
  if (study.directions.length !== 1 || direction === undefined) return { baseline: named, comparisons: NONE }
  if (study.seeds !== undefined) {
    // Where none is named the study's first setting takes its part, once it has a value.
    const reference = named ?? settings[0]
    const ready = reference?.trials.some((trial) => trial.state === 'COMPLETE' && seedOf(trial) !== undefined)
    if (!ready) return { baseline: named, comparisons: NONE }
    const { settings: ranked } = study.ranking()
    return { baseline: reference, comparisons: new Map(ranked.map((row) => [row.setting, row])) }
  }
  const reference = named && meanOf(named)
  if (named === undefined || reference === undefined) return { baseline: named, comparisons: NONE }
  const candidates = new Map<string, ReadonlyMap<number, number>>()
  for (const setting of settings) {
    const mean = meanOf(setting)
    if (setting !== named && mean !== undefined)
      candidates.set(String(setting.number), new Map([[ONE_RUN, mean]]))
  }
  const compared = comparePaired(new Map([[ONE_RUN, reference]]), candidates, { direction })
  return { baseline: named, comparisons: new Map(compared.map((row) => [Number(row.id), row])) }
}

const NONE: ReadonlyMap<number, PairedComparison> = new Map()

/** The mean of a setting's complete trials; undefined without any. */
function meanOf({ trials }: StudySetting): number | undefined {
  const values = trials.flatMap((trial) => (trial.state === 'COMPLETE' ? trial.values![0]! : []))
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length
}
