import { type Decimal, parseDecimal, toNumber } from '../../decimal.js'
import { InputError } from '../../errors.js'
import { betaQuantile } from '../../mathematics/beta-quantile.js'
import { normalQuantile } from '../../mathematics/normal.js'
import { optionsOf } from '../../options.js'

/** A law of real numbers. With `q` the value is rounded to the nearest multiple of it. */
export type NumericLaw = (
  | { readonly law: 'uniform'; readonly min: number; readonly max: number }
  /** Uniform on the logarithmic scale; the bounds are values, above 0. */
  | { readonly law: 'log-uniform'; readonly min: number; readonly max: number }
  | { readonly law: 'normal'; readonly mu: number; readonly sigma: number }
  /** Its logarithm is normal. */
  | { readonly law: 'log-normal'; readonly mu: number; readonly sigma: number }
  | { readonly law: 'beta'; readonly a: number; readonly b: number }
) & { readonly q?: number }

/** One of the choices of a categorical parameter, each with its weight, in their order. */
export interface CategoricalLaw {
  readonly law: 'categorical'
  readonly weights: readonly number[]
}

/** How likely the values of a parameter are before anything is known, where it is no law that its range says. */
export type Law = NumericLaw | CategoricalLaw

const FIELDS: Readonly<Record<Law['law'], readonly string[]>> = {
  uniform: ['law', 'min', 'max', 'q'],
  'log-uniform': ['law', 'min', 'max', 'q'],
  normal: ['law', 'mu', 'sigma', 'q'],
  'log-normal': ['law', 'mu', 'sigma', 'q'],
  beta: ['law', 'a', 'b', 'q'],
  categorical: ['law', 'weights'],
}

/**
 * Checks the numbers of a law; `owner` begins the message.
 * @throws InputError for one that is missing, not finite or out of range: min < max, above 0 where logarithmic; sigma,
 *   a, b and q above 0; weights from 0, not all of them 0.
 */
export function checkLaw(owner: string, law: Law): void {
  const check = optionsOf(owner)
  const names = Object.keys(FIELDS) as Law['law'][]
  check.oneOf('law', law.law, names)
  check.allowed(law, FIELDS[law.law])
  if (law.law === 'categorical') {
    for (const weight of law.weights) check.within('a weight', weight, 0, Number.POSITIVE_INFINITY)
    if (!law.weights.some((weight) => weight > 0)) {
      throw new InputError(`${owner}: no weight is above 0; give at least one.`)
    }
    return
  }
  const positive = (name: string, value: number): void => {
    check.between(name, value, 0, Number.POSITIVE_INFINITY)
  }
  if (law.q !== undefined) positive('q', law.q)
  switch (law.law) {
    case 'beta':
      positive('a', law.a)
      positive('b', law.b)
      break
    case 'normal':
    case 'log-normal':
      check.within('mu', law.mu, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
      positive('sigma', law.sigma)
      break
    default:
      check.within('min', law.min, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
      if (law.law === 'log-uniform') positive('min', law.min)
      check.between('max', law.max, law.min, Number.POSITIVE_INFINITY)
  }
}

/** The value below which a share p of the law lies, before it is rounded to a multiple of q; p in (0, 1). */
export function lawQuantile(law: NumericLaw, p: number): number {
  switch (law.law) {
    case 'uniform':
      return law.min + p * (law.max - law.min)
    case 'log-uniform': {
      const low = Math.log(law.min)
      return Math.exp(low + p * (Math.log(law.max) - low))
    }
    case 'normal':
      return law.mu + law.sigma * normalQuantile(p)
    case 'log-normal':
      return Math.exp(law.mu + law.sigma * normalQuantile(p))
    case 'beta':
      return betaQuantile(p, law.a, law.b)
  }
}

/** The multiple of q nearest to the value, as the decimal number: 0.3, not 3 * 0.1. */
export function roundTo(q: number, value: number): number {
  const count = Math.round(value / q)
  if (!Number.isFinite(count)) return value
  const { units, exponent } = parseDecimal(String(q)) as Decimal
  return toNumber({ units: units * BigInt(count), exponent })
}
