import { type MetricRow, numberIn, rowOf } from './metric-row.js'

/**
 * Reads the rows of a CSV log as its text comes (RFC 4180: quotes, quoted line ends). The first record names the
 * columns. Cells that are blank or no number are not there: Lightning leaves most of a row blank. What is not ended by
 * a line end is kept for later.
 */
export class CsvRows {
  #columns: readonly string[] | undefined
  #rest = ''

  /** The rows that this text completes; with `ended` the last one too, though it has no line end. */
  take(text: string, ended = false): (MetricRow | undefined)[] {
    const { records, rest } = splitRecords(this.#rest + text, ended)
    this.#rest = rest
    const rows: (MetricRow | undefined)[] = []
    for (const record of records) {
      if (this.#columns === undefined) this.#columns = record.map((cell) => cell.trim())
      else rows.push(this.#row(record))
    }
    return rows
  }

  #row(record: readonly string[]): MetricRow | undefined {
    const numbers = new Map<string, number>()
    for (const [i, name] of this.#columns!.entries()) {
      const value = numberIn(record[i] ?? '')
      if (name !== '' && value !== undefined) numbers.set(name, value)
    }
    return rowOf(numbers)
  }
}

function splitRecords(text: string, ended: boolean): { records: string[][]; rest: string } {
  const records: string[][] = []
  let record: string[] = []
  let cell = ''
  let quoted = false
  let begin = 0
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!
    if (quoted) {
      if (character !== '"') cell += character
      else if (text[i + 1] === '"') cell += text[++i]
      else quoted = false
    } else if (character === '"' && cell === '') quoted = true
    else if (character === ',') {
      record.push(cell)
      cell = ''
    } else if (character === '\n') {
      record.push(cell.endsWith('\r') ? cell.slice(0, -1) : cell)
      records.push(record)
      record = []
      cell = ''
      begin = i + 1
    } else cell += character
  }
  if (!ended) return { records, rest: text.slice(begin) }
  if (record.length > 0 || cell !== '') records.push([...record, cell])
  return { records: records.filter((cells) => cells.length > 1 || cells[0] !== ''), rest: '' }
}
