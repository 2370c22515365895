import type { Direction, StudySnapshot } from '../study/study-snapshot.js'
import { isFeasible } from '../trial/constraints.js'
import type { TrialRecord } from '../trial/trial-record.js'
import { completeTrials, isBetter } from './reports.js'

/** The COMPLETE trial with the best value among those that keep their constraints; the first of equals. */
export function bestTrial(study: StudySnapshot, direction: Direction): TrialRecord | undefined {
  let best: TrialRecord | undefined
  for (const trial of completeTrials(study)) {
    if (!isFeasible(trial)) continue
    if (best === undefined || isBetter(trial.values![0]!, best.values![0]!, direction)) best = trial
  }
  return best
}
