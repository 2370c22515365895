import type { TrialRecord } from '../../trial/trial-record.js'

/**
 * The places below `trials.length` at which `before` has another trial or none. Nothing else is in the loop: it goes
 * through the whole study for every draw.
 */
export function changedPlaces(
  trials: readonly TrialRecord[],
  before: readonly (TrialRecord | undefined)[],
): number[] {
  const places: number[] = []
  const both = Math.min(trials.length, before.length)
  for (let i = 0; i < both; i++) if (trials[i] !== before[i]) places.push(i)
  for (let i = both; i < trials.length; i++) places.push(i)
  return places
}
