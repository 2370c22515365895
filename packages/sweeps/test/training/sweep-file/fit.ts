import { expect } from 'vitest'

/** The distribution of the standard normal by Simpson's rule on its density: nothing is shared with the code. */
export function normalCdf(x: number): number {
  const steps = 400
  const width = x / steps
  let sum = 0
  for (let i = 0; i <= steps; i++) {
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2
    sum += weight * Math.exp(-0.5 * (i * width) ** 2)
  }
  return Math.min(1, Math.max(0, 0.5 + (sum * width) / (3 * Math.sqrt(2 * Math.PI))))
}

/** Kolmogorov and Smirnov's test: passed by all but one of a thousand samples of the distribution. */
export function expectDrawnFrom(values: readonly number[], cdf: (x: number) => number, what: string): void {
  const sorted = values.toSorted((a, b) => a - b)
  const n = sorted.length
  let distance = 0
  for (const [i, value] of sorted.entries()) {
    const p = cdf(value)
    distance = Math.max(distance, Math.abs(p - i / n), Math.abs((i + 1) / n - p))
  }
  expect(distance * Math.sqrt(n), what).toBeLessThan(1.95)
}

/**
 * Pearson's chi-square test of counts, values expected fewer than ten times taken together; passed by all but about one
 * of a thousand samples (E. B. Wilson, M. M. Hilferty, PNAS 17, 1931, for the quantile).
 */
export function expectCounts(
  values: readonly unknown[],
  shares: ReadonlyMap<unknown, number>,
  what: string,
): void {
  const counts = new Map<unknown, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  for (const value of counts.keys()) expect(shares.get(value) ?? 0, `${what}: ${value}`).toBeGreaterThan(0)
  const total = [...shares.values()].reduce((sum, share) => sum + share, 0)
  expect(total, what).toBeCloseTo(1, 6)
  const cells: { count: number; expected: number }[] = []
  const rest = { count: 0, expected: 0 }
  for (const [value, share] of shares) {
    const cell = { count: counts.get(value) ?? 0, expected: share * values.length }
    if (cell.expected >= 10) cells.push(cell)
    else {
      rest.count += cell.count
      rest.expected += cell.expected
    }
  }
  if (rest.expected >= 5) cells.push(rest)
  const chi = cells.reduce((sum, { count, expected }) => sum + (count - expected) ** 2 / expected, 0)
  const freedom = cells.length - 1
  const spread = 2 / (9 * freedom)
  expect(chi, what).toBeLessThan(freedom * (1 - spread + 3.1 * Math.sqrt(spread)) ** 3)
}

/** The shares of the multiples of q that values rounded to the nearest have. */
export function roundedShares(
  q: number,
  from: number,
  to: number,
  cdf: (x: number) => number,
): Map<unknown, number> {
  const shares = new Map<unknown, number>()
  for (let k = Math.round(from / q); k <= Math.round(to / q); k++) {
    const share = cdf((k + 0.5) * q) - cdf((k - 0.5) * q)
    shares.set(Number((k * q).toFixed(9)), share)
  }
  return shares
}
