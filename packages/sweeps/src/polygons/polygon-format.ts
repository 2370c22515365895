import type { Probe } from './probe.js'
import type { TextFile } from './text-source.js'
import type { PolygonFile, PolygonFormatName } from './types.js'

export interface ParseOptions {
  /** Whether lines carry a confidence; where undefined, the format finds out. */
  confidences?: boolean | undefined
  /** Takes lines that the user should see although the work goes on. */
  onNotice?: ((line: string) => void) | undefined
}

/** What all files of a set say together. */
export type ParsedPolygons = Pick<PolygonFile, 'images' | 'sizes'>

/** A way to write polygons into text files. A new format is one object of this kind in `polygon-formats.ts`. */
export interface PolygonFormat {
  name: PolygonFormatName
  /** What the user should see when nothing fits, e.g. `ICDAR lines "x1,y1,..."`. */
  example: string
  /** Extensions that count in folders and archives, lower case with the dot. */
  extensions: readonly string[]
  /** Whether a file that begins like this is of this format. */
  recognises(probe: Probe): boolean
  /** Reads all files of a set; InputError with file and line, or path in the JSON, on the first that does not fit. */
  parse(files: readonly TextFile[], options: ParseOptions): ParsedPolygons
}

export interface TextLine {
  number: number
  start: number
  line: string
}

/** The lines of a text that are not blank, with their numbers from 1 and where they start. Carriage returns are dropped. */
export function* nonBlankLines(text: string): Generator<TextLine> {
  let number = 0
  for (let start = 0; start <= text.length; ) {
    const found = text.indexOf('\n', start)
    const end = found < 0 ? text.length : found
    const line = text.slice(start, end).replaceAll('\r', '')
    number++
    if (line.trim() !== '') yield { number, start, line }
    start = end + 1
  }
}
