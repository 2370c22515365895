import type { Symbols } from '../output/symbols.js'

const WIDEST_STEP = 3
const EIGHTHS = 8

/**
 * Values as columns over `height` lines, the top line first, from the lowest of them to the highest. Few values are
 * drawn wider, more than `width` are averaged by column; what is not finite is blank. No lines without a finite value.
 */
export function curveChart(
  values: readonly number[],
  { width, height, symbols }: { width: number; height: number; symbols: Symbols },
): string[] {
  const columns = toColumns(values, width)
  const finite = columns.filter(Number.isFinite)
  if (finite.length === 0) return []
  const low = Math.min(...finite)
  // Halved, so that no two numbers are too far apart.
  const range = Math.max(...finite) / 2 - low / 2
  const top = height * EIGHTHS
  const levels = columns.map((value) => {
    if (!Number.isFinite(value)) return 0
    return range === 0 ? Math.ceil(top / 2) : 1 + Math.round(((value / 2 - low / 2) / range) * (top - 1))
  })
  const heights = Array.from(symbols.heights)
  return Array.from({ length: height }, (_, line) => {
    const below = (height - 1 - line) * EIGHTHS
    return levels
      .map((level) => (level <= below ? ' ' : heights[Math.min(EIGHTHS, level - below) - 1]))
      .join('')
      .trimEnd()
  })
}

function toColumns(values: readonly number[], width: number): number[] {
  if (values.length <= width) {
    const step = Math.min(WIDEST_STEP, Math.floor(width / Math.max(1, values.length)))
    return values.flatMap((value) => Array.from({ length: step }, () => value))
  }
  return Array.from({ length: width }, (_, column) => {
    const from = Math.floor((column * values.length) / width)
    const to = Math.floor(((column + 1) * values.length) / width)
    const cell = values.slice(from, to).filter(Number.isFinite)
    return cell.reduce((sum, value) => sum + value, 0) / cell.length
  })
}
