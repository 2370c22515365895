import { isFeasible } from '../trial/constraints.js'
import type { TrialRecord } from '../trial/trial-record.js'
import type { Direction } from './study-snapshot.js'

/** The feasible COMPLETE trial of the best value; the earliest of several. Undefined where there is none. */
export function bestTrialOf(trials: readonly TrialRecord[], direction: Direction): TrialRecord | undefined {
  let best: TrialRecord | undefined
  for (const trial of trials) {
    if (trial.state !== 'COMPLETE') continue
    const value = trial.values![0]!
    const current = best?.values?.[0]
    const better = current === undefined || (direction === 'minimize' ? value < current : value > current)
    if (better && isFeasible(trial)) best = trial
  }
  return best
}
