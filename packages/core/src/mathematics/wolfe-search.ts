/** A point of the search: the step, and the function's value and slope there. */
interface Probe {
  readonly step: number
  readonly value: number
  readonly slope: number
}

/** The function along the line: its value and slope at a step. */
export type LineFunction = (step: number) => { readonly value: number; readonly slope: number }

const SUFFICIENT_DECREASE = 1e-3
const CURVATURE = 0.9
const EVALUATIONS = 20

/**
 * A step in (0, longest] that satisfies the strong Wolfe conditions, or `longest` where the function still falls
 * there, or the best step with sufficient decrease after 20 evaluations; undefined where none was found. Values that
 * are not finite count as too high. Bracketing and zooming: J. Nocedal, S. J. Wright, "Numerical Optimization", 2nd
 * edition, algorithms 3.5 and 3.6.
 * @param value at step 0
 * @param slope at step 0, negative
 */
export function searchWolfe(
  line: LineFunction,
  value: number,
  slope: number,
  first: number,
  longest: number,
): number | undefined {
  const start: Probe = { step: 0, value, slope }
  const isHigh = (probe: Probe, best: Probe) =>
    !Number.isFinite(probe.value) ||
    !Number.isFinite(probe.slope) ||
    probe.value > value + SUFFICIENT_DECREASE * probe.step * slope ||
    (best.step > 0 && probe.value >= best.value)
  const isFlat = (probe: Probe) => Math.abs(probe.slope) <= -CURVATURE * slope

  let low = start
  let high: Probe | undefined
  let step = Math.min(first, longest)
  for (let evaluation = 0; evaluation < EVALUATIONS; evaluation++) {
    const probe: Probe = { step, ...line(step) }
    if (isHigh(probe, low)) {
      high = probe
    } else {
      if (isFlat(probe)) return step
      // The minimum lies on the side to which the function falls; that end of the bracket is the former best.
      if (high === undefined ? probe.slope > 0 : probe.slope * (high.step - low.step) >= 0) high = low
      low = probe
      if (high === undefined && step >= longest) return longest
    }
    if (high === undefined) {
      step = Math.min(4 * step, longest)
    } else {
      if (Math.abs(high.step - low.step) <= 1e-12 * Math.max(low.step, high.step)) break
      step = between(low, high)
    }
  }
  return low.step > 0 ? low.step : undefined
}

/** The minimum of the cubic through two probes, kept off their ends by a tenth of the way. */
function between(low: Probe, high: Probe): number {
  const width = high.step - low.step
  const middle = low.step + width / 2
  if (!Number.isFinite(high.value) || !Number.isFinite(high.slope)) return middle
  const secant = low.slope + high.slope - (3 * (low.value - high.value)) / (low.step - high.step)
  const radicand = secant * secant - low.slope * high.slope
  if (radicand < 0) return middle
  const root = Math.sign(width) * Math.sqrt(radicand)
  const cubic = high.step - (width * (high.slope + root - secant)) / (high.slope - low.slope + 2 * root)
  const share = (cubic - low.step) / width
  return Number.isFinite(share) ? low.step + width * Math.min(0.9, Math.max(0.1, share)) : middle
}
