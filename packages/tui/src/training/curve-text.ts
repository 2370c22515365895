import { sparkline, type TrialRecord } from '@thresher/core'
import { type Symbols, UNICODE_SYMBOLS } from '../output/symbols.js'

/** A trial's reports as a line of heights; empty before the first. */
export function curveText(
  { intermediate }: Pick<TrialRecord, 'intermediate'>,
  width: number,
  symbols: Symbols,
): string {
  if (intermediate.size === 0 || width < 1) return ''
  const line = sparkline([...intermediate.values()], width)
  if (symbols.heights === UNICODE_SYMBOLS.heights) return line
  return Array.from(line, (cell) => symbols.heights[UNICODE_SYMBOLS.heights.indexOf(cell)] ?? cell).join('')
}
