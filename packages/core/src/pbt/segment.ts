import type { ParamValue } from '../space/distribution.js'
import type { AttributeValue, TrialRecord } from '../trial/trial-record.js'

/** The system attribute of a trial that is a segment of a member's training. */
export const SEGMENT = 'thresher:pbt'
/** The system attribute with the checkpoint that a segment begins from: its parent's user attribute `checkpoint`. */
export const PARENT_CHECKPOINT = 'thresher:pbt_checkpoint'

/**
 * What one trial of population based training is: `interval` steps of one member with one setting. Training on with
 * other parameters is another trial, so that a trial's parameters are what it ran with, a finished trial never
 * changes, and any process can run any segment; a segment that is lost is run again from its parent's checkpoint.
 */
export interface Segment {
  readonly member: number
  /** From 0; it is the generation's segment from `firstStep` on. */
  readonly generation: number
  readonly firstStep: number
  /** The step after the last. */
  readonly endStep: number
  /** The number of the trial whose checkpoint it begins from; undefined at the start. */
  readonly parent: number | undefined
  /** Whether that is another member's: its own was among the worst, or failed. */
  readonly copied: boolean
}

/** The segment that a trial is; undefined where it is none. */
export function segmentOf(trial: Pick<TrialRecord, 'systemAttributes'>): Segment | undefined {
  const value = trial.systemAttributes.get(SEGMENT)
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined
  const fields = value as { readonly [key: string]: AttributeValue }
  const { member, generation, firstStep, endStep, parent, copied } = fields
  if (typeof member !== 'number' || typeof generation !== 'number') return undefined
  return {
    member,
    generation,
    firstStep: Number(firstStep),
    endStep: Number(endStep),
    parent: typeof parent === 'number' ? parent : undefined,
    copied: copied === true,
  }
}

/** The checkpoint that a segment begins from; undefined at the start. */
export function parentCheckpointOf(trial: Pick<TrialRecord, 'systemAttributes'>): AttributeValue | undefined {
  return trial.systemAttributes.get(PARENT_CHECKPOINT)
}

/** A segment as it stands in the trial. */
export function segmentAttribute({ parent, ...segment }: Segment): AttributeValue {
  return { ...segment, parent: parent ?? null }
}

/** Parameters by name. */
export type Params = ReadonlyMap<string, ParamValue>
