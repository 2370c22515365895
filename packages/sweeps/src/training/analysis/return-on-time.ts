import type { Direction, StudySnapshot } from '@thresher/core'
import type { RankedCandidate, RunRanking } from './ranking.js'
import { nameOf, secondsOf } from './run.js'
import { medianOf } from './statistics.js'

/** What the time was worth. Plain data. */
export interface ReturnOnTime {
  /** Of all finished trials together, pruned and failed ones too; null where no time is known. */
  readonly hours: number | null
  /** How many trials these hours are of; the others' times are not known. */
  readonly timed: number
  readonly runs: number
  /** Of a COMPLETE run, in the middle. */
  readonly hoursPerRun: number | null
  /** The leader's difference from the baseline, in the direction that is better; null without a baseline. */
  readonly gain: number | null
  readonly gainPerHour: number | null
  readonly gainPerRun: number | null
  /** The run that was the last to raise the best value, and how many finished runs came after it. */
  readonly lastRise: { readonly run: string; readonly since: number } | null
  readonly decision: StopDecision
}

/** Whether to go on searching, by the first of these that holds. */
interface StopDecision {
  readonly stop: boolean
  readonly because: 'target' | 'time' | 'noise' | 'converged' | 'searching'
  /** A sentence for people. */
  readonly reason: string
}

/** A search that did not rise for a third of its runs, and at least ten, has converged: a rule of ours. */
const LEAST_STALE = 10
const STALE_SHARE = 1 / 3

/** What the study's hours gave, and whether more of them are worth it. */
export function returnOnTime(
  study: StudySnapshot,
  direction: Direction,
  ranking: RunRanking,
  { target, hoursLeft }: { readonly target: number | null; readonly hoursLeft: number | undefined },
): ReturnOnTime {
  const finished = study.trials.filter(({ state }) => state !== 'RUNNING' && state !== 'WAITING')
  const complete = finished.filter(({ state }) => state === 'COMPLETE')
  const times = finished.map(secondsOf).filter((seconds) => seconds !== undefined)
  const hours = times.length === 0 ? null : times.reduce((sum, seconds) => sum + seconds, 0) / 3600
  const runTimes = complete.map(secondsOf).filter((seconds) => seconds !== undefined)
  const hoursPerRun = runTimes.length === 0 ? null : medianOf(runTimes) / 3600
  const leader = ranking.candidates[0]
  const sign = direction === 'minimize' ? -1 : 1
  const gain = leader?.delta == null ? null : sign * leader.delta
  const lastRise = lastRiseOf(complete, sign)
  return {
    hours,
    timed: times.length,
    runs: finished.length,
    hoursPerRun,
    gain,
    gainPerHour: gain === null || !hours ? null : gain / hours,
    gainPerRun: gain === null || finished.length === 0 ? null : gain / finished.length,
    lastRise,
    decision: decide({ leader, target, sign, hoursLeft, hoursPerRun, lastRise, runs: finished.length }),
  }
}

function lastRiseOf(complete: StudySnapshot['trials'], sign: number): ReturnOnTime['lastRise'] {
  let best = Number.NEGATIVE_INFINITY
  let at: number | undefined
  for (const [i, { values }] of complete.entries()) {
    const value = sign * values![0]!
    if (value > best) {
      best = value
      at = i
    }
  }
  return at === undefined ? null : { run: nameOf(complete[at]!), since: complete.length - 1 - at }
}

interface Facts {
  readonly leader: RankedCandidate | undefined
  readonly target: number | null
  readonly sign: number
  readonly hoursLeft: number | undefined
  readonly hoursPerRun: number | null
  readonly lastRise: ReturnOnTime['lastRise']
  readonly runs: number
}

function decide({ leader, target, sign, hoursLeft, hoursPerRun, lastRise, runs }: Facts): StopDecision {
  if (target !== null && leader !== undefined && sign * leader.value >= sign * target) {
    const doubt = leader.runs === 1 ? ', on one run: verify it over seeds' : ''
    return { stop: true, because: 'target', reason: `The target is met by run ${leader.run}${doubt}.` }
  }
  if (hoursLeft !== undefined && hoursPerRun !== null && hoursLeft < hoursPerRun) {
    return { stop: true, because: 'time', reason: 'The hours left are less than one run takes.' }
  }
  if (
    leader !== undefined &&
    leader.delta !== null &&
    leader.verdict === 'undecided' &&
    sign * leader.delta > 0
  ) {
    return {
      stop: true,
      because: 'noise',
      reason: `The lead of run ${leader.run} cannot be told from noise: further runs of new settings only give luck more chances. Run it and the baseline again on more seeds first.`,
    }
  }
  const since = lastRise?.since ?? 0
  if (since >= Math.max(LEAST_STALE, runs * STALE_SHARE)) {
    return { stop: true, because: 'converged', reason: `No run in ${since} raised the best value.` }
  }
  return {
    stop: false,
    because: 'searching',
    reason:
      lastRise === null
        ? 'No run is complete yet.'
        : `The best value rose ${since === 0 ? 'with the last run' : `${since} ${since === 1 ? 'run' : 'runs'} ago`}: more runs may raise it further.`,
  }
}
