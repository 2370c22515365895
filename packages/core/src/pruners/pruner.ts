import type { StudySnapshot } from '../study/study-snapshot.js'
import type { AttributeValue, TrialRecord } from '../trial/trial-record.js'

/** Whether to stop a trial, and why: the threshold, the rung, the count that decided. */
export interface PruneDecision {
  readonly prune: boolean
  /** One clause for people: `rung 1: 0.9402 under 0.9518 (3rd of 6)`; also where it goes on because of a rule. */
  readonly reason?: string
  /** System attributes to write to the trial, whatever was decided. */
  readonly attributes?: ReadonlyMap<string, AttributeValue>
}

/** Decides after each report whether a trial goes on. Studies of one objective only. */
export interface Pruner {
  readonly name: string
  readonly options: AttributeValue
  /** `trial` is RUNNING, with its latest report; `study` holds it too, as far as it was known. */
  decide(study: StudySnapshot, trial: TrialRecord): PruneDecision
  /** The trials of the same bracket, which alone a sampler should learn from (Hyperband); all where absent. */
  relevant?(study: StudySnapshot, number: number): StudySnapshot
}
