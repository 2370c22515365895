import { InputError } from '../errors.js'

/** How much a study may take, over all its runs and processes for `trials`, of each run for `seconds`. */
export interface Budget {
  /** COMPLETE and PRUNED trials. */
  readonly trials?: number
  readonly seconds?: number
}

/** @throws InputError where a part is no number of that kind. */
export function checkBudget({ trials, seconds }: Budget): Budget {
  if (trials !== undefined && !(Number.isSafeInteger(trials) && trials >= 1)) {
    throw new InputError(`budget: trials is ${trials}; give a whole number from 1.`)
  }
  if (seconds !== undefined && !(Number.isFinite(seconds) && seconds > 0)) {
    throw new InputError(`budget: seconds is ${seconds}; give a number above 0.`)
  }
  return { ...(trials === undefined ? {} : { trials }), ...(seconds === undefined ? {} : { seconds }) }
}
