import { InputError } from '../errors.js'

/** The storage itself failed: locked, disk full, connection lost, a schema of another revision. */
export class StorageError extends Error {
  override name = 'StorageError'
}

/** The storage holds no such study. */
export class StudyNotFoundError extends InputError {
  override name = 'StudyNotFoundError'

  /** `study` is its name or its key; `lack` says instead what is not there where there is no study at all. */
  constructor(
    study: string | number,
    url: string,
    lack = `no study ${quoted(study)}; create it, or give the name of one that is there.`,
  ) {
    super(`${url}: ${lack}`)
  }
}

/** A study of that name is there already. */
export class StudyExistsError extends InputError {
  override name = 'StudyExistsError'

  constructor(study: string, url: string) {
    super(
      `${url}: study ${quoted(study)} is there already; load it, or take another name or loadIfExists: true.`,
    )
  }
}

/** The storage holds no such trial. */
export class TrialNotFoundError extends InputError {
  override name = 'TrialNotFoundError'

  /** `trial` is the storage's key. */
  constructor(trial: number, url: string) {
    super(`${url}: no trial with key ${trial}; give the id of a trial of this storage.`)
  }
}

/** A trial that is COMPLETE, PRUNED or FAIL never changes. */
export class FinishedTrialError extends InputError {
  override name = 'FinishedTrialError'

  constructor(number: number, state: string) {
    super(`trial ${number} is ${state}, and a finished trial never changes; ask for a new trial.`)
  }
}

function quoted(study: string | number): string {
  return typeof study === 'string' ? `"${study}"` : `with key ${study}`
}
