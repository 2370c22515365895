/**
 * Holm's step-down adjusted p-values, in the order given: rejecting those at or below a level rejects any true
 * hypothesis with at most that probability, however the tests depend on each other. S. Holm, "A simple sequentially
 * rejective multiple test procedure", Scandinavian Journal of Statistics 6(2), 1979.
 */
export function holm(pValues: readonly number[]): number[] {
  const order = [...pValues.keys()].sort((a, b) => pValues[a]! - pValues[b]!)
  const adjusted = new Array<number>(pValues.length)
  let atLeast = 0
  for (const [place, index] of order.entries()) {
    atLeast = Math.max(atLeast, Math.min(1, (pValues.length - place) * pValues[index]!))
    adjusted[index] = atLeast
  }
  return adjusted
}
