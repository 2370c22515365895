/**
 * The percentile of `values`, NaN left out, as numpy.nanpercentile's default: linear between order statistics, reckoned
 * from the nearer one so that the bits are the same. NaN where nothing is left.
 *
 * @param percentile in [0, 100]
 */
export function percentileOf(values: readonly number[], percentile: number): number {
  const sorted = Float64Array.from(values.filter((value) => !Number.isNaN(value))).sort()
  if (sorted.length === 0) return Number.NaN
  const place = (percentile / 100) * (sorted.length - 1)
  const below = Math.floor(place)
  const low = sorted[below]!
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!
  if (low === high) return low
  const part = place - below
  return part < 0.5 ? low + (high - low) * part : high - (high - low) * (1 - part)
}
