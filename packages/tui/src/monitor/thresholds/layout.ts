import type { Size } from '@thresher/native'
import { screenHeight } from '../screen-frame.js'

const WIDE_FROM = 100
const TALL_FROM = 20
/** Title, progress, blank line, table head, baseline. */
const ABOVE_TABLE = 5
const FOOTER = 1
const DETAILS = { short: 2, tall: 7 } as const

/** Whether P, R and the interval bar are left out. */
export function isCompact({ width }: Size): boolean {
  return width < WIDE_FROM
}

/** Lines for the selected setting, a blank one before them included. */
export function detailsHeight({ height }: Size): number {
  return height >= TALL_FROM ? DETAILS.tall : DETAILS.short
}

/** Rows of settings that are visible at once. */
export function tableHeight(size: Size): number {
  return Math.max(0, screenHeight(size) - ABOVE_TABLE - detailsHeight(size) - FOOTER)
}
