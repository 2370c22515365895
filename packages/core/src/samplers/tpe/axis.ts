import type { Distribution, ParamValue, SearchSpace } from '../../space/distribution.js'
import { toExternal, toInternal } from '../../space/param-value.js'
import { fromTransformed, toTransformed, transformedBounds } from '../../space/transform.js'

/**
 * A parameter as the estimators see it. Points on a numeric axis lie in [low, high]: logarithms where the parameter is
 * logarithmic, the interval widened by half a step where there are steps. Points on a categorical axis are indices.
 */
export interface Axis {
  readonly name: string
  readonly distribution: Distribution
  readonly kind: 'continuous' | 'discrete' | 'categorical'
  readonly low: number
  readonly high: number
  /** Of a categorical axis; else 0. */
  readonly categories: number
}

/** One axis a parameter, in the space's order. */
export function axesOf(space: SearchSpace): Axis[] {
  return [...space].map(([name, distribution]) => {
    if (distribution.kind === 'categorical') {
      const { length } = distribution.choices
      return { name, distribution, kind: 'categorical', low: 0, high: 0, categories: length }
    }
    const [low, high] = transformedBounds(distribution)
    const kind = distribution.step === null ? 'continuous' : 'discrete'
    return { name, distribution, kind, low, high, categories: 0 }
  })
}

/** The point of a value; NaN where the axis has none for it. */
export function toPoint({ distribution }: Axis, value: ParamValue | undefined): number {
  if (value === undefined) return Number.NaN
  const internal = toInternal(distribution, value)
  if (internal === undefined) return Number.NaN
  const point = distribution.kind === 'categorical' ? internal : toTransformed(distribution, internal)
  return Number.isFinite(point) ? point : Number.NaN
}

/** The value of a point. */
export function toValue({ distribution }: Axis, point: number): ParamValue {
  return distribution.kind === 'categorical'
    ? toExternal(distribution, point)!
    : fromTransformed(distribution, point)
}

/** The interval of the axis that a discrete point stands for: half a step to both sides. */
export function cellOf({ distribution }: Axis, point: number): readonly [low: number, high: number] {
  if (distribution.kind === 'categorical' || distribution.step === null) return [point, point]
  const half = distribution.step / 2
  if (!distribution.log) return [point - half, point + half]
  const value = Math.exp(point)
  return [Math.log(value - half), Math.log(value + half)]
}
