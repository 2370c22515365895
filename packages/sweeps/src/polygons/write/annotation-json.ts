import { InputError } from '@thresher/core'
import { quote } from '../../files/quote.js'
import type { Annotation } from '../types.js'
import type { Losses } from './losses.js'

/** x0, y0, x1, y1, ... as `[[x, y], ...]`. */
export function pairs(points: readonly number[]): [number, number][] {
  const list: [number, number][] = []
  for (let i = 0; i + 1 < points.length; i += 2) list.push([points[i]!, points[i + 1]!])
  return list
}

/**
 * The transcription of a region in a format that marks don't care by transcriptions, `marks`, the first of which is
 * written. The text that gives way to it is a loss; a region that counts although it is called so is an InputError.
 */
export function markedText(
  { text, ignore, place }: Annotation,
  { format, marks }: { format: string; marks: readonly [string, ...string[]] },
  losses: Losses,
): string | undefined {
  const marked = text !== undefined && marks.includes(text)
  if (!ignore && marked) {
    throw new InputError(
      `${place}: counts, though its text is ${quote(text)}, which means don't care in ${format}. Convert to jsonl, mmocr or ufo, or change the text.`,
    )
  }
  if (!ignore || marked) return text
  if (text !== undefined && text !== '') losses.add(`texts of don't care regions became ${marks[0]}`, place)
  return marks[0]
}
