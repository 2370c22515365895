/** Rows by place, each with a key that names it whatever its place. */
export interface KeyedRows {
  readonly count: number
  /** How many of the first rows always stand on top, above those that scroll; none where not given. */
  readonly pinned?: number
  at(index: number): { readonly key: number } | undefined
  /** Place of a key, or -1 where it is not among the rows. */
  find(key: number): number
}

/** Which row is selected, and where the visible part of the table begins. */
export interface Cursor {
  readonly index: number
  readonly offset: number
  /** The selected row's key, once somebody has moved; until then the selection stays on the first row that is not pinned. */
  readonly key: number | undefined
}

export type Move = number | 'page-up' | 'page-down' | 'first' | 'last'

export const TOP: Cursor = { index: 0, offset: 0, key: undefined }

/** The cursor over new rows: it goes with its row, or stays in place where that is no longer among them. */
export function follow(cursor: Cursor, rows: KeyedRows, height: number): Cursor {
  const first = Math.max(0, Math.min(rows.pinned ?? 0, rows.count - 1))
  if (cursor.key === undefined) return inView({ ...cursor, index: first }, rows, height)
  const found = rows.find(cursor.key)
  const index = found >= 0 ? found : Math.max(first, Math.min(cursor.index, rows.count - 1))
  return inView({ ...cursor, index, key: rows.at(index)?.key }, rows, height)
}

/** `height`: rows that are visible at once, without the pinned ones. */
export function moved(cursor: Cursor, rows: KeyedRows, by: Move, height: number): Cursor {
  if (rows.count === 0) return cursor
  const page = Math.max(1, height - 1)
  const last = rows.count - 1
  const target = { 'page-up': cursor.index - page, 'page-down': cursor.index + page, first: 0, last }
  const index = Math.max(0, Math.min(last, typeof by === 'number' ? cursor.index + by : target[by]))
  return inView({ ...cursor, index, key: rows.at(index)?.key }, rows, height)
}

/** Scrolls as little as needed to show the selected row; a pinned one is in view, with the first of the others. */
export function inView(cursor: Cursor, rows: Pick<KeyedRows, 'count' | 'pinned'>, height: number): Cursor {
  const pinned = rows.pinned ?? 0
  const place = cursor.index - pinned
  if (place < 0) return { ...cursor, offset: 0 }
  const visible = Math.max(1, height)
  const furthest = Math.max(0, rows.count - pinned - visible)
  const offset = Math.max(0, Math.min(cursor.offset, furthest, place))
  return { ...cursor, offset: Math.max(offset, place - visible + 1) }
}
