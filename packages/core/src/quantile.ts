/**
 * The `p`-quantile of ascending `sorted`, interpolated linearly between order statistics: type 7 of R. J. Hyndman,
 * Y. Fan, "Sample quantiles in statistical packages", The American Statistician 50(4), 1996, which NumPy and
 * SciPy's percentile bootstrap take too. NaN where `sorted` is empty.
 */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  const last = sorted.length - 1
  if (last < 0) return Number.NaN
  const place = p * last
  const below = Math.floor(place)
  const low = sorted[below]!
  const high = sorted[Math.min(below + 1, last)]!
  return low + (high - low) * (place - below)
}

/**
 * The critical value of a Monte Carlo test: the ceil(p (B + 1))-th smallest of B simulated values, at most the
 * largest. A. C. Davison, D. V. Hinkley, "Bootstrap Methods and their Application", 1997, section 4.2: a statistic
 * drawn like the simulated ones exceeds it with probability at most 1 - p.
 */
export function upperCriticalValue(sorted: ArrayLike<number>, p: number): number {
  const rank = Math.min(sorted.length, Math.ceil(p * (sorted.length + 1)))
  return sorted[rank - 1] ?? 0
}
