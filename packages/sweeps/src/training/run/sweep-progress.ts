import { retriedTrials, type TrialRecord } from '@thresher/core'
import type { SweepPlan } from '../sweep-plan.js'
import type { SweepProgress } from './events.js'
import { expectedLeft } from './phase-counts.js'

/** How far a sweep is, and how long it may yet take by what its runs took so far. */
export function progressOf(
  plan: Pick<SweepPlan, 'phases' | 'trials' | 'baseline' | 'seeds'>,
  at: {
    readonly phase: number
    readonly seeds: readonly number[] | undefined
    readonly workers: number
    /** Runs that this sitting may still start; infinite where nothing limits them. */
    readonly most: number
    readonly elapsedSeconds: number
    readonly now: Date
  },
  trials: readonly TrialRecord[],
): SweepProgress {
  const retried = retriedTrials(trials)
  const own = trials.filter(({ number }) => !retried.has(number))
  const count = (state: TrialRecord['state']) => own.filter((trial) => trial.state === state).length
  const expected = expectedLeft(plan, at.phase, at.seeds, trials)
  const left = Math.min(expected ?? Number.POSITIVE_INFINITY, at.most)
  const known = Number.isFinite(left) ? left : undefined
  return {
    complete: count('COMPLETE'),
    pruned: count('PRUNED'),
    failed: count('FAIL'),
    running: count('RUNNING'),
    left: known,
    secondsLeft: known === undefined ? undefined : secondsLeft(known, at.workers, at.now, trials),
    elapsedSeconds: at.elapsedSeconds,
  }
}

function secondsLeft(
  left: number,
  workers: number,
  now: Date,
  trials: readonly TrialRecord[],
): number | undefined {
  const times = trials
    .filter(({ state }) => state === 'COMPLETE' || state === 'PRUNED')
    .map(({ start, complete }) => secondsBetween(start, complete))
    .filter((seconds) => seconds !== undefined)
  if (times.length === 0) return undefined
  const mean = times.reduce((sum, seconds) => sum + seconds, 0) / times.length
  const running = trials
    .filter(({ state }) => state === 'RUNNING')
    .map(({ start }) => Math.max(0, mean - (secondsBetween(start, now) ?? 0)))
  const open = running.reduce((sum, seconds) => sum + seconds, 0)
  return Math.max((left * mean + open) / workers, ...running)
}

function secondsBetween(start: Date | undefined, end: Date | undefined): number | undefined {
  return start === undefined || end === undefined ? undefined : (end.getTime() - start.getTime()) / 1000
}
