import { formatPoints } from '@thresher/core'

/** "+0.18 pt, 95 % +0.05 to +0.31 pt" */
export function differenceText(row: { delta: number; interval: readonly [number, number] }): string {
  const [low, high] = row.interval
  return `${formatPoints(row.delta)}, 95 % ${formatPoints(low).replace(/ pt$/, '')} to ${formatPoints(high)}`
}
