import type { Direction, NamedOptions, TrialRecord } from '@thresher/core'
import { endReason, IMPORTED, type MetricScale, nameOf } from '@thresher/sweeps/sweep-study'
import { epochsDone, epochsPlannedOf, firstStepOf } from './epochs.js'
import { greatest } from './greatest.js'
import { rankSettings } from './rank-settings.js'
import { runsToStart, savedPlanOf } from './saved-plan.js'
import { type TrainedSetting, trainedSettings } from './settings.js'
import type { RunState, TrainingRow } from './training-row.js'
import type { WatchedStudy } from './watched-study.js'

interface RunCounts {
  /** Trials of every state: runs of a program. */
  readonly all: number
  readonly complete: number
  readonly running: number
  readonly waiting: number
  readonly pruned: number
  readonly failed: number
  /** Of the running ones. */
  readonly silent: number
}

/** A study as its monitor shows it, at one moment; nothing in it changes. */
export interface TrainingView {
  readonly study: string
  /** As it was named; undefined where nobody did. */
  readonly metric: string | undefined
  readonly direction: Direction
  /** More than one: what is shown is the first. */
  readonly objectives: number
  readonly scale: MetricScale
  /** Whether verdicts rest on the seeds that a run shares with the baseline. */
  readonly bySeeds: boolean
  /** Whether its runs were made elsewhere: by what search, nobody here knows. */
  readonly imported: boolean
  readonly sampler: NamedOptions | undefined
  readonly pruner: NamedOptions | undefined
  readonly seeds: readonly number[] | undefined
  readonly counts: RunCounts
  /** The setting that the others are held against. */
  readonly baseline: TrainingRow | undefined
  /** The others: complete ones by rank, then running, waiting, pruned and failed ones by number. */
  readonly rows: readonly TrainingRow[]
  readonly trials: readonly TrialRecord[]
  /** How many runs are yet to be started, where the study says how many there are to be. */
  readonly toStart: number | undefined
}

const ORDER: readonly RunState[] = ['complete', 'running', 'waiting', 'pruned', 'failed']

/** The view of a study as it was read last. */
export function trainingView(study: WatchedStudy): TrainingView {
  const { trials } = study
  const direction = study.directions[0] ?? 'minimize'
  const plan = savedPlanOf(study)
  const settings = trainedSettings(trials)
  const { scale, baselineValue, standings, bySeeds } = rankSettings(study, direction)
  const compared = baselineValue !== undefined
  const marked = study.directions.length === 1 ? settings.find((setting) => setting.baseline) : undefined
  const firstStep = firstStepOf(trials)
  const complete = trials.filter(({ state }) => state === 'COMPLETE')
  const longest = greatest(complete.map((trial) => epochsDone(trial, firstStep)))
  const rows = settings.map((setting): TrainingRow => {
    const { number, params, trials: own } = setting
    const state = stateOf(own)
    const shown = shownOf(own, state)
    const ranked = own.map((trial) => standings.get(trial.number)).find((found) => found !== undefined)
    const count = (wanted: TrialRecord['state']) => own.filter((trial) => trial.state === wanted).length
    return {
      key: number,
      name: nameOf(own[0]!),
      state,
      baseline: setting === marked,
      rank: ranked?.rank,
      params,
      value: setting === marked && compared ? baselineValue : (ranked?.value ?? lastValueOf(shown)),
      standing: compared ? ranked : undefined,
      epochs: epochsDone(shown, firstStep),
      epochsPlanned: epochsPlannedOf(shown, plan?.fixed) ?? (longest > 0 ? longest : undefined),
      seedsDone: count('COMPLETE'),
      seedsRunning: count('RUNNING'),
      seedsQueued: count('WAITING'),
      trials: own,
      shown,
      silent: study.silent.has(shown.number),
      reason: endReason(shown),
    }
  })
  return {
    study: study.name,
    metric: study.metricNames?.[0],
    direction,
    objectives: study.directions.length,
    scale,
    bySeeds,
    imported: study.userAttributes.has(IMPORTED),
    sampler: study.sampler,
    pruner: study.pruner,
    seeds: study.seeds,
    counts: { ...countsOf(settings), silent: study.silent.size },
    baseline: rows.find((row) => row.baseline),
    rows: rows.filter((row) => !row.baseline).sort(byStanding),
    trials,
    toStart: runsToStart(study, plan),
  }
}

/** The storage's words in ours. */
export const STATE_OF: Readonly<Record<TrialRecord['state'], RunState>> = {
  COMPLETE: 'complete',
  RUNNING: 'running',
  WAITING: 'waiting',
  PRUNED: 'pruned',
  FAIL: 'failed',
}

/** Of the states of a setting's trials the first in this order is its own. */
function stateOf(trials: readonly TrialRecord[]): RunState {
  const states = new Set(trials.map(({ state }) => STATE_OF[state]))
  return ORDER.find((state) => states.has(state))!
}

function shownOf(trials: readonly TrialRecord[], state: RunState): TrialRecord {
  const running = trials.find((trial) => trial.state === 'RUNNING')
  // Of several failures the last is the one to look at.
  const own = trials.filter((trial) => STATE_OF[trial.state] === state)
  return running ?? own.at(state === 'failed' ? -1 : 0)!
}

/** A trial's value, or its last report. */
export function lastValueOf({ values, intermediate }: TrialRecord): number | undefined {
  return values?.[0] ?? [...intermediate.values()].at(-1)
}

/** Counts of trials without those that a later one goes on with. */
function countsOf(settings: readonly TrainedSetting[]): Omit<RunCounts, 'silent'> {
  const trials = settings.flatMap((setting) => setting.trials)
  const count = (state: TrialRecord['state']) => trials.filter((trial) => trial.state === state).length
  return {
    all: trials.length,
    complete: count('COMPLETE'),
    running: count('RUNNING'),
    waiting: count('WAITING'),
    pruned: count('PRUNED'),
    failed: count('FAIL'),
  }
}

/** Ranked rows by rank, then the others by state and number. */
function byStanding(a: TrainingRow, b: TrainingRow): number {
  if (a.rank !== undefined && b.rank !== undefined) return a.rank - b.rank
  if (a.rank !== b.rank) return a.rank === undefined ? 1 : -1
  return ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.key - b.key
}
