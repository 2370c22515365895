import type { Size } from '@thresher/native'
import { type Line, lineOf, type Span } from '../output/style.js'
import type { Symbols } from '../output/symbols.js'
import { clipLine } from '../output/text.js'

/** Least terminal size that a view draws in. */
const LEAST: Size = { width: 60, height: 12 }

const MARK_WIDTH = 2

/** Rows drawn: one less than the terminal has, so that it never scrolls. */
export function screenHeight({ height }: Size): number {
  return Math.max(1, height - 1)
}

/** Whether the terminal is too small to draw in. */
function isTooSmall({ width, height }: Size): boolean {
  return width < LEAST.width || height < LEAST.height
}

/**
 * The whole screen: exactly one line a row but the last, none wider than the terminal. Where that is too small, what
 * is needed, instead of `lines`.
 */
export function screenFrame(size: Size, symbols: Symbols, lines: () => readonly Line[]): Line[] {
  const shown = isTooSmall(size) ? tooSmallLines(size, symbols) : lines()
  return fitted(shown, screenHeight(size)).map((line) => clipLine(line, size.width, symbols.ellipsis))
}

/** Exactly `height` lines. */
export function fitted(lines: readonly Line[], height: number): Line[] {
  return Array.from({ length: height }, (_, i) => lines[i] ?? [])
}

/** Width left of a table's rows once each has its mark. */
export function markedWidth({ width }: Size): number {
  return width - MARK_WIDTH
}

/** A table's line behind its mark: the cursor, or blank. */
export function marked(line: Line, mark = ''): Line {
  return [{ text: mark.padEnd(MARK_WIDTH), tone: 'accent' }, ...line]
}

/** Gives what has no tone of its own one. */
export function toned(line: Line, tone: Span['tone']): Line {
  return line.map((span): Span => (span.tone === undefined ? { ...span, tone } : span))
}

function tooSmallLines(size: Size, symbols: Symbols): Line[] {
  const by = ` ${symbols.times} `
  return [
    lineOf(`The monitor needs ${LEAST.width}${by}${LEAST.height} or more.`),
    lineOf(`This terminal has ${size.width}${by}${size.height}.`),
    lineOf('Make it larger, or press q to leave.'),
  ]
}
