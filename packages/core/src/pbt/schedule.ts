import { InputError } from '../errors.js'
import { bestOf } from '../pruners/reports.js'
import type { ParamValue } from '../space/distribution.js'
import type { StudySnapshot } from '../study/study-snapshot.js'
import type { TrialRecord } from '../trial/trial-record.js'
import { type Segment, segmentOf } from './segment.js'

/** Steps that were trained with one setting. */
export interface ScheduleSegment {
  readonly firstStep: number
  /** The step after the last. */
  readonly endStep: number
  readonly params: Readonly<Record<string, ParamValue>>
  /** The trial that trained them. */
  readonly trial: number
}

/** A member that went on from another's checkpoint. */
export interface Transfer {
  readonly step: number
  readonly member: number
  /** The member that was copied. */
  readonly from: number
  /** What it was copied with, and what it went on with. */
  readonly copied: Readonly<Record<string, ParamValue>>
  readonly explored: Readonly<Record<string, ParamValue>>
}

/** What population based training found: the settings that led to its best member, step by step. Plain JSON. */
export interface PbtSchedule {
  readonly value: number
  readonly segments: readonly ScheduleSegment[]
  /** Every transfer of the study, in order of trials. */
  readonly transfers: readonly Transfer[]
}

/**
 * The schedule behind the best trial of the latest generation that any member finished. Re-verify it from scratch, by
 * {@link replay}, over seeds: what the population found includes luck of its own, and plain population based training
 * is greedy with learning rates (V. Dalibard, M. Jaderberg, "Faster improvement rate population based training",
 * 2021).
 *
 * @throws InputError where no segment is finished.
 */
export function pbtSchedule(study: StudySnapshot): PbtSchedule {
  const direction = study.directions[0]!
  const byNumber = new Map(study.trials.map((trial) => [trial.number, trial]))
  const finished = study.trials.filter(
    (trial) =>
      segmentOf(trial) &&
      trial.values !== undefined &&
      (trial.state === 'COMPLETE' || trial.state === 'PRUNED'),
  )
  const generations = finished.map((trial) => segmentOf(trial)!.generation)
  const latest = finished.filter((_, i) => generations[i] === Math.max(...generations))
  const value = bestOf(
    latest.map(({ values }) => values![0]!),
    direction,
  )
  const best = latest.find(({ values }) => values![0] === value)
  if (best === undefined) {
    throw new InputError(`study ${study.name}: no segment of population based training is finished yet.`)
  }
  const segments: ScheduleSegment[] = []
  let trial: TrialRecord | undefined = best
  while (trial) {
    const { firstStep, endStep, parent }: Segment = segmentOf(trial)!
    segments.push({ firstStep, endStep, params: Object.fromEntries(trial.params), trial: trial.number })
    trial = parent === undefined ? undefined : byNumber.get(parent)
  }
  return {
    value,
    segments: segments.reverse(),
    transfers: study.trials.flatMap((trial) => transferOf(trial, byNumber)),
  }
}

function transferOf(trial: TrialRecord, byNumber: ReadonlyMap<number, TrialRecord>): Transfer[] {
  const segment = segmentOf(trial)
  const donor = segment?.parent === undefined ? undefined : byNumber.get(segment.parent)
  if (!segment?.copied || donor === undefined) return []
  return [
    {
      step: segment.firstStep,
      member: segment.member,
      from: segmentOf(donor)!.member,
      copied: Object.fromEntries(donor.params),
      explored: Object.fromEntries(trial.params),
    },
  ]
}

/**
 * The parameters of every step of one training run that follows a schedule.
 *
 * @returns by step from 0; the last segment's parameters from its end on
 * @throws InputError where the segments do not follow on one another from step 0.
 */
export function replay(
  schedule: Pick<PbtSchedule, 'segments'>,
): (step: number) => Readonly<Record<string, ParamValue>> {
  const { segments } = schedule
  let end = 0
  for (const [i, { firstStep, endStep }] of segments.entries()) {
    if (firstStep !== end || endStep <= firstStep) {
      throw new InputError(
        `replay: segment ${i} is steps ${firstStep} to ${endStep} after step ${end}; give segments that follow on one another from 0.`,
      )
    }
    end = endStep
  }
  if (segments.length === 0) throw new InputError('replay: the schedule has no segments; give one at least.')
  return (step) => (segments.find(({ endStep }) => step < endStep) ?? segments.at(-1)!).params
}
