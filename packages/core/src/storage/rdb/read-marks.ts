import type { SqlConnection } from './sql.js'
import { idsIn, readRows, type TrialRow } from './trial-reads.js'

/** How far the trials of a study were read for one set of known numbers. */
interface Mark {
  readonly study: number
  /** The greatest key that was read. */
  last: number
  /** Key by number of what was read and is not known yet. */
  readonly open: Map<number, number>
  /** How many were known. */
  size: number
}

/**
 * Remembers, for each set of known numbers, which trials were read and are not among them, so that reading again asks
 * for those and for what came later, and never goes through the set or the study.
 */
export class ReadMarks {
  readonly #marks = new WeakMap<ReadonlySet<number>, Mark>()

  /** Rows of the study's trials that are not known, by key. */
  async read(connection: SqlConnection, study: number, known: ReadonlySet<number>): Promise<TrialRow[]> {
    const mark = this.#marks.get(known)
    // A set that shrank, or serves another study, is read for anew.
    if (mark === undefined || mark.study !== study || known.size < mark.size) {
      const rows = (await readRows(connection, 'study_id = ?', [study])).filter(
        ({ number }) => !known.has(number),
      )
      const last = rows.at(-1)?.id ?? 0
      this.#marks.set(known, { study, last, open: numbersOf(rows), size: known.size })
      return rows
    }
    const later = await readRows(connection, 'study_id = ? AND trial_id > ?', [study, mark.last])
    for (const number of mark.open.keys()) if (known.has(number)) mark.open.delete(number)
    const open = idsIn(connection, [...mark.open.values()])
    const again = mark.open.size === 0 ? [] : await readRows(connection, open.condition, open.parameters)
    const rows = [...again, ...later.filter(({ number }) => !known.has(number))].sort((a, b) => a.id - b.id)
    mark.last = later.at(-1)?.id ?? mark.last
    mark.size = known.size
    for (const [number, id] of numbersOf(rows)) mark.open.set(number, id)
    return rows
  }
}

function numbersOf(rows: readonly TrialRow[]): Map<number, number> {
  return new Map(rows.map(({ number, id }) => [number, id]))
}
