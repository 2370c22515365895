import {
  type Direction,
  fixedParamsOf,
  type NamedOptions,
  type PairedComparison,
  type ParamValue,
  type StudySetting,
  settingOf,
  settingsOf,
  type TrialRecord,
} from '@thresher/core'
import { compareSettings } from './compare-settings.js'
import { epochsDone, firstStepOf } from './epochs.js'
import { greatest } from './greatest.js'
import { type MetricScale, metricScale } from './metric-scale.js'
import { runsToStart, savedPlanOf } from './saved-plan.js'
import type { RunState, TrainingRow } from './training-row.js'
import { epochsPlannedOf, reasonOf } from './trial-facts.js'
import type { WatchedStudy } from './watched-study.js'

export interface RunCounts {
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
  const plan = savedPlanOf(study)
  const direction = study.directions[0] ?? 'minimize'
  const settings = settingsOf(trials)
  const { baseline, comparisons } = compareSettings(study, settings)
  const firstStep = firstStepOf(trials)
  const complete = trials.filter(({ state }) => state === 'COMPLETE')
  const longest = greatest(complete.map((trial) => epochsDone(trial, firstStep)))
  const failures = failedBySetting(trials, settings)
  const rows = settings.map((setting): TrainingRow => {
    const all = [...setting.trials, ...(failures.get(setting.number) ?? [])]
    const state = stateOf(setting.trials)
    const own = all.length > 0 ? all.sort((a, b) => a.number - b.number) : [trials[setting.number]!]
    const shown = shownOf(own, state)
    const comparison = comparisons.get(setting.number)
    const planned = epochsPlannedOf(shown, plan?.fixed) ?? (longest > 0 ? longest : undefined)
    return {
      key: setting.number,
      state,
      baseline: setting === baseline,
      rank: undefined,
      params: paramsOf(setting, shown),
      value: valueAt(own, state, comparison),
      comparison,
      epochs: epochsDone(shown, firstStep),
      epochsPlanned: planned,
      seedsDone: own.filter((trial) => trial.state === 'COMPLETE').length,
      seedsRunning: own.filter((trial) => trial.state === 'RUNNING').length,
      trials: own,
      shown,
      silent: study.silent.has(shown.number),
      reason: reasonOf(shown),
    }
  })
  const ordered = rows.filter((row) => !row.baseline).sort(byStanding(direction))
  let rank = 0
  return {
    study: study.name,
    metric: study.metricNames?.[0],
    direction,
    objectives: study.directions.length,
    scale: metricScale(scaledValues(rows), direction),
    sampler: study.sampler,
    pruner: study.pruner,
    seeds: study.seeds,
    counts: { ...countsOf(trials, settings), silent: study.silent.size },
    baseline: rows.find((row) => row.baseline),
    rows: ordered.map((row) => (row.state === 'complete' ? { ...row, rank: ++rank } : row)),
    trials,
    toStart: runsToStart(study, plan),
  }
}

function stateOf(trials: readonly TrialRecord[]): RunState {
  const has = (state: TrialRecord['state']) => trials.some((trial) => trial.state === state)
  if (has('COMPLETE')) return 'complete'
  if (has('RUNNING')) return 'running'
  if (has('WAITING')) return 'waiting'
  return has('PRUNED') ? 'pruned' : 'failed'
}

/** The storage's words in ours. */
export const STATE_OF: Readonly<Record<TrialRecord['state'], RunState>> = {
  COMPLETE: 'complete',
  RUNNING: 'running',
  WAITING: 'waiting',
  PRUNED: 'pruned',
  FAIL: 'failed',
}

function shownOf(trials: readonly TrialRecord[], state: RunState): TrialRecord {
  const running = trials.find((trial) => trial.state === 'RUNNING')
  // Of several failures the last is the one to look at.
  const own = trials.filter((trial) => STATE_OF[trial.state] === state)
  return running ?? own.at(state === 'failed' ? -1 : 0) ?? trials[0]!
}

/** What is fixed for a trial that waits stands for what it has not been given yet. */
function paramsOf({ params }: StudySetting, shown: TrialRecord): ReadonlyMap<string, ParamValue> {
  return params.size > 0 ? params : new Map([...Object.entries(fixedParamsOf(shown)), ...shown.params])
}

function valueAt(
  trials: readonly TrialRecord[],
  state: RunState,
  comparison: PairedComparison | undefined,
): number | undefined {
  if (state === 'complete') {
    if (comparison && comparison.seeds.length > 0) return comparison.mean
    const values = trials.flatMap((trial) => (trial.state === 'COMPLETE' ? trial.values![0]! : []))
    return values.reduce((sum, value) => sum + value, 0) / values.length
  }
  const shown = shownOf(trials, state)
  return shown.values?.[0] ?? [...shown.intermediate.values()].at(-1)
}

/** Values by which the scale is chosen: of finished runs, else of those under way. */
function scaledValues(rows: readonly TrainingRow[]): number[] {
  const complete = rows.filter(({ state }) => state === 'complete')
  return (complete.length > 0 ? complete : rows).flatMap(({ value }) => value ?? [])
}

/** The failed trials of each setting; settings keep only how many there were. */
function failedBySetting(
  trials: readonly TrialRecord[],
  settings: readonly StudySetting[],
): ReadonlyMap<number, readonly TrialRecord[]> {
  const known = new Set(settings.map(({ number }) => number))
  const failed = new Map<number, TrialRecord[]>()
  for (const trial of trials) {
    if (trial.state !== 'FAIL') continue
    const named = settingOf(trial)
    const setting = known.has(named) ? named : trial.number
    if (known.has(setting)) failed.set(setting, [...(failed.get(setting) ?? []), trial])
  }
  return failed
}

function countsOf(
  trials: readonly TrialRecord[],
  settings: readonly StudySetting[],
): Omit<RunCounts, 'silent'> {
  // Without those that a later trial goes on with.
  const living = settings.flatMap((setting) => setting.trials)
  const count = (state: TrialRecord['state']) => living.filter((trial) => trial.state === state).length
  const failed = trials.filter(({ state }) => state === 'FAIL').length
  return {
    all: living.length + failed,
    complete: count('COMPLETE'),
    running: count('RUNNING'),
    waiting: count('WAITING'),
    pruned: count('PRUNED'),
    failed,
  }
}

/** Complete rows by their place in the comparison, else by value; then the others by state and number. */
function byStanding(direction: Direction) {
  const sign = direction === 'minimize' ? 1 : -1
  const place = ({ comparison }: TrainingRow) =>
    comparison && comparison.seeds.length > 0 ? comparison.rank : Number.POSITIVE_INFINITY
  return (a: TrainingRow, b: TrainingRow): number => {
    const state = ORDER.indexOf(a.state) - ORDER.indexOf(b.state)
    if (state !== 0 || a.state !== 'complete') return state || a.key - b.key
    const [first, second] = [place(a), place(b)]
    if (first !== second) return first < second ? -1 : 1
    return sign * (a.value! - b.value!) || a.key - b.key
  }
}
