import type { TrialRecord } from '../trial/trial-record.js'

/**
 * Whether a pruner with a warm-up and an interval looks at the report of `step`: the first at or after a boundary
 * warmup + k * interval. Reports may skip steps, so it is the largest other step that decides.
 */
export function isDue(trial: TrialRecord, step: number, warmup: number, interval: number): boolean {
  if (step < warmup) return false
  const boundary = Math.floor((step - warmup) / interval) * interval + warmup
  let before = -1
  for (const other of trial.intermediate.keys()) {
    if (other !== step && other > before) before = other
  }
  return before < boundary
}
