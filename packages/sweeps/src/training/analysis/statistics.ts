import { studentTwoSidedQuantile } from '@thresher/core'

/** The mean; NaN of nothing. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The sum of squared differences from the mean. */
export function squaresOf(values: readonly number[]): number {
  const mean = meanOf(values)
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
}

/** The standard deviation, with n - 1 in the denominator; NaN below two values. */
export function deviationOf(values: readonly number[]): number {
  return values.length < 2 ? Number.NaN : Math.sqrt(squaresOf(values) / (values.length - 1))
}

/** Student's interval of the mean; undefined below two values. */
export function meanInterval(
  values: readonly number[],
  level: number,
): readonly [low: number, high: number] | undefined {
  if (values.length < 2) return undefined
  const critical = studentTwoSidedQuantile(1 - level, values.length - 1)
  const half = (critical * deviationOf(values)) / Math.sqrt(values.length)
  const mean = meanOf(values)
  return [mean - half, mean + half]
}

/** The middle value; the mean of the two in the middle of an even number. NaN of nothing. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length >> 1
  if (sorted.length === 0) return Number.NaN
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}
