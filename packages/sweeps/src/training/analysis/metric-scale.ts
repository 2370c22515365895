import { type Direction, formatPoints, formatScore, formatValue, InputError } from '@thresher/core'
import { isLossName, isScoreName } from './metric-names.js'

/**
 * What a metric's numbers are: shares of 1 (H-Mean 0.9653), percents (96.53), or anything else (a loss), of which
 * differences are no points.
 */
export type MetricScale = 'fraction' | 'percent' | 'plain'

/** The metric that a study is about, as people read it. */
export interface StudyMetric {
  readonly name: string
  readonly direction: Direction
  readonly scale: MetricScale
  /** The value that is enough, in the metric's unit. */
  readonly target: number | null
}

/**
 * The scale that a metric's values are on: `fraction` where all lie in [0, 1], `percent` where all lie in [0, 100] and
 * the name is a score's; `plain` for losses and everything else.
 */
export function guessScale(name: string, values: readonly number[]): MetricScale {
  if (isLossName(name) || values.length === 0) return 'plain'
  const low = Math.min(...values)
  const high = Math.max(...values)
  if (low < 0 || high > 100) return 'plain'
  if (high <= 1) return 'fraction'
  return isScoreName(name) ? 'percent' : 'plain'
}

/** How many points one unit of the metric is; 1 for `plain`, where differences stay in the metric's unit. */
export function pointsPerUnit(scale: MetricScale): number {
  return scale === 'fraction' ? 100 : 1
}

/** A value as people read it: `0.9653`, `96.53`, and losses with four significant digits. */
export function formatMetric(value: number, scale: MetricScale): string {
  if (scale === 'fraction') return formatScore(value)
  if (scale === 'percent') return value.toFixed(2)
  return formatValue(Number(value.toPrecision(4)))
}

/** A difference with its sign and unit: `+0.07 pt`; of a plain metric `-0.031`. */
export function formatDelta(delta: number, scale: MetricScale): string {
  if (scale === 'fraction') return formatPoints(delta)
  if (scale === 'percent') return formatPoints(delta / 100)
  const text = formatValue(Number(delta.toPrecision(3)))
  return delta < 0 ? text : `+${text}`
}

/** A size without a sign, such as a standard deviation: `0.1 pt`, with two significant digits. */
export function formatSize(size: number, scale: MetricScale): string {
  const shown = formatValue(Number((size * pointsPerUnit(scale)).toPrecision(2)))
  return scale === 'plain' ? shown : `${shown} pt`
}

/** @throws InputError where the study has several objectives. */
export function onlyDirection(study: string, directions: readonly Direction[]): Direction {
  const [direction] = directions
  if (directions.length !== 1 || direction === undefined) {
    throw new InputError(
      `study "${study}": it has ${directions.length} objectives, and this compares one. Export it, and import one metric of it.`,
    )
  }
  return direction
}
