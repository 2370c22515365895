import { measureOf, wordsOf } from './metric-names.js'
import type { RunSetting } from './run-settings.js'
import { meanOf } from './statistics.js'

/** Precision beside recall. Plain data; in the unit of these metrics. */
export interface PrecisionRecallGap {
  readonly precision: string
  readonly recall: string
  readonly baseline: Gap | null
  readonly leader: Gap | null
  /** Over all settings that have both. */
  readonly mean: number
  readonly settings: number
}

interface Gap {
  readonly precision: number
  readonly recall: number
  /** Precision minus recall. */
  readonly gap: number
}

/**
 * How far precision lies above recall, where runs have both: a gap that a threshold closes costs no training. Held-out
 * metrics before those of training; undefined where no run has both.
 */
export function precisionRecallGap(
  settings: readonly RunSetting[],
  baseline: RunSetting | undefined,
  leader: RunSetting | undefined,
): PrecisionRecallGap | undefined {
  const names = [
    ...new Set(settings.flatMap(({ runs }) => runs.flatMap(({ metrics }) => [...metrics.keys()]))),
  ]
  const pairs = names
    .filter((name) => measureOf(name) === 'precision')
    .flatMap((precision) => {
      const wanted = wordsOf(precision).join(' ').replace('precision', 'recall')
      const recall = names.find((name) => wordsOf(name).join(' ') === wanted)
      return recall === undefined ? [] : [{ precision, recall, train: wordsOf(precision).includes('train') }]
    })
    .sort((a, b) => Number(a.train) - Number(b.train))
  const [pair] = pairs
  if (pair === undefined) return undefined
  const gapOf = (setting: RunSetting | undefined): Gap | null => {
    const both = (setting?.runs ?? [])
      .map(({ metrics }) => [metrics.get(pair.precision), metrics.get(pair.recall)] as const)
      .filter((values): values is [number, number] => values.every((value) => value !== undefined))
    if (both.length === 0) return null
    const [precision, recall] = [0, 1].map((side) => meanOf(both.map((values) => values[side]!))) as [
      number,
      number,
    ]
    return { precision, recall, gap: precision - recall }
  }
  const gaps = settings.map(gapOf).filter((gap) => gap !== null)
  if (gaps.length === 0) return undefined
  return {
    precision: pair.precision,
    recall: pair.recall,
    baseline: gapOf(baseline),
    leader: gapOf(leader),
    mean: meanOf(gaps.map(({ gap }) => gap)),
    settings: gaps.length,
  }
}
