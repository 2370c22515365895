import { type Decimal, parseDecimal, toNumber, unitsAt } from '../decimal.js'
import { InputError } from '../errors.js'
import { optionsOf } from '../options.js'
import type {
  CategoricalDistribution,
  FloatDistribution,
  IntDistribution,
  ParamValue,
} from './distribution.js'

export interface FloatOptions {
  /** Searched on a logarithmic scale; needs low > 0 and excludes `step`. */
  readonly log?: boolean
  /** One of low + k * step only. */
  readonly step?: number | null
}

export interface IntOptions {
  /** Searched on a logarithmic scale; needs low >= 1 and a step of 1. */
  readonly log?: boolean
  /** One of low + k * step only; 1 unless given. */
  readonly step?: number
}

/**
 * A real number in [low, high]. With a step, `high` becomes the largest low + k * step that is not above it, by
 * decimal arithmetic on the numbers as printed (Optuna 5.0, distributions.py).
 * @throws InputError for bounds that are not finite or in the wrong order, a step that is not above 0, and log with a
 *   step or with low <= 0.
 */
export function floatDistribution(low: number, high: number, options: FloatOptions = {}): FloatDistribution {
  const { log = false, step = null } = options
  checkBounds('float', low, high)
  optionsOf(`float(${low}, ${high})`).allowed(options, ['log', 'step'])
  if (step !== null && !(Number.isFinite(step) && step > 0)) {
    throw new InputError(`float(${low}, ${high}): step is ${step}; give a step above 0, or none.`)
  }
  // Samplers see half a step more on either side.
  if (!Number.isFinite(high - low + (step ?? 0))) {
    throw new InputError(`float(${low}, ${high}): the range is wider than the largest number; narrow it.`)
  }
  if (log && step !== null) {
    throw new InputError(`float(${low}, ${high}): log and step exclude each other; leave one out.`)
  }
  if (log && low <= 0) {
    throw new InputError(
      `float(${low}, ${high}): a logarithmic scale needs low > 0; raise it, or leave log out.`,
    )
  }
  return Object.freeze({
    kind: 'float',
    low,
    high: step === null ? high : highestStep(low, high, step),
    step,
    log,
  })
}

/**
 * A whole number from low to high, both included; `high` becomes the largest low + k * step that is not above it
 * (Optuna 5.0, distributions.py).
 * @throws InputError for bounds or a step that are no whole numbers or in the wrong order, and log with a step other
 *   than 1 or with low < 1.
 */
export function intDistribution(low: number, high: number, options: IntOptions = {}): IntDistribution {
  const { log = false, step = 1 } = options
  checkBounds('int', low, high)
  optionsOf(`int(${low}, ${high})`).allowed(options, ['log', 'step'])
  if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high)) {
    throw new InputError(`int(${low}, ${high}): bounds are whole numbers; round them, or take a float.`)
  }
  if (!Number.isSafeInteger(step) || step < 1) {
    throw new InputError(`int(${low}, ${high}): step is ${step}; give a whole number from 1.`)
  }
  if (log && step !== 1) {
    throw new InputError(`int(${low}, ${high}): log and step exclude each other; leave one out.`)
  }
  if (log && low < 1) {
    throw new InputError(
      `int(${low}, ${high}): a logarithmic scale needs low >= 1; raise it, or leave log out.`,
    )
  }
  return Object.freeze({ kind: 'int', low, high: low + Math.floor((high - low) / step) * step, step, log })
}

/**
 * One of the choices, which are null, booleans, numbers or strings (Optuna 5.0, distributions.py).
 * @throws InputError where there are none, one is of another type, or one comes twice.
 */
export function categoricalDistribution(choices: readonly ParamValue[]): CategoricalDistribution {
  if (!Array.isArray(choices)) throw new InputError(`choice(): ${String(choices)} is no list; give one.`)
  if (choices.length === 0) throw new InputError('choice(): no choices; give at least one.')
  const seen = new Set<ParamValue>()
  for (const choice of choices) {
    const fits = choice === null || ['boolean', 'number', 'string'].includes(typeof choice)
    if (!fits) {
      throw new InputError(
        `choice(): a choice is a ${typeof choice}; give null, booleans, numbers or strings, and look the rest up by name.`,
      )
    }
    if (seen.has(choice)) throw new InputError(`choice(): ${choice} comes twice; give every choice once.`)
    seen.add(choice)
  }
  return Object.freeze({ kind: 'categorical', choices: Object.freeze([...choices]) })
}

function checkBounds(kind: 'float' | 'int', low: number, high: number): void {
  if (!Number.isFinite(low) || !Number.isFinite(high)) {
    throw new InputError(`${kind}(${low}, ${high}): bounds are finite numbers; give two.`)
  }
  if (low > high)
    throw new InputError(`${kind}(${low}, ${high}): low is above high; write ${kind}(${high}, ${low}).`)
}

/** The largest low + k * step <= high, as the decimal numbers that are printed. */
function highestStep(low: number, high: number, step: number): number {
  const [l, h, s] = [low, high, step].map((x) => parseDecimal(String(x))!) as [Decimal, Decimal, Decimal]
  const exponent = Math.min(l.exponent, h.exponent, s.exponent)
  const start = unitsAt(l, exponent)
  const stride = unitsAt(s, exponent)
  const range = unitsAt(h, exponent) - start
  return toNumber({ units: start + (range / stride) * stride, exponent })
}
