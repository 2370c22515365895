import type { Size } from '@thresher/native'
import { screenHeight } from '../screen-frame.js'

const TALL_FROM = 20
/** Heading, a line for what the table is narrowed or held by, table head, baseline. */
export const HEADING = 3
const ABOVE_TABLE = HEADING + 3
const FOOTER = 1
const DETAILS = { short: 2, tall: 5 } as const

/** Lines about the selected run, a blank one before them included in tall terminals. */
export function detailsHeight({ height }: Size): number {
  return height >= TALL_FROM ? DETAILS.tall : DETAILS.short
}

/** Rows of runs that are visible at once, without the baseline. */
export function tableHeight(size: Size): number {
  return Math.max(0, screenHeight(size) - ABOVE_TABLE - detailsHeight(size) - FOOTER)
}

/** Lines of the page about one run: without its title, the blank one under it, and the footer. */
export function pageHeight(size: Size): number {
  return Math.max(1, screenHeight(size) - 3)
}
