import type { SqlConnection } from './sql.js'
import { idsIn, readRows, type TrialRow } from './trial-reads.js'

/** A moment before a transaction that reads. */
interface Moment {
  /** How many trials this process had created in the study. */
  readonly created: number
  /** The database's version then or later. */
  readonly version: number | undefined
}

/** How far the trials of a study were read for one set of known numbers. */
interface Mark {
  readonly study: number
  /** The greatest key that was read. */
  last: number
  /** Key by number of what was read and is not known yet. */
  readonly open: Map<number, number>
  /** How many were known. */
  size: number
  /** Before that. */
  moment: Moment
}

type Key = Pick<TrialRow, 'id' | 'number'>

/**
 * Remembers, for each set of known numbers, which trials were read and are not among them, so that reading again asks
 * for those and for what came later, and never goes through the set or the study.
 */
export class ReadMarks {
  #marks = new WeakMap<ReadonlySet<number>, Mark>()
  /** By study: what this process created. */
  readonly #created = new Map<number, Key[]>()

  /** Takes note of a trial, before its transaction ends. */
  create(study: number, trial: Key): void {
    const created = this.#created.get(study)
    if (created === undefined) this.#created.set(study, [trial])
    else created.push(trial)
  }

  /** How many this process has created in the study. */
  created(study: number): number {
    return this.#created.get(study)?.length ?? 0
  }

  /** Whether, as of that moment, every trial of the study is known: reading would find none. */
  knowsAll(study: number, known: ReadonlySet<number>, moment: Moment): boolean {
    const mark = this.#marks.get(known)
    if (mark === undefined || moment.version === undefined) return false
    if (mark.moment.version !== moment.version || moment.created < mark.moment.created) return false
    if (mark.study !== study || known.size < mark.size) return false
    for (const number of mark.open.keys()) if (!known.has(number)) return false
    const created = this.#created.get(study) ?? []
    for (let i = mark.moment.created; i < moment.created; i++) {
      if (!known.has(created[i]!.number)) return false
    }
    mark.open.clear()
    // Nobody else wrote: no key up to here belongs to a trial that was not read or created here.
    if (moment.created > mark.moment.created) mark.last = Math.max(mark.last, created[moment.created - 1]!.id)
    mark.moment = moment
    mark.size = known.size
    return true
  }

  /** Everything is read for anew: a study was deleted. */
  forget(): void {
    this.#marks = new WeakMap()
  }

  /** Rows of the study's trials that are not known, by key. The moment is from before the transaction. */
  async read(
    connection: SqlConnection,
    study: number,
    known: ReadonlySet<number>,
    moment: Moment,
  ): Promise<TrialRow[]> {
    const mark = this.#marks.get(known)
    // A set that shrank, or serves another study, is read for anew.
    if (mark === undefined || mark.study !== study || known.size < mark.size) {
      const rows = (await readRows(connection, 'study_id = ?', [study])).filter(
        ({ number }) => !known.has(number),
      )
      const last = rows.at(-1)?.id ?? 0
      this.#marks.set(known, { study, last, open: numbersOf(rows), size: known.size, moment })
      return rows
    }
    const later = await readRows(connection, 'study_id = ? AND trial_id > ?', [study, mark.last])
    for (const number of mark.open.keys()) if (known.has(number)) mark.open.delete(number)
    const open = idsIn(connection, [...mark.open.values()])
    const again = mark.open.size === 0 ? [] : await readRows(connection, open.condition, open.parameters)
    const rows = [...again, ...later.filter(({ number }) => !known.has(number))].sort((a, b) => a.id - b.id)
    mark.last = later.at(-1)?.id ?? mark.last
    mark.size = known.size
    mark.moment = moment
    for (const [number, id] of numbersOf(rows)) mark.open.set(number, id)
    return rows
  }
}

function numbersOf(rows: readonly TrialRow[]): Map<number, number> {
  return new Map(rows.map(({ number, id }) => [number, id]))
}
