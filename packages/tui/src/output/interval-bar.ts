import type { Symbols } from './symbols.js'

/** Differences at the two ends of an interval bar; zero lies between. */
export interface BarScale {
  readonly low: number
  readonly high: number
}

export interface BarValue {
  readonly delta: number
  readonly interval?: readonly [number, number] | undefined
}

/** A hundredth of a point: less is not shown anywhere. */
const SMALLEST_SPAN = 1e-4

/** One scale for the rows of a table, rounded outward to round numbers so that it seldom moves. */
export function barScale(values: Iterable<BarValue>): BarScale {
  let low = 0
  let high = SMALLEST_SPAN
  for (const { delta, interval } of values) {
    low = Math.min(low, delta, interval?.[0] ?? 0)
    high = Math.max(high, delta, interval?.[1] ?? 0)
  }
  const step = niceStep((high - low) / 8)
  return { low: Math.floor(low / step) * step, high: Math.ceil(high / step) * step }
}

/** The interval drawn in `width` characters: dots up to it, ├─●─┤ along it, │ where the difference is zero. */
export function intervalBar(
  { delta, interval }: BarValue,
  scale: BarScale,
  width: number,
  symbols: Symbols,
): string {
  const column = (value: number) => Math.round(((value - scale.low) / (scale.high - scale.low)) * (width - 1))
  const clamped = (value: number) => Math.max(0, Math.min(width - 1, column(value)))
  const zero = clamped(0)
  const cells = Array.from({ length: width }, () => ' ')
  const [low, high] = interval
    ? [clamped(interval[0]), clamped(interval[1])]
    : [clamped(delta), clamped(delta)]
  cells.fill(symbols.dot, 0, Math.max(zero, high))
  cells[zero] = symbols.zero
  if (interval) {
    cells.fill(symbols.rule, low, high + 1)
    cells[low] = column(interval[0]) < 0 ? symbols.offLeft : symbols.low
    cells[high] = column(interval[1]) >= width ? symbols.offRight : symbols.high
    if (zero > low && zero < high) cells[zero] = symbols.zero
  }
  cells[clamped(delta)] = symbols.point
  return cells.join('')
}

/** The bar of the baseline itself: the zero line alone. */
export function zeroBar(scale: BarScale, width: number, symbols: Symbols): string {
  const zero = Math.round((-scale.low / (scale.high - scale.low)) * (width - 1))
  return ' '.repeat(zero) + symbols.zero + ' '.repeat(width - zero - 1)
}

/** 1, 2 or 5 times a power of ten, not below `value`. */
function niceStep(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return ([1, 2, 5].find((factor) => factor * power >= value) ?? 10) * power
}
