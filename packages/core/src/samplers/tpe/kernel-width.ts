/**
 * The standard deviations of the kernels at sorted points of [low, high]: the larger of the gaps to both neighbours;
 * the outermost two, where there are two, have one neighbour; a single one has the ends. Not below (high - low) /
 * min(100, points + 2) nor above high - low (Optuna 5.0, parzen_estimator.py; Bergstra et al., "Algorithms for
 * hyper-parameter optimization", NeurIPS 2011, section 4, has the rule of the gaps).
 */
export function kernelWidth(
  at: (place: number) => number,
  place: number,
  count: number,
  low: number,
  high: number,
): number {
  const point = at(place)
  const left = place > 0 ? point - at(place - 1) : count > 1 ? 0 : point - low
  const right = place < count - 1 ? at(place + 1) - point : count > 1 ? 0 : high - point
  return Math.min(high - low, Math.max(leastWidth(count, low, high), left, right))
}

function leastWidth(count: number, low: number, high: number): number {
  return (high - low) / Math.min(100, count + 2)
}
