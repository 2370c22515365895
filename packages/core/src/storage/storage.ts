import type { Distribution } from '../space/distribution.js'
import type { Direction } from '../study/study-snapshot.js'
import type { AttributeValue, TrialRecord, TrialState } from '../trial/trial-record.js'

export interface StudyRecord {
  readonly id: number
  readonly name: string
  readonly directions: readonly Direction[]
  readonly userAttributes: ReadonlyMap<string, AttributeValue>
  readonly systemAttributes: ReadonlyMap<string, AttributeValue>
}

export type AttributeScope = 'user' | 'system'

/** A trial that is added as it is: enqueued (WAITING), or brought from elsewhere in any state. */
export type TrialTemplate = Partial<Omit<TrialRecord, 'id' | 'number'>> & { readonly state: TrialState }

/** One change of a trial that is RUNNING or WAITING. */
export type TrialWrite =
  /** `internal`: the number itself, or the index of the choice. A second write of a name replaces the first. */
  | {
      readonly kind: 'param'
      readonly name: string
      readonly internal: number
      readonly distribution: Distribution
    }
  /** A second report of a step is left out. */
  | { readonly kind: 'report'; readonly step: number; readonly value: number }
  | {
      readonly kind: 'attribute'
      readonly scope: AttributeScope
      readonly key: string
      readonly value: AttributeValue
    }
  /** COMPLETE with a value an objective, PRUNED with at most one, FAIL and WAITING (back to the queue) with none. */
  | { readonly kind: 'state'; readonly state: TrialState; readonly values?: readonly number[] }
  /** As `Storage.heartbeat`, so that a trial never runs without its first one. Back in the queue it is forgotten. */
  | { readonly kind: 'heartbeat' }

/**
 * Where studies live. Every method is atomic: it happened or it did not, whatever process is killed. Optuna's RDB
 * schema sets the rules (Optuna 5.0, storages/_base.py): finished trials never change; numbers run from 0 without gaps
 * in order of id; WAITING to RUNNING is the only claim, and one process wins it.
 *
 * Errors: StudyNotFoundError, StudyExistsError, TrialNotFoundError, FinishedTrialError; StorageError where the storage
 * itself fails (locked, disk full, connection lost, a schema of another revision), with the mend in its message.
 */
export interface Storage {
  /** The URL without a password. */
  readonly url: string

  /** `facts` as {@link writeFacts}, in the same transaction. */
  createStudy(
    name: string,
    directions: readonly Direction[],
    facts?: ReadonlyMap<string, AttributeValue>,
  ): Promise<StudyRecord>
  findStudy(name: string): Promise<StudyRecord | undefined>
  /** By id. */
  listStudies(): Promise<StudyRecord[]>
  deleteStudy(study: number): Promise<void>
  setStudyAttribute(study: number, scope: AttributeScope, key: string, value: AttributeValue): Promise<void>

  /** Our own facts of a study (sampler, pruner, seed, budget, space), which no column of Optuna's schema holds. */
  readFacts(study: number): Promise<ReadonlyMap<string, AttributeValue>>
  /** Facts that are not named stay. */
  writeFacts(study: number, facts: ReadonlyMap<string, AttributeValue>): Promise<void>
  /**
   * Puts another distribution in the place of a parameter's, by name, in every trial of the study that has it, and
   * writes `facts`, in one transaction. Values stay as they are, categories by index: the caller sees to it that every
   * trial's value fits. Trials that were read before are out of date.
   */
  rewriteDistributions(
    study: number,
    distributions: ReadonlyMap<string, Distribution>,
    facts: ReadonlyMap<string, AttributeValue>,
  ): Promise<void>

  /**
   * A new trial, RUNNING from now on unless a template says otherwise, with `writes` in the same transaction. Where
   * `expected` is given and the trial gets another number, because another process was faster, it is created without
   * `writes`, save for heartbeats: they were drawn for that number.
   */
  createTrial(
    study: number,
    template?: TrialTemplate,
    writes?: readonly TrialWrite[],
    expected?: number,
  ): Promise<TrialRecord>
  /**
   * The oldest WAITING trial, RUNNING from now on and ours alone, with `writes` in the same transaction; undefined
   * where none waits.
   */
  claimWaiting(study: number, writes?: readonly TrialWrite[]): Promise<TrialRecord | undefined>
  /** All of the writes, in order, or none. */
  writeTrial(trial: number, writes: readonly TrialWrite[]): Promise<void>

  /**
   * Ends a trial by `writes`, the last of which is its state, and creates another of the same study from `template`, in
   * one transaction: what requeues the trial of a process that died. Undefined, and nothing done, where the trial was
   * finished already.
   */
  replaceTrial(
    trial: number,
    writes: readonly TrialWrite[],
    template: TrialTemplate,
  ): Promise<TrialRecord | undefined>

  /**
   * Trials of a study, by number, that are not in `known`: what a cache asks for that holds the trials with the
   * numbers `known`, all of them finished, and nothing else. Costs O(answer), not O(study), where the same set is
   * handed in again and only grew.
   */
  readTrials(study: number, known?: ReadonlySet<number>): Promise<TrialRecord[]>

  /** Says that the trial's process lives, by the storage's own clock. */
  heartbeat(trial: number): Promise<void>
  /** RUNNING trials whose last heartbeat is older; those that never had one are not among them. */
  staleTrials(study: number, olderThanSeconds: number): Promise<TrialRecord[]>

  close(): Promise<void>
}
