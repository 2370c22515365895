import { InputError } from '../../errors.js'
import type { Distribution, ParamValue } from '../../space/distribution.js'
import { distributionFromJson } from '../../space/distribution-json.js'
import { toExternal } from '../../space/param-value.js'
import { checkCompatible } from '../../space/same-distribution.js'
import type { Direction } from '../../study/study-snapshot.js'
import { type AttributeValue, isFinished, type TrialState } from '../../trial/trial-record.js'
import { DIRECTIONS, OPERATION, STATES } from './operations.js'

/** A line of a journal; what it must have beside depends on the operation. */
export type JournalRecord = Readonly<Record<string, unknown>>

export interface JournalTrial {
  state: TrialState
  values: readonly number[] | undefined
  readonly params: Map<string, ParamValue>
  readonly distributions: Map<string, Distribution>
  readonly intermediate: Map<number, number>
  readonly userAttributes: Map<string, AttributeValue>
  readonly systemAttributes: Map<string, AttributeValue>
  start: Date | undefined
  complete: Date | undefined
}

export interface JournalStudy {
  readonly name: string
  readonly directions: readonly Direction[]
  readonly userAttributes: Map<string, AttributeValue>
  readonly systemAttributes: Map<string, AttributeValue>
  /** Trials with their keys, which count those of all studies. */
  readonly trials: Map<number, JournalTrial>
}

/**
 * What the records of a journal come to, by Optuna's rules: a second study of a name, and whatever concerns a study or
 * trial that is not there or finished, is passed over; a trial that runs is not claimed again; a parameter whose
 * distribution does not fit its earlier ones is passed over.
 */
export class JournalReplay {
  readonly studies = new Map<number, JournalStudy>()
  readonly #trials = new Map<number, { readonly study: JournalStudy; readonly trial: JournalTrial }>()
  #studyCount = 0
  #trialCount = 0

  /** @throws InputError, which names the field, where the record lacks what its operation needs. */
  apply(record: JournalRecord): void {
    switch (record.op_code) {
      case OPERATION.createStudy:
        this.#createStudy(record)
        break
      case OPERATION.deleteStudy:
        this.studies.delete(whole(record, 'study_id'))
        break
      case OPERATION.setStudyUserAttribute:
        addAttributes(this.#study(record)?.userAttributes, record, 'user_attr')
        break
      case OPERATION.setStudySystemAttribute:
        addAttributes(this.#study(record)?.systemAttributes, record, 'system_attr')
        break
      case OPERATION.createTrial:
        this.#createTrial(record)
        break
      case OPERATION.setTrialParam:
        this.#setParam(record)
        break
      case OPERATION.setTrialState:
        this.#setState(record)
        break
      case OPERATION.setIntermediateValue:
        this.#open(record)?.trial.intermediate.set(
          whole(record, 'step'),
          number(record, 'intermediate_value'),
        )
        break
      case OPERATION.setTrialUserAttribute:
        addAttributes(this.#open(record)?.trial.userAttributes, record, 'user_attr')
        break
      case OPERATION.setTrialSystemAttribute:
        addAttributes(this.#open(record)?.trial.systemAttributes, record, 'system_attr')
        break
      case OPERATION.discardTrials:
        break
      default:
        throw new InputError(`op_code is ${JSON.stringify(record.op_code)}, which Optuna 5.0 does not know`)
    }
  }

  #study(record: JournalRecord): JournalStudy | undefined {
    return this.studies.get(whole(record, 'study_id'))
  }

  /** The record's trial where it is there, of a study that is there, and not finished. */
  #open(record: JournalRecord): { study: JournalStudy; trial: JournalTrial } | undefined {
    const found = this.#trials.get(whole(record, 'trial_id'))
    return found === undefined || isFinished(found.trial.state) ? undefined : found
  }

  #createStudy(record: JournalRecord): void {
    const name = text(record, 'study_name')
    const { directions } = record
    if (!Array.isArray(directions) || directions.length === 0) throw lacks('directions', 'a list')
    for (const study of this.studies.values()) if (study.name === name) return
    this.studies.set(this.#studyCount++, {
      name,
      directions: directions.map((direction: unknown) => {
        const known = typeof direction === 'number' ? DIRECTIONS[direction] : undefined
        if (known === undefined) throw lacks('directions', 'a list of 1 (minimize) and 2 (maximize)')
        return known
      }),
      userAttributes: new Map(),
      systemAttributes: new Map(),
      trials: new Map(),
    })
  }

  #createTrial(record: JournalRecord): void {
    const study = this.#study(record)
    if (study === undefined) return
    const distributions = new Map<string, Distribution>()
    const params = new Map<string, ParamValue>()
    for (const [name, json] of Object.entries(object(record, 'distributions'))) {
      distributions.set(name, distributionFromJson(String(json)))
    }
    for (const [name, internal] of Object.entries(object(record, 'params'))) {
      params.set(name, external(name, distributions.get(name), internal))
    }
    for (const name of distributions.keys()) if (!params.has(name)) distributions.delete(name)
    const { value, values } = record
    const trial: JournalTrial = {
      state: record.state === undefined ? 'RUNNING' : stateOf(record),
      values: values != null ? numbers(values) : value != null ? numbers([value]) : undefined,
      params,
      distributions,
      intermediate: new Map(
        Object.entries(object(record, 'intermediate_values')).map(([step, reported]) => [
          Number(step),
          numbers([reported])[0]!,
        ]),
      ),
      userAttributes: attributes(record, 'user_attrs'),
      systemAttributes: attributes(record, 'system_attrs'),
      start: time(record, 'datetime_start'),
      complete: time(record, 'datetime_complete'),
    }
    const key = this.#trialCount++
    study.trials.set(key, trial)
    this.#trials.set(key, { study, trial })
  }

  #setParam(record: JournalRecord): void {
    const found = this.#open(record)
    const name = text(record, 'param_name')
    const distribution = distributionFromJson(text(record, 'distribution'))
    if (found === undefined) return
    const { study, trial } = found
    for (const { distributions } of study.trials.values()) {
      const known = distributions.get(name)
      if (known === undefined) continue
      try {
        checkCompatible(name, known, distribution)
      } catch {
        return
      }
      break
    }
    trial.params.set(name, external(name, distribution, record.param_value_internal))
    trial.distributions.set(name, distribution)
  }

  #setState(record: JournalRecord): void {
    const trial = this.#open(record)?.trial
    const state = stateOf(record)
    if (trial === undefined || (state === 'RUNNING' && trial.state === 'RUNNING')) return
    if (state === 'RUNNING') trial.start = time(record, 'datetime_start')
    if (isFinished(state)) trial.complete = time(record, 'datetime_complete')
    trial.state = state
    if (record.values != null) trial.values = numbers(record.values)
  }
}

