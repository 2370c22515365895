import type { TrialRecord } from '@thresher/core'
import type { RankedCandidate } from '@thresher/sweeps'
import { endReason } from '@thresher/sweeps/sweep-study'
import { outlookOf } from './outlook.js'
import type { TrainingRow } from './training-row.js'
import { STATE_OF, type TrainingView } from './training-view.js'

/**
 * A study at one moment as `--json` gives it. What is not known is null; numbers that are not finite are null too, as
 * JSON has none.
 */
export function snapshotJson(
  view: TrainingView,
  storage: string,
  now: number,
): Readonly<Record<string, unknown>> {
  const { elapsed, left } = outlookOf(view, now)
  return {
    study: view.study,
    storage,
    metric: view.metric ?? null,
    direction: view.direction,
    seeds: view.seeds ?? null,
    counts: view.counts,
    toStart: view.toStart ?? null,
    elapsedSeconds: elapsed,
    secondsLeft: left ?? null,
    baseline: view.baseline ? rowJson(view.baseline) : null,
    runs: view.rows.map(rowJson),
  }
}

function rowJson(row: TrainingRow) {
  return {
    run: row.name,
    number: row.key,
    state: row.state,
    rank: row.rank ?? null,
    params: Object.fromEntries(row.params),
    value: row.value ?? null,
    ...(row.baseline ? {} : standingJson(row.standing)),
    epochs: row.epochs,
    epochsPlanned: row.epochsPlanned ?? null,
    seedsDone: row.seedsDone,
    reason: row.reason ?? null,
    trials: row.trials.map(trialJson),
  }
}

/** `delta` is the run's value minus the baseline's, in the metric's unit. */
function standingJson(standing: RankedCandidate | undefined) {
  return {
    delta: standing?.delta ?? null,
    points: standing?.points ?? null,
    interval: standing?.interval ?? null,
    verdict: standing?.verdict ?? null,
    grounds: standing?.reason ?? null,
    seeds: standing?.seeds ?? null,
  }
}

function trialJson(trial: TrialRecord) {
  return {
    number: trial.number,
    state: STATE_OF[trial.state],
    value: trial.values?.[0] ?? null,
    curve: [...trial.intermediate],
    start: trial.start ?? null,
    complete: trial.complete ?? null,
    reason: endReason(trial) ?? null,
    attributes: Object.fromEntries(trial.userAttributes),
  }
}
