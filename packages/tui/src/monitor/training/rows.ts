import { rowFilter } from '../../training/filter.js'
import { type SortOrder, sortedRows } from '../../training/sort.js'
import type { TrainingRow } from '../../training/training-row.js'
import type { TrainingView } from '../../training/training-view.js'
import type { KeyedRows } from '../cursor.js'

/** The rows that are shown: the baseline pinned on top, then those that pass the filter, in their order. */
export interface TrainingRows extends KeyedRows {
  at(index: number): TrainingRow | undefined
}

export const NO_ROWS: TrainingRows = { count: 0, at: () => undefined, find: () => -1 }

export function shownRows(view: TrainingView, filter: string, order: SortOrder): TrainingRows {
  const passing = sortedRows(view, order).filter(rowFilter(filter))
  const rows = view.baseline ? [view.baseline, ...passing] : passing
  const places = new Map(rows.map(({ key }, place) => [key, place]))
  return {
    count: rows.length,
    pinned: view.baseline ? 1 : 0,
    at: (index) => rows[index],
    find: (key) => places.get(key) ?? -1,
  }
}
