import { InputError } from '../errors.js'
import type { TrialRecord, TrialState } from '../trial/trial-record.js'

/** How a trial ends: what to write, and what to tell people where it is not what they asked for. */
export interface Closing {
  readonly state: Extract<TrialState, 'COMPLETE' | 'PRUNED' | 'FAIL'>
  readonly values: readonly number[]
  readonly notice?: string
}

export type ToldState = Closing['state']

/**
 * What a told result comes to (Optuna 5.0, study/_tell.py): COMPLETE with one value an objective; PRUNED with the last
 * report unless that is NaN; FAIL, with a notice, where a value is NaN.
 * @throws InputError where values and state do not fit, or the number of values is not the number of objectives.
 */
export function closingOf(
  trial: TrialRecord,
  objectives: number,
  told: number | readonly number[] | undefined,
  state: ToldState | undefined,
): Closing {
  const place = `trial ${trial.number}`
  if (state !== undefined && !['COMPLETE', 'PRUNED', 'FAIL'].includes(state)) {
    throw new InputError(`${place}: a trial cannot end as ${String(state)}; give COMPLETE, PRUNED or FAIL.`)
  }
  if (state === 'PRUNED' || state === 'FAIL') {
    if (told !== undefined) {
      throw new InputError(`${place}: a trial that is ${state} has no values; leave them out, or the state.`)
    }
    return { state, values: state === 'PRUNED' ? lastReport(trial) : [] }
  }
  const values = typeof told === 'number' ? [told] : told
  if (values === undefined || !Array.isArray(values) || !values.every((value) => typeof value === 'number')) {
    throw new InputError(
      `${place}: the objective gave ${shown(told)}; give ${objectives === 1 ? 'a number' : `a list of ${objectives} numbers`}.`,
    )
  }
  if (values.length !== objectives) {
    throw new InputError(
      `${place}: ${values.length} values for ${objectives} ${objectives === 1 ? 'objective' : 'objectives'}; give one each.`,
    )
  }
  if (values.some(Number.isNaN)) {
    return { state: 'FAIL', values: [], notice: `${place} failed: its value is NaN.` }
  }
  return { state: 'COMPLETE', values }
}

function lastReport({ intermediate }: TrialRecord): readonly number[] {
  let last: number | undefined
  for (const value of intermediate.values()) last = value
  return last === undefined || Number.isNaN(last) ? [] : [last]
}

function shown(told: unknown): string {
  return told === undefined
    ? 'nothing'
    : Array.isArray(told)
      ? `[${told.map(String).join(', ')}]`
      : String(told)
}
