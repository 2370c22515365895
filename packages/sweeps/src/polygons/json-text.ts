import { InputError } from '@thresher/core'
import { quote } from '../files/quote.js'
import { checkSyntax } from './json-syntax.js'

/** Where a JSON text begins: in which file, on which line, after how many characters of it. */
export interface JsonOrigin {
  path: string
  line?: number
  skipped?: number
}

/** A key that is a whole number, which JavaScript would move before all others. In valid JSON no other text matches. */
const NUMBER_KEY = /(?<!\\)"(0|[1-9]\d{0,9})"(?=\s*:)/g
const MARK = '\u0000'

/**
 * Parses JSON as Python's `json.loads` does: of equal keys the last counts, and `NaN` and `Infinity` are taken, here
 * as null, since nothing that is read here may be one.
 *
 * Read objects whose order counts through `entriesInOrder`.
 *
 * @throws InputError with file, line and column.
 */
export function parseJson(text: string, origin: JsonOrigin): unknown {
  const ordered = text.replace(NUMBER_KEY, '"\\u0000$1"')
  try {
    return JSON.parse(ordered)
  } catch (error) {
    const { errorAt, notFinite } = checkSyntax(text)
    if (errorAt !== undefined) throw notJson(text, errorAt, origin)
    if (notFinite.length === 0) throw error
    return parseJson(withNulls(text, notFinite), origin)
  }
}

/** The members of an object that `parseJson` gave, in the order of the file, whatever their keys. */
export function entriesInOrder(object: object): [key: string, value: unknown][] {
  return Object.entries(object).map(([key, value]) => [key.startsWith(MARK) ? key.slice(1) : key, value])
}

function withNulls(text: string, spans: readonly [start: number, end: number][]): string {
  let at = 0
  const parts = spans.map(([start, end]) => {
    const part = `${text.slice(at, start)}null`
    at = end
    return part
  })
  return parts.join('') + text.slice(at)
}

function notJson(text: string, at: number, { path, line = 1, skipped = 0 }: JsonOrigin): InputError {
  const before = text.slice(0, at)
  const breaks = before.split('\n').length - 1
  const column = at - (before.lastIndexOf('\n') + 1) + 1 + (breaks === 0 ? skipped : 0)
  const found = at >= text.trimEnd().length ? 'it ends too early' : `unexpected ${quote(charAt(text, at))}`
  return new InputError(
    `${path}:${line + breaks}: not JSON (${found} at column ${column}). Save or export the file again.`,
  )
}

function charAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at)!)
}
