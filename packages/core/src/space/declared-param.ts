import { categoricalDistribution, floatDistribution, intDistribution } from './build-distribution.js'
import type { Distribution, ParamValue } from './distribution.js'

/** A parameter is there only where another one has one of these values. */
export interface Condition {
  readonly name: string
  readonly values: readonly ParamValue[]
}

/** A parameter of a declared space: its distribution, and when it is there. */
export class DeclaredParam<T extends ParamValue, Conditional extends boolean = false> {
  readonly distribution: Distribution
  readonly condition: Condition | undefined
  declare readonly value: T
  declare readonly conditional: Conditional

  constructor(distribution: Distribution, condition?: Condition) {
    this.distribution = distribution
    this.condition = condition
  }

  /** The parameter only where the one called `name` has this value, or one of these. */
  when(name: string, ...values: readonly ParamValue[]): DeclaredParam<T, true> {
    return new DeclaredParam<T, true>(
      this.distribution,
      Object.freeze({ name, values: Object.freeze(values) }),
    )
  }
}

/**
 * A real number from low to high, in steps where `step` is given.
 * @throws InputError as `floatDistribution`.
 */
export function float(
  low: number,
  high: number,
  options: { readonly step?: number } = {},
): DeclaredParam<number> {
  return new DeclaredParam(floatDistribution(low, high, options))
}

/** A real number from low to high, searched on a logarithmic scale; low > 0. */
export function logFloat(low: number, high: number): DeclaredParam<number> {
  return new DeclaredParam(floatDistribution(low, high, { log: true }))
}

/**
 * A whole number from low to high, both included, in steps where `step` is given.
 * @throws InputError as `intDistribution`.
 */
export function int(
  low: number,
  high: number,
  options: { readonly step?: number } = {},
): DeclaredParam<number> {
  return new DeclaredParam(intDistribution(low, high, options))
}

/** A whole number from low to high, both included, searched on a logarithmic scale; low >= 1. */
export function logInt(low: number, high: number): DeclaredParam<number> {
  return new DeclaredParam(intDistribution(low, high, { log: true }))
}

/**
 * One of the choices.
 * @throws InputError as `categoricalDistribution`.
 */
export function choice<const C extends readonly ParamValue[]>(...choices: C): DeclaredParam<C[number]> {
  return new DeclaredParam(categoricalDistribution(choices))
}
