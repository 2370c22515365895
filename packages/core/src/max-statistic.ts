// A difference that is rounding, not measurement: scores lie in [0, 1] and carry about 1e-16.
const NEGLIGIBLE = 1e-12

/**
 * The fewest images that must differ before any verdict is possible at `level`. Under "the setting and the baseline
 * are exchangeable on every image" the k images that differ all point one way with probability 2^(1 - k); below this
 * k that alone is more likely than 1 - level (0.95: six images).
 */
export function fewestDifferingImages(level: number): number {
  return Math.ceil(1 - Math.log2(1 - level))
}

/**
 * The studentised difference that is held against the critical value: delta / sqrt(se^2 n / (n - 1) + delta^2 / n),
 * for a bootstrap standard error `se` over n >= 2 images. 0 where the difference is rounding.
 *
 * Plainly studentised, delta / se, the largest of many settings passes the critical value of a max-statistic
 * bootstrap far too often in small sets: its standard error falls out small just where the difference falls out
 * large, and the bootstrap, whose se is fixed, does not see that. Here the variance is the second moment about the
 * hypothesis "no difference" instead of about the estimate. For sums of symmetric differences such a statistic has
 * tails no heavier than normal at any n (B. Efron, "Student's t-test under symmetry conditions", JASA 64, 1969) and
 * is at most sqrt(n). The factor n / (n - 1) undoes the bootstrap's narrowness (T. Hesterberg, "What teachers
 * should know about the bootstrap", The American Statistician 69(4), 2015). Both vanish as n grows.
 *
 * Studentising anew in every resample (the bootstrap-t) would also hold for skewed differences, but a setting that
 * differs on a few images only, as neighbours of the baseline do, then often has no spread in a resample, the
 * critical value is infinite, and nothing in the grid is ever called.
 */
export function studentised(delta: number, standardError: number, images: number): number {
  if (Math.abs(delta) <= NEGLIGIBLE) return 0
  const variance = (standardError * standardError * images) / (images - 1) + (delta * delta) / images
  return delta / Math.sqrt(variance)
}

/**
 * Raises `maxima[b]` to |deltas[b] - delta| / se for every resample b where that is larger: M_b = max over settings,
 * algorithm 4.2 of J. P. Romano, M. Wolf, "Stepwise multiple testing as formalized data snooping", Econometrica
 * 73(4), 2005, in a single step, two-sided, and with the standard error of the original data.
 */
export function raiseMaxima(
  maxima: Float64Array,
  deltas: Float64Array,
  delta: number,
  standardError: number,
): void {
  if (standardError <= NEGLIGIBLE) return
  for (let b = 0; b < maxima.length; b++) {
    const deviation = Math.abs(deltas[b]! - delta) / standardError
    if (deviation > maxima[b]!) maxima[b] = deviation
  }
}
