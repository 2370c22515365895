import { type Direction, formatPoints, formatScore } from '@thresher/core'
import { clip, printable } from '../output/text.js'

/**
 * How a metric's values and differences are written: scores of 0 to 1 and percentages with differences in points,
 * anything else (losses) in its own unit.
 */
export interface MetricScale {
  readonly kind: 'score' | 'percent' | 'plain'
  format(value: number): string
  /** With its sign. */
  difference(delta: number): string
}

const LONGEST_TITLE = 12

/** The scale that fits all of `values`; what is not finite counts for nothing. */
export function metricScale(values: Iterable<number>, direction: Direction): MetricScale {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  if (direction === 'maximize' && (low >= 0 || low === Number.POSITIVE_INFINITY)) {
    if (high <= 1) return { kind: 'score', format: formatScore, difference: formatPoints }
    if (high <= 100) return PERCENT
  }
  return plainScale(Math.max(Math.abs(low), Math.abs(high)))
}

/** What heads a metric's column: `H-Mean` for `val/hmean`, else the last part of its name. */
export function metricTitle(name: string | undefined, ellipsis: string): string {
  if (name === undefined) return 'value'
  const last = printable(name).split('/').at(-1) || printable(name)
  if (/(^|_)h[_-]?mean$/i.test(last)) return 'H-Mean'
  return clip(last, LONGEST_TITLE, ellipsis)
}

const PERCENT: MetricScale = {
  kind: 'percent',
  format: (value) => (Number.isFinite(value) ? value.toFixed(2) : String(value)),
  difference: (delta) => formatPoints(delta / 100),
}

function plainScale(largest: number): MetricScale {
  const decimals = Math.min(6, Math.max(0, 4 - Math.floor(Math.log10(Math.max(largest, 1)))))
  const format = (value: number) => {
    if (!Number.isFinite(value)) return String(value)
    const extreme = largest < 1e-3 || largest >= 1e6
    return extreme && value !== 0 ? value.toExponential(3) : value.toFixed(decimals)
  }
  return {
    kind: 'plain',
    format,
    difference: (delta) => `${delta < 0 ? '-' : '+'}${format(Math.abs(delta))}`,
  }
}
