import { isBetter } from '../pruners/reports.js'
import type { Direction, StudySnapshot } from '../study/study-snapshot.js'
import type { TrialRecord } from '../trial/trial-record.js'
import { segmentOf } from './segment.js'

/** A member's segments as far as they have come. */
export interface Member {
  readonly member: number
  /** Its finished segments, by generation from 0. */
  readonly segments: readonly TrialRecord[]
  /** Whether its next segment is running or waits to run. */
  readonly busy: boolean
  /** Whether the last try at its next segment failed. */
  readonly failed: boolean
}

/** The members of a study; the trial `except` is left out. */
export function membersOf(study: StudySnapshot, population: number, except: number): Member[] {
  const finished: TrialRecord[][] = Array.from({ length: population }, () => [])
  const busy = new Set<number>()
  const tried = Array.from({ length: population }, () => -1)
  for (const trial of study.trials) {
    const segment = segmentOf(trial)
    if (segment === undefined || segment.member >= population || trial.number === except) continue
    const { member, generation } = segment
    if (trial.state === 'RUNNING' || trial.state === 'WAITING') busy.add(member)
    else if (trial.state === 'FAIL' || trial.values === undefined) tried[member] = generation
    else finished[member]![generation] ??= trial
  }
  return finished.map((segments, member) => ({
    member,
    segments,
    busy: busy.has(member),
    failed: tried[member] === segments.length,
  }))
}

/** The members that have finished a generation, best first. */
export function rankedAt(members: readonly Member[], generation: number, direction: Direction): Member[] {
  const scoreOf = ({ segments }: Member) => segments[generation]!.values![0]!
  return members
    .filter(({ segments }) => segments.length > generation)
    .sort((a, b) => {
      if (scoreOf(a) === scoreOf(b)) return a.member - b.member
      return isBetter(scoreOf(a), scoreOf(b), direction) ? -1 : 1
    })
}
