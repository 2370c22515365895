import { InputError } from '../errors.js'
import { isFinished, type TrialState } from '../trial/trial-record.js'

/** What every storage refuses, so that one that takes it today can be read by the others tomorrow. */

const MAX_NAME = 512
/** NUL, which ends a text for SQLite, or half of a surrogate pair. */
const UNSTORABLE = /\0|\p{Surrogate}/u
const MAX_STEP = 2 ** 31 - 1

/** A study's, parameter's or attribute's name: at most 512 characters, none of them NUL or half of a character. */
export function checkName(what: string, name: string): void {
  const wrong =
    name.length > MAX_NAME && [...name].length > MAX_NAME
      ? `is longer than ${MAX_NAME} characters`
      : UNSTORABLE.test(name)
        ? 'has characters that cannot be stored'
        : undefined
  if (wrong !== undefined) {
    throw new InputError(`${what} ${JSON.stringify(name.slice(0, 40))} ${wrong}; take another name.`)
  }
}

/** Steps are whole numbers from 0; the value may be anything, NaN included. */
export function checkStep(step: number): void {
  if (!Number.isInteger(step) || step < 0 || step > MAX_STEP) {
    throw new InputError(`step ${step}: a step is a whole number from 0 to ${MAX_STEP}.`)
  }
}

/** The number that stands for a parameter's value. */
export function checkInternal(name: string, internal: number): void {
  if (!Number.isFinite(internal)) {
    throw new InputError(
      `parameter ${name} is ${internal}; a parameter's value is a finite number or a choice.`,
    )
  }
}

/**
 * The values that a trial may have in a state: COMPLETE one an objective, PRUNED at most one, others none; never NaN,
 * but infinity.
 */
export function checkValues(
  state: TrialState,
  values: readonly number[] | undefined,
  objectives: number,
): void {
  const count = values?.length ?? 0
  if (state === 'COMPLETE' && count !== objectives) {
    throw new InputError(
      `a COMPLETE trial has a value for each of the ${objectives} objectives of its study, not ${count}; give ${objectives}, or the state FAIL.`,
    )
  }
  if (state === 'PRUNED' && count > 1) {
    throw new InputError(`a PRUNED trial has its last report or no value, not ${count}; give one at most.`)
  }
  if (state !== 'COMPLETE' && state !== 'PRUNED' && count > 0) {
    throw new InputError(`a trial that is ${state} has no values; give none, or the state COMPLETE.`)
  }
  if (values?.some(Number.isNaN)) {
    throw new InputError('a value of a trial is NaN; give a number, or the state FAIL.')
  }
}

/** A trial starts by being created or claimed; a write that says RUNNING would be a claim that two can win. */
export function checkWritable(state: TrialState): void {
  if (!isFinished(state) && state !== 'WAITING') {
    throw new InputError('a trial becomes RUNNING by a claim; use claimWaiting.')
  }
}
