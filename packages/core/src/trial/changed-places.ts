import type { TrialRecord } from './trial-record.js'

/** Where an array of trials stands in the log of the places that were written while it grew. */
interface Mark {
  readonly log: readonly number[]
  readonly length: number
}

const marks = new WeakMap<readonly TrialRecord[], Mark>()

/** Says that `trials`, which stay as they are, hold what the places logged so far came to. */
export function markPlaces(trials: readonly TrialRecord[], log: readonly number[]): void {
  marks.set(trials, { log, length: log.length })
}

/**
 * The places below `trials.length` at which `before` has another trial or none, ascending. Of two arrays that were marked
 * with one log it takes no more than the log's entries between them; else every place is looked at.
 */
export function changedPlaces(trials: readonly TrialRecord[], before: readonly TrialRecord[]): number[] {
  const [now, then] = [marks.get(trials), marks.get(before)]
  if (now !== undefined && now.log === then?.log && then.length <= now.length) {
    const written = new Set(now.log.slice(then.length, now.length))
    return [...written].filter((i) => trials[i] !== before[i]).sort((a, b) => a - b)
  }
  const places: number[] = []
  const both = Math.min(trials.length, before.length)
  for (let i = 0; i < both; i++) if (trials[i] !== before[i]) places.push(i)
  for (let i = both; i < trials.length; i++) places.push(i)
  return places
}
