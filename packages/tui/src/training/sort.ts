import type { TrainingRow } from './training-row.js'
import type { TrainingView } from './training-view.js'

/** What the table is sorted by. */
export interface SortOrder {
  /** Of a column; `rank` is the study's own order. */
  readonly id: string
  readonly reversed: boolean
}

export const BY_RANK: SortOrder = { id: 'rank', reversed: false }

const FIXED = ['rank', 'run', 'value', 'difference', 'epochs', 'seeds'] as const

/** The ids that a view can be sorted by, in the order in which a key goes through them. */
export function sortIds({ rows }: Pick<TrainingView, 'rows'>): string[] {
  const names = new Set(rows.flatMap(({ params }) => [...params.keys()]))
  return [...FIXED, ...Array.from(names, (name) => `p.${name}`)]
}

/** The id `by` places further. */
export function nextSortId(view: Pick<TrainingView, 'rows'>, id: string, by: 1 | -1): string {
  const ids = sortIds(view)
  return ids[(ids.indexOf(id) + by + ids.length) % ids.length]!
}

/**
 * The rows in another order: ascending, the better value first, or reversed. Rows without what is sorted by come last
 * either way; equal ones stay as they were.
 */
export function sortedRows(
  view: Pick<TrainingView, 'rows' | 'direction'>,
  order: SortOrder,
): readonly TrainingRow[] {
  const { rows, direction } = view
  const { id, reversed } = order
  if (id === 'rank') return reversed ? rows.toReversed() : rows
  const bestFirst = id === 'value' || id === 'difference'
  const sign = (bestFirst && direction === 'maximize' ? -1 : 1) * (reversed ? -1 : 1)
  return rows.toSorted((a, b) => {
    const [first, second] = [sortValue(a, id), sortValue(b, id)]
    if (first === undefined || second === undefined)
      return Number(first === undefined) - Number(second === undefined)
    if (first === second) return 0
    return sign * (first < second ? -1 : 1)
  })
}

function sortValue(row: TrainingRow, id: string): number | string | undefined {
  switch (id) {
    case 'run':
      return row.key
    case 'value':
      return known(row.value)
    case 'difference':
      return known(row.standing?.delta ?? undefined)
    case 'epochs':
      return row.epochs
    case 'seeds':
      return row.seedsDone
    default: {
      const value = row.params.get(id.replace(/^p\./, ''))
      if (value === undefined || typeof value === 'number') return known(value)
      return String(value)
    }
  }
}

function known(value: number | undefined): number | undefined {
  return value === undefined || Number.isNaN(value) ? undefined : value
}
