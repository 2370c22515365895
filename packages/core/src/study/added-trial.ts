import { InputError } from '../errors.js'
import { repeatMarks } from '../seeds/repeat-attributes.js'
import type { Distribution, ParamValue } from '../space/distribution.js'
import { toInternal } from '../space/param-value.js'
import { checkCompatible } from '../space/same-distribution.js'
import type { TrialTemplate } from '../storage/storage.js'
import { checkedAttributes } from '../trial/check-attribute.js'
import { type AttributeValue, isFinished, type TrialState } from '../trial/trial-record.js'

type Named<T> = ReadonlyMap<string, T> | Readonly<Record<string, T>>

/** A trial from elsewhere: another study's record, or what somebody measured. */
export interface AddedTrial {
  /** COMPLETE unless given. */
  readonly state?: TrialState
  readonly value?: number
  /** One an objective. */
  readonly values?: readonly number[] | undefined
  readonly params?: Named<ParamValue>
  /** Of each of `params`. */
  readonly distributions?: Named<Distribution>
  readonly intermediate?: ReadonlyMap<number, number>
  readonly userAttributes?: Named<AttributeValue>
  readonly systemAttributes?: Named<AttributeValue>
  /** What it ran with, a whole number: it then counts as that seed of its setting. */
  readonly seed?: number | undefined
  /** Whether it is a run of the setting that the others are held against; false unless given. */
  readonly baseline?: boolean
  readonly start?: Date | undefined
  readonly complete?: Date | undefined
}

/**
 * What a storage takes for a trial from elsewhere.
 * @throws InputError where state, values, parameters and distributions do not fit together or the study.
 */
export function templateOf(
  added: AddedTrial,
  objectives: number,
  known: ReadonlyMap<string, Distribution>,
): TrialTemplate {
  const state = added.state ?? 'COMPLETE'
  const values = added.values ?? (added.value === undefined ? undefined : [added.value])
  checkValues(state, values, objectives)
  const params = toMap(added.params)
  const distributions = toMap(added.distributions)
  for (const [name, value] of params) {
    const distribution = distributions.get(name)
    if (distribution === undefined) {
      throw new InputError(`addTrial(): ${name} has no distribution; give one for each parameter.`)
    }
    if (toInternal(distribution, value) === undefined) {
      throw new InputError(
        `addTrial(): ${name} is ${value}, which its distribution cannot hold; mend one of them.`,
      )
    }
    const other = known.get(name)
    if (other !== undefined) checkCompatible(name, other, distribution)
  }
  for (const name of distributions.keys()) {
    if (!params.has(name))
      throw new InputError(`addTrial(): ${name} has a distribution but no value; give both.`)
  }
  const { intermediate = new Map(), seed, baseline = false, start, complete } = added
  if (seed !== undefined && !Number.isSafeInteger(seed)) {
    throw new InputError(`addTrial(): seed is ${seed}; give a whole number.`)
  }
  const marks = repeatMarks({ seed, baseline })
  const template: TrialTemplate = {
    state,
    params,
    distributions,
    intermediate,
    userAttributes: new Map([...checkedAttributes(toMap(added.userAttributes)), ...marks.user]),
    systemAttributes: new Map([...checkedAttributes(toMap(added.systemAttributes)), ...marks.system]),
  }
  const now = isFinished(state) ? (complete ?? new Date()) : undefined
  return {
    ...template,
    ...(values === undefined ? {} : { values }),
    ...(state === 'WAITING' ? {} : { start: start ?? now ?? new Date() }),
    ...(now === undefined ? {} : { complete: now }),
  }
}

function checkValues(state: TrialState, values: readonly number[] | undefined, objectives: number): void {
  if (state === 'COMPLETE') {
    if (
      values?.length !== objectives ||
      values.some((value) => typeof value !== 'number' || Number.isNaN(value))
    ) {
      throw new InputError(
        `addTrial(): a COMPLETE trial needs ${objectives === 1 ? 'a value' : `${objectives} values`}, none of them NaN; got ${values === undefined ? 'none' : `[${values.join(', ')}]`}.`,
      )
    }
  } else if (state !== 'PRUNED' && values !== undefined) {
    throw new InputError(`addTrial(): a trial that is ${state} has no values; leave them out.`)
  }
}

function toMap<T>(named: Named<T> | undefined): ReadonlyMap<string, T> {
  return named instanceof Map ? named : new Map(Object.entries(named ?? {}))
}
