import { InputError } from '../errors.js'
import type { ParamValue } from '../space/distribution.js'
import { toInternal } from '../space/param-value.js'
import type { Space } from '../space/space.js'
import { fixedParamsOf } from '../trial/trial.js'
import type { TrialRecord } from '../trial/trial-record.js'

export type Settings = Readonly<Record<string, ParamValue>>

/**
 * Checks parameters that a trial is to get against a declared space. Numbers outside their range are let through: a
 * baseline may lie there.
 * @throws InputError for a parameter that is not declared, and for a value of the wrong kind.
 */
export function checkSettings(what: string, settings: Settings, space: Space<unknown> | undefined): void {
  for (const [name, value] of Object.entries(settings)) {
    if (value !== null && !['number', 'string', 'boolean'].includes(typeof value)) {
      throw new InputError(`${what}: ${name} is ${typeof value}; give null, a boolean, a number or a string.`)
    }
    if (space === undefined) continue
    const declared = space.declared.get(name)
    if (declared === undefined) {
      throw new InputError(
        `${what}: ${name} is not in the study's space, which has ${[...space.declared.keys()].join(', ')}; mend the name.`,
      )
    }
    const { distribution } = declared
    if (toInternal(distribution, value) === undefined) {
      const asked =
        distribution.kind === 'categorical' ? distribution.choices.map(String).join(', ') : distribution.kind
      throw new InputError(`${what}: ${name} is ${value}; give ${asked}.`)
    }
  }
}

/** Checks that the settings name every parameter of a declared space that is there. @throws InputError */
export function checkComplete(what: string, settings: Settings, space: Space<unknown> | undefined): void {
  if (space === undefined) return
  const given = new Map(Object.entries(settings))
  for (const name of space.declared.keys()) {
    const active = space.isActive(name, given)
    if (active && !given.has(name)) throw new InputError(`${what}: ${name} is missing; give it a value.`)
    if (!active && given.has(name)) {
      throw new InputError(`${what}: ${name} is not there with these values; leave it out.`)
    }
  }
}

/** Whether a trial has, or will have, these parameters and no others; numbers to a relative 1e-5 (Optuna 5.0). */
export function hasSettings(trial: TrialRecord, settings: Settings): boolean {
  const fixed = Object.entries(fixedParamsOf(trial))
  const params = fixed.length > 0 ? new Map(fixed) : trial.params
  const names = Object.keys(settings)
  return (
    names.length === params.size &&
    names.every((name) => params.has(name) && near(params.get(name)!, settings[name]!))
  )
}

function near(a: ParamValue, b: ParamValue): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b
  return a === b || (Number.isNaN(a) && Number.isNaN(b)) || Math.abs(a - b) <= 1e-5 * Math.abs(b)
}
