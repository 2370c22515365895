import { InputError } from '@thresher/core'
import { CsvError, parse } from 'csv-parse/sync'
import { quote } from '../../files/quote.js'
import { readText } from '../../files/read-text.js'

/** A row of a table: its line in the file, from 1, and a cell a column, without blanks around it. */
interface TableRow {
  readonly line: number
  readonly cells: readonly string[]
}

export interface Table {
  readonly path: string
  /** No two alike; '' at most for the first, as pandas calls its index. */
  readonly columns: readonly string[]
  readonly rows: readonly TableRow[]
}

const DELIMITERS = [',', ';', '\t'] as const
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** Whether a text is a decimal number as CSV files have them. */
export function isNumber(text: string): boolean {
  return NUMBER.test(text)
}

/**
 * Reads a CSV file (RFC 4180, UTF-8; commas, semicolons or tabs, by the first line) with names of columns in its first
 * line. Empty lines, and rows of nothing but blanks, are left out.
 * @throws InputError with the line where it is none: no UTF-8, an open quote, a row with too few or too many cells, no
 *   names, a name that comes twice.
 */
export async function readTable(path: string): Promise<Table> {
  const { text, replaced } = await readText(path)
  return parseTable(path, text, replaced)
}

/** @param replaced whether bytes that are no UTF-8 were replaced by U+FFFD */
export function parseTable(path: string, text: string, replaced = false): Table {
  const odd = replaced ? '\uFFFD' : '\0'
  if (text.includes(odd)) {
    const line = lineAt(text, text.indexOf(odd))
    throw new InputError(
      replaced
        ? `${path}:${line}: is not UTF-8. Save the file as UTF-8.`
        : `${path}:${line}: holds a NUL character, so it is no table of text. Export it as CSV.`,
    )
  }
  const records = parseRecords(path, text)
  const [header, ...rows] = records
  if (header === undefined) throw new InputError(`${path}: is empty. Export the table again.`)
  checkHeader(path, header)
  const width = header.cells.length
  for (const { line, cells } of rows) {
    if (cells.length === width) continue
    const mend =
      cells.length < width
        ? 'Complete the row (it may be cut off), or take it out'
        : 'Put quotes around cells that hold the separator'
    throw new InputError(`${path}:${line}: ${cells.length} cells, and the header has ${width}. ${mend}.`)
  }
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell !== ''))
  if (filled.length === 0) throw new InputError(`${path}: has a header and no rows. Export the table again.`)
  return { path, columns: header.cells, rows: filled }
}

function parseRecords(path: string, text: string): TableRow[] {
  const first = text.slice(0, Math.max(0, text.search(/\r|\n|$/)))
  const delimiter = DELIMITERS.toSorted((a, b) => countOf(first, b) - countOf(first, a))[0]!
  try {
    const records = parse(text, {
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as { info: { lines: number }; record: string[] }[]
    return records.map(({ info, record }) => ({ line: info.lines, cells: record }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error.lines === 'number' ? `:${error.lines}` : ''
    throw new InputError(
      error.code === 'CSV_QUOTE_NOT_CLOSED'
        ? `${path}${line}: a quote is opened and never closed; the file may be cut off. Close it, or export the table again.`
        : `${path}${line}: a quote stands inside a cell. Write it twice, and the cell in quotes.`,
      { cause: error },
    )
  }
}

function checkHeader(path: string, { line, cells }: TableRow): void {
  const seen = new Set<string>()
  for (const [i, name] of cells.entries()) {
    if (name === '' && i > 0) {
      throw new InputError(`${path}:${line}: column ${i + 1} has no name. Give it one, or take it out.`)
    }
    if (isNumber(name)) {
      throw new InputError(
        `${path}:${line}: column ${i + 1} is named ${name}; the first line holds the names of columns. Add it.`,
      )
    }
    if (seen.has(name)) {
      throw new InputError(
        `${path}:${line}: two columns are named ${quote(name)}. Rename one, or take it out.`,
      )
    }
    seen.add(name)
  }
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}

function countOf(text: string, char: string): number {
  return text.split(char).length - 1
}