function addAttributes(
  to: Map<string, AttributeValue> | undefined,
  record: JournalRecord,
  field: string,
): void {
  const found = record[field]
  if (typeof found !== 'object' || found === null) throw lacks(field, 'an object')
  for (const [key, value] of Object.entries(found)) to?.set(key, value as AttributeValue)
}

function attributes(record: JournalRecord, field: string): Map<string, AttributeValue> {
  return new Map(Object.entries(object(record, field)) as [string, AttributeValue][])
}

/** The field, or an empty object where there is none. */
function object(record: JournalRecord, field: string): object {
  const found = record[field] ?? {}
  if (typeof found !== 'object' || Array.isArray(found)) throw lacks(field, 'an object')
  return found
}

function external(name: string, distribution: Distribution | undefined, internal: unknown): ParamValue {
  const value =
    distribution !== undefined && typeof internal === 'number'
      ? toExternal(distribution, internal)
      : undefined
  if (value === undefined) throw new InputError(`parameter ${name} has no value that its distribution gives`)
  return value
}

function stateOf(record: JournalRecord): TrialState {
  const state = typeof record.state === 'number' ? STATES[record.state] : undefined
  if (state === undefined) throw lacks('state', 'a number from 0 to 4')
  return state
}

function text(record: JournalRecord, field: string): string {
  const found = record[field]
  if (typeof found !== 'string') throw lacks(field, 'a text')
  return found
}

function number(record: JournalRecord, field: string): number {
  const found = record[field]
  if (typeof found !== 'number') throw lacks(field, 'a number')
  return found
}

function whole(record: JournalRecord, field: string): number {
  const found = number(record, field)
  if (!Number.isInteger(found) || found < 0) throw lacks(field, 'a whole number from 0')
  return found
}

function numbers(values: unknown): number[] {
  if (!Array.isArray(values) || values.some((value) => typeof value !== 'number')) {
    throw lacks('values', 'a list of numbers')
  }
  return values as number[]
}

function time(record: JournalRecord, field: string): Date | undefined {
  const found = record[field]
  if (found === undefined || found === null) return undefined
  // Without a zone it would be read as local time, and Python always writes one.
  const date = new Date(String(found))
  if (Number.isNaN(date.getTime())) throw lacks(field, 'a time')
  return date
}

function lacks(field: string, what: string): InputError {
  return new InputError(`${field} is not ${what}`)
}
