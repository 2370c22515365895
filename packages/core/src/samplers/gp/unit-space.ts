import type { Distribution, ParamValue, SearchSpace } from '../../space/distribution.js'
import { countValues, indexOfChoice, valueAt } from '../../space/param-value.js'
import { fromUnit, toUnit } from '../../space/transform.js'

/**
 * A search space as the Gaussian process sees it: numbers in [0, 1], linear or logarithmic, discrete ones on the grid
 * of their steps' middles; categories by their index.
 */
export class UnitSpace {
  readonly names: readonly string[]
  /** 1 where the parameter is categorical. */
  readonly categorical: Uint8Array
  /** How many values a discrete parameter has; 0 for a continuous one. */
  readonly sizes: Float64Array
  readonly #distributions: readonly Distribution[]

  constructor(space: SearchSpace) {
    this.names = [...space.keys()]
    this.#distributions = [...space.values()]
    this.categorical = Uint8Array.from(this.#distributions, ({ kind }) => (kind === 'categorical' ? 1 : 0))
    this.sizes = Float64Array.from(this.#distributions, (distribution) => {
      const count = countValues(distribution)
      return Number.isFinite(count) ? count : 0
    })
  }

  get dimension(): number {
    return this.names.length
  }

  /** The coordinates of parameters, all of which must be there. */
  encode(params: ReadonlyMap<string, ParamValue>, into: Float64Array, start = 0): void {
    for (const [i, distribution] of this.#distributions.entries()) {
      const value = params.get(this.names[i]!)!
      into[start + i] =
        distribution.kind === 'categorical'
          ? indexOfChoice(distribution.choices, value)
          : toUnit(distribution, value)
    }
  }

  decode(x: Float64Array): Map<string, ParamValue> {
    return new Map(
      this.#distributions.map((distribution, i) => [
        this.names[i]!,
        distribution.kind === 'categorical' ? distribution.choices[x[i]!]! : fromUnit(distribution, x[i]!),
      ]),
    )
  }

  /** Moves a point of the unit cube, in place, to the nearest of the space; a category gets an equal share. */
  snap(x: Float64Array): void {
    for (const [i, distribution] of this.#distributions.entries()) {
      const size = this.sizes[i]!
      if (this.categorical[i] === 1) x[i] = Math.min(size - 1, Math.floor(x[i]! * size))
      else if (size > 0) x[i] = toUnit(distribution, fromUnit(distribution, x[i]!))
    }
  }

  /** The k-th coordinate, from 0, that discrete parameter i can have. */
  coordinate(i: number, k: number): number {
    const distribution = this.#distributions[i]!
    return distribution.kind === 'categorical' ? k : toUnit(distribution, valueAt(distribution, k))
  }

  /** The nearest coordinate that discrete parameter i can have, by its number. */
  nearest(i: number, coordinate: number): number {
    const distribution = this.#distributions[i]!
    if (distribution.kind === 'categorical') return coordinate
    const value = fromUnit(distribution, Math.min(1, Math.max(0, coordinate))) as number
    return Math.round((value - distribution.low) / (distribution.step ?? 1))
  }
}
