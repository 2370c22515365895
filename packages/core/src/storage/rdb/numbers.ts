/** How the schema keeps a value that SQL has no number for. */
export type ValueType = 'FINITE' | 'INF_POS' | 'INF_NEG' | 'NAN'

/** The number to store, NULL unless finite, and its type. */
export function encodeNumber(value: number): [stored: number | null, type: ValueType] {
  if (Number.isFinite(value)) return [value, 'FINITE']
  return [null, Number.isNaN(value) ? 'NAN' : value > 0 ? 'INF_POS' : 'INF_NEG']
}

/** Undefined where a row says FINITE and has no number: SQLite also keeps texts in a column of numbers. */
export function decodeNumber(stored: number | string | null, type: string): number | undefined {
  switch (type) {
    case 'FINITE':
      return typeof stored === 'number' ? stored : undefined
    case 'INF_POS':
      return Number.POSITIVE_INFINITY
    case 'INF_NEG':
      return Number.NEGATIVE_INFINITY
    case 'NAN':
      return Number.NaN
    default:
      return undefined
  }
}
