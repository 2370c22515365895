import { normalCdf } from '../../src/mathematics/normal.js'

/**
 * Two-sided p-value that two samples come from one distribution: Mann-Whitney's U by its normal approximation, with
 * the correction for ties and continuity. H. B. Mann, D. R. Whitney, Ann. Math. Statist. 18(1), 1947.
 */
export function mannWhitney(a: readonly number[], b: readonly number[]): number {
  const all = [...a.map((value) => ({ value, own: 1 })), ...b.map((value) => ({ value, own: 0 }))].sort(
    (x, y) => x.value - y.value,
  )
  const n = all.length
  let rankSum = 0
  let ties = 0
  for (let from = 0; from < n; ) {
    let to = from
    while (to < n && all[to]!.value === all[from]!.value) to++
    const rank = (from + 1 + to) / 2
    for (let i = from; i < to; i++) rankSum += rank * all[i]!.own
    ties += (to - from) ** 3 - (to - from)
    from = to
  }
  const u = rankSum - (a.length * (a.length + 1)) / 2
  const mean = (a.length * b.length) / 2
  const variance = ((a.length * b.length) / 12) * (n + 1 - ties / (n * (n - 1)))
  if (variance === 0) return 1
  const z = Math.max(0, Math.abs(u - mean) - 0.5) / Math.sqrt(variance)
  return Math.min(1, 2 * normalCdf(-z))
}

/** Holm's correction: the smallest level at which each hypothesis falls among all. S. Holm, Scand. J. Stat. 6, 1979. */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, i) => i).sort((i, j) => pValues[i]! - pValues[j]!)
  const adjusted = new Array<number>(pValues.length).fill(1)
  let largest = 0
  order.forEach((i, place) => {
    largest = Math.max(largest, Math.min(1, (pValues.length - place) * pValues[i]!))
    adjusted[i] = largest
  })
  return adjusted
}
