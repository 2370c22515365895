import type { Distribution, FloatDistribution, IntDistribution, ParamValue } from './distribution.js'

/**
 * The number that stands in the storage: of a float or int the value itself, of a category its index. Undefined where
 * the value is none of the distribution's kind; bounds are not looked at.
 */
export function toInternal(distribution: Distribution, value: ParamValue): number | undefined {
  if (distribution.kind === 'categorical') {
    const index = indexOfChoice(distribution.choices, value)
    return index < 0 ? undefined : index
  }
  if (typeof value !== 'number' || Number.isNaN(value)) return undefined
  return distribution.kind === 'int' && !Number.isInteger(value) ? undefined : value
}

/** The value that the objective sees, of the number that stands in the storage; undefined where no choice has it. */
export function toExternal(distribution: Distribution, internal: number): ParamValue | undefined {
  if (distribution.kind === 'categorical') return distribution.choices[internal]
  return distribution.kind === 'int' ? Math.trunc(internal) : internal
}

/** Where a choice stands, NaN included; -1 where it is none. */
export function indexOfChoice(choices: readonly ParamValue[], value: ParamValue): number {
  return Number.isNaN(value) ? choices.findIndex((choice) => Number.isNaN(choice)) : choices.indexOf(value)
}

/** Whether the distribution can give the value; steps within 1e-8 of one (Optuna 5.0, distributions.py). */
export function contains(distribution: Distribution, value: ParamValue): boolean {
  const internal = toInternal(distribution, value)
  if (internal === undefined) return false
  if (distribution.kind === 'categorical') return true
  const { low, high, step } = distribution
  if (internal < low || internal > high) return false
  if (step === null) return true
  const steps = (internal - low) / step
  return Math.abs(steps - Math.round(steps)) < 1e-8
}

/** How many values the distribution can give; Infinity where continuous. */
export function countValues(distribution: Distribution): number {
  if (distribution.kind === 'categorical') return distribution.choices.length
  const { low, high, step } = distribution
  if (low === high) return 1
  return step === null ? Number.POSITIVE_INFINITY : Math.round((high - low) / step) + 1
}

/** Whether it can give one value only: nothing to search. */
export function isSingle(distribution: Distribution): boolean {
  return countValues(distribution) === 1
}

/** The value at a place from 0 to countValues - 1; with a step it is the decimal number, 0.3 and not 0.1 + 2 * 0.1. */
export function valueAt(distribution: Distribution, place: number): ParamValue {
  if (distribution.kind === 'categorical') return distribution.choices[place]!
  return place === 0 ? distribution.low : stepValue(distribution, place)
}

/** The nearest number that the distribution can give. */
export function snap(distribution: FloatDistribution | IntDistribution, value: number): number {
  const { low, high, step } = distribution
  if (!(value > low)) return low
  if (value >= high) return high
  return step === null ? value : stepValue(distribution, Math.round((value - low) / step))
}

function stepValue(distribution: FloatDistribution | IntDistribution, place: number): number {
  const { low, high, step } = distribution
  const value = low + place * step!
  if (value >= high) return high
  return distribution.kind === 'int' ? value : Number(value.toFixed(decimalsOf(distribution)))
}

const decimals = new WeakMap<Distribution, number>()

/** How many digits after the point its steps need. */
function decimalsOf(distribution: FloatDistribution | IntDistribution): number {
  let count = decimals.get(distribution)
  if (count === undefined) {
    count = Math.min(100, Math.max(digitsAfterPoint(distribution.low), digitsAfterPoint(distribution.step!)))
    decimals.set(distribution, count)
  }
  return count
}

function digitsAfterPoint(value: number): number {
  const [digits = '', power = '0'] = String(value).split('e')
  const point = digits.indexOf('.')
  return Math.max(0, (point < 0 ? 0 : digits.length - point - 1) - Number(power))
}
