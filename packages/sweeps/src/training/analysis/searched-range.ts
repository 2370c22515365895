import type { Distribution, ParamValue, StudySnapshot } from '@thresher/core'
import { FEW_VALUES } from './parameter-groups.js'
import { isSeedName } from './run.js'
import type { RunSetting } from './run-settings.js'

/** A number's range in the search, and where baseline and leader lie in it. Plain data. */
export interface SearchedRange {
  readonly name: string
  readonly low: number
  readonly high: number
  readonly log: boolean
  /** Values from 0 at `low` to 1 at `high`, beyond these where they lie outside; null where they are not known. */
  readonly baseline: Position | null
  readonly leader: Position | null
}

interface Position {
  readonly value: number
  readonly place: number
}

/**
 * Where the baseline and the leader lie in the range of each number that takes more than a few values: what the study
 * declared, or, where it only holds what was run, the values seen.
 */
export function searchedRanges(
  { trials }: StudySnapshot,
  baseline: RunSetting | undefined,
  leader: RunSetting | undefined,
): SearchedRange[] {
  const known = new Map<string, Distribution>()
  const seen = new Map<string, Set<ParamValue>>()
  for (const { distributions, params } of trials) {
    for (const [name, distribution] of distributions) known.set(name, distribution)
    for (const [name, value] of params) seen.set(name, (seen.get(name) ?? new Set()).add(value))
  }
  return [...known].flatMap(([name, distribution]) => {
    if (distribution.kind === 'categorical' || isSeedName(name) || (seen.get(name)?.size ?? 0) <= FEW_VALUES)
      return []
    const { low, high, log } = distribution
    const position = (setting: RunSetting | undefined): Position | null => {
      const value = setting?.params.get(name)
      if (typeof value !== 'number') return null
      const scaled = log ? [low, high, value].map(Math.log) : [low, high, value]
      const [from, to, at] = scaled as [number, number, number]
      return { value, place: (at - from) / (to - from) }
    }
    return [{ name, low, high, log, baseline: position(baseline), leader: position(leader) }]
  })
}
