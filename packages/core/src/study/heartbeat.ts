import { InputError } from '../errors.js'
import { FinishedTrialError } from '../storage/errors.js'
import type { Storage, TrialTemplate } from '../storage/storage.js'
import type { AttributeValue, TrialRecord } from '../trial/trial-record.js'

/** How a study learns that the process of a trial has died. */
export interface Heartbeat {
  /** Seconds between two signs of life. */
  readonly interval: number
  /** Seconds without one after which a trial is queued again; twice the interval unless given. */
  readonly grace: number
  /** How often a trial is queued again before it stays failed. */
  readonly retries: number
}

export const DEFAULT_HEARTBEAT: Heartbeat = { interval: 60, grace: 120, retries: 10 }

const FAILED_TRIAL_KEY = 'failed_trial'
const RETRY_HISTORY_KEY = 'retry_history'

/** @throws InputError for an interval or grace that is not above 0, a grace below the interval, or wrong retries. */
export function checkHeartbeat(given: Partial<Heartbeat>): Heartbeat {
  const interval = given.interval ?? DEFAULT_HEARTBEAT.interval
  const grace = given.grace ?? 2 * interval
  const retries = given.retries ?? DEFAULT_HEARTBEAT.retries
  if (!(Number.isFinite(interval) && interval > 0)) {
    throw new InputError(`heartbeat: interval is ${interval}; give seconds above 0.`)
  }
  if (!(Number.isFinite(grace) && grace > interval)) {
    throw new InputError(
      `heartbeat: grace is ${grace}; give more seconds than the interval, which is ${interval}.`,
    )
  }
  if (!Number.isSafeInteger(retries) || retries < 0) {
    throw new InputError(`heartbeat: retries is ${retries}; give a whole number from 0.`)
  }
  return { interval, grace, retries }
}

/**
 * The trials of dead processes that others run again: the numbers that stand in those others' attributes, Optuna's
 * RetryHeartbeatStaleTrialCallback's among them.
 */
export function retriedTrials(trials: readonly TrialRecord[]): ReadonlySet<number> {
  const retried = new Set<number>()
  for (const { systemAttributes } of trials) {
    const history = systemAttributes.get(RETRY_HISTORY_KEY)
    if (!Array.isArray(history)) continue
    for (const number of history) if (typeof number === 'number') retried.add(number)
  }
  return retried
}

/**
 * Fails the trials whose process has died and queues each again, with Optuna's attributes that say of which trial it
 * is a retry. Returns how many were queued.
 */
export async function requeueStale(
  storage: Storage,
  study: number,
  { grace, retries }: Heartbeat,
  failureKey: string,
  notice: (text: string) => void,
): Promise<number> {
  const stale = await storage.staleTrials(study, grace)
  const reason = `its process gave no sign of life for ${grace} s`
  return requeueTrials(storage, stale, { retries, reason, failureKey, notice })
}

/** As {@link requeueStale}, for RUNNING trials that are known to be abandoned. */
export async function requeueTrials(
  storage: Storage,
  trials: readonly TrialRecord[],
  {
    retries,
    reason,
    failureKey,
    notice,
  }: {
    readonly retries: number
    readonly reason: string
    readonly failureKey: string
    readonly notice: (text: string) => void
  },
): Promise<number> {
  let queued = 0
  for (const trial of trials) {
    const history = retryHistory(trial)
    const writes = [
      { kind: 'attribute', scope: 'system', key: failureKey, value: reason },
      { kind: 'state', state: 'FAIL' },
    ] as const
    if (history.length >= retries) {
      await storage.writeTrial(trial.id, writes).catch(ignoreFinished)
      notice(`trial ${trial.number} failed: ${reason}, after ${history.length} retries.`)
      continue
    }
    const retry = await storage.replaceTrial(trial.id, writes, retryOf(trial, history))
    if (retry === undefined) continue
    queued++
    notice(`trial ${trial.number} failed: ${reason}; queued again as trial ${retry.number}.`)
  }
  return queued
}

/** The same parameters and attributes, without reports: the retry makes its own. */
function retryOf(trial: TrialRecord, history: readonly number[]): TrialTemplate {
  const systemAttributes = new Map<string, AttributeValue>(trial.systemAttributes)
  systemAttributes.set(FAILED_TRIAL_KEY, history[0] ?? trial.number)
  systemAttributes.set(RETRY_HISTORY_KEY, [...history, trial.number])
  const { params, distributions, userAttributes } = trial
  return { state: 'WAITING', params, distributions, userAttributes, systemAttributes }
}

function retryHistory({ systemAttributes }: TrialRecord): readonly number[] {
  const history = systemAttributes.get(RETRY_HISTORY_KEY)
  return Array.isArray(history) ? history.filter((entry) => typeof entry === 'number') : []
}

function ignoreFinished(error: unknown): void {
  if (!(error instanceof FinishedTrialError)) throw error
}
