import type { TrialWrite } from '../storage/storage.js'
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

/** A stopped trial that is to go on, as a new trial. */
export interface Promotion {
  /** The number of the stopped trial. */
  readonly from: number
  /** What the new trial begins with: parameters, reports, attributes (the checkpoint among them). */
  readonly writes: readonly TrialWrite[]
  readonly reason: string
}

/** Decides after each report whether a trial goes on. Studies of one objective only. */
export interface Pruner {
  readonly name: string
  readonly options: AttributeValue
  /** `trial` is RUNNING, with its latest report; `study` holds it too, as far as it was known. */
  decide(study: StudySnapshot, trial: TrialRecord): PruneDecision
  /**
   * The trials that a sampler should learn from: those of the same bracket (Hyperband), none twice (ASHA); all where
   * absent. Numbers are kept, places are not: trials[n].number is not n.
   */
  relevant?(study: StudySnapshot, number: number): StudySnapshot
  /**
   * Whether a stopped trial should go on rather than a new one begin; asked before each draw. To keep two processes
   * from resuming the same trial, the writes must hold only where the new trial gets the next number of `study`.
   */
  promote?(study: StudySnapshot): Promotion | undefined
}
