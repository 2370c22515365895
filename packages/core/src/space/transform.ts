import type { Distribution, FloatDistribution, IntDistribution, ParamValue } from './distribution.js'
import { indexOfChoice, snap } from './param-value.js'

type NumericDistribution = FloatDistribution | IntDistribution

/**
 * The interval in which a number is drawn uniformly: widened by half a step at both ends where there are steps, so
 * that the first and the last are as likely as the others, then on the logarithmic scale where `log` (Optuna 5.0,
 * _transform.py).
 */
export function transformedBounds(distribution: NumericDistribution): readonly [low: number, high: number] {
  const { low, high, log } = distribution
  const half = low === high ? 0 : (distribution.step ?? 0) / 2
  return log ? [Math.log(low - half), Math.log(high + half)] : [low - half, high + half]
}

/** A value on the scale of {@link transformedBounds}: its logarithm where `log`. */
export function toTransformed(distribution: NumericDistribution, value: number): number {
  return distribution.log ? Math.log(value) : value
}

/** The value that a point of {@link transformedBounds} stands for: the nearest step, and within the bounds. */
export function fromTransformed(distribution: NumericDistribution, point: number): number {
  const value = distribution.log ? Math.exp(point) : point
  if (distribution.step !== null) return snap(distribution, value)
  const { low, high } = distribution
  if (low === high) return low
  return value >= high ? below(high) : Math.max(value, low)
}

/** A value's place in [0, 1]: linear in {@link transformedBounds}; of a category the middle of its share. */
export function toUnit(distribution: Distribution, value: ParamValue): number {
  if (distribution.kind === 'categorical') {
    return (indexOfChoice(distribution.choices, value) + 0.5) / distribution.choices.length
  }
  const [low, high] = transformedBounds(distribution)
  return low === high ? 0.5 : (toTransformed(distribution, value as number) - low) / (high - low)
}

/** The value at a place in [0, 1]; continuous values stay below `high`, as Optuna's do. */
export function fromUnit(distribution: Distribution, place: number): ParamValue {
  if (distribution.kind === 'categorical') {
    const { choices } = distribution
    return choices[Math.min(choices.length - 1, Math.floor(place * choices.length))]!
  }
  const [low, high] = transformedBounds(distribution)
  return fromTransformed(distribution, low + place * (high - low))
}

const words = new Float64Array(1)
const bits = new BigInt64Array(words.buffer)

/** The next double below a finite number. */
function below(value: number): number {
  if (value === 0) return -Number.MIN_VALUE
  words[0] = value
  bits[0] = bits[0]! + (value > 0 ? -1n : 1n)
  return words[0]!
}
