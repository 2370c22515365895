import type { Line, Span } from './style.js'

// Unicode blocks whose characters take two columns (UAX #11, wide and fullwidth), coarse but enough for file names.
const WIDE: readonly (readonly [from: number, to: number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1faff],
  [0x20000, 0x3fffd],
]
const ZERO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]$/u
const CONTROL = /\p{Cc}/gu

/** Columns that a text takes in a terminal. */
export function displayWidth(text: string): number {
  let width = 0
  for (const character of text) width += characterWidth(character)
  return width
}

/** The text with control characters replaced: names of files may hold any, and a terminal would obey them. */
export function printable(text: string): string {
  return text.replace(CONTROL, '?')
}

/** The text cut to a width, its end replaced by the ellipsis where it is longer. */
export function clip(text: string, width: number, ellipsis: string): string {
  if (displayWidth(text) <= width) return text
  let kept = ''
  let used = displayWidth(ellipsis)
  if (width < used) return ''
  for (const character of text) {
    used += characterWidth(character)
    if (used > width) break
    kept += character
  }
  return kept + ellipsis
}

export function lineWidth(line: Line): number {
  return line.reduce((sum, span) => sum + displayWidth(span.text), 0)
}

/** The line cut to a width, as clip() cuts a text. */
export function clipLine(line: Line, width: number, ellipsis: string): Line {
  if (lineWidth(line) <= width) return line
  const kept: Span[] = []
  let left = width
  for (const span of line) {
    const needed = displayWidth(span.text)
    if (needed < left) {
      kept.push(span)
      left -= needed
      continue
    }
    // The ellipsis stands for this span's end and for all that follows.
    kept.push({ ...span, text: clip(`${span.text}  `, left, ellipsis) })
    break
  }
  return kept
}

/** Left and right part of a line of the given width; the right part goes first where both do not fit. */
export function spread(left: Line, right: Line, width: number): Line {
  const gap = width - lineWidth(left) - lineWidth(right)
  return gap >= 2 ? [...left, { text: ' '.repeat(gap) }, ...right] : left
}

/** Breaks a command between words into lines of at most `width`; a longer word stands alone. */
export function wrapWords(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && displayWidth(last) + 1 + displayWidth(word) <= width)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - displayWidth(text))) + text
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)))
}

/** An integer with thousands marked: 2,352. */
export function formatCount(n: number): string {
  return n.toLocaleString('en-US')
}

export function countOf(n: number, noun: string): string {
  return `${formatCount(n)} ${noun}${n === 1 ? '' : 's'}`
}

function characterWidth(character: string): number {
  const code = character.codePointAt(0)!
  if (code < 0x300) return 1
  if (ZERO_WIDTH.test(character)) return 0
  return WIDE.some(([from, to]) => code >= from && code <= to) ? 2 : 1
}
