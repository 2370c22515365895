import type { Distribution, StudySnapshot } from '@thresher/core'
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

export interface Position {
  readonly value: number
  readonly place: number
}

/** How near to an end of the range, as a share of it, makes a leader worth a wider search. */
export const EDGE = 0.05

/**
 * Where the baseline and the leader lie in the range of each numeric parameter: what the study declared, or, where it
 * only holds what was run, the values seen.
 */
export function searchedRanges(
  { trials }: StudySnapshot,
  baseline: RunSetting | undefined,
  leader: RunSetting | undefined,
): SearchedRange[] {
  const known = new Map<string, Distribution>()
  for (const { distributions } of trials) {
    for (const [name, distribution] of distributions) known.set(name, distribution)
  }
  return [...known].flatMap(([name, distribution]) => {
    if (distribution.kind === 'categorical' || distribution.low === distribution.high) return []
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
