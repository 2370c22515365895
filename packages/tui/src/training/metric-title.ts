import { clip, printable } from '../output/text.js'

const LONGEST = 12

/** What heads a metric's column: `H-Mean` for `val/hmean`, else the last part of its name. */
export function metricTitle(name: string | undefined, ellipsis: string): string {
  if (name === undefined) return 'value'
  const last = printable(name).split('/').at(-1) || printable(name)
  if (/(^|_)h[_-]?mean$/i.test(last)) return 'H-Mean'
  return clip(last, LONGEST, ellipsis)
}
