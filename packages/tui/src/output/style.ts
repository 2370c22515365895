/** What a piece of text means; colour only repeats what words or signs say. */
export type Tone = 'strong' | 'faint' | 'better' | 'worse' | 'accent' | 'warning'

export interface Span {
  readonly text: string
  readonly tone?: Tone | undefined
}

/** One line of output, piece by piece. */
export type Line = readonly Span[]

const ESCAPE = '\u001b['
// Of the terminal's own sixteen colours, so that they fit light and dark backgrounds.
const CODES: Readonly<Record<Tone, readonly [on: string, off: string]>> = {
  strong: ['1', '22'],
  faint: ['2', '22'],
  better: ['32', '39'],
  worse: ['31', '39'],
  accent: ['36', '39'],
  warning: ['33', '39'],
}

/** The line as a string, with colour codes only where `colour` is true. */
export function paint(line: Line, colour: boolean): string {
  return line.map(({ text, tone }) => (colour && tone && text !== '' ? wrap(text, tone) : text)).join('')
}

/** A line of one piece. */
export function lineOf(text: string, tone?: Tone): Line {
  return [{ text, tone }]
}

function wrap(text: string, tone: Tone): string {
  const [on, off] = CODES[tone]
  return `${ESCAPE}${on}m${text}${ESCAPE}${off}m`
}
