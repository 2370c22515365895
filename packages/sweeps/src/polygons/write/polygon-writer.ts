import type { PolygonFile, PolygonFormatName } from '../types.js'
import type { Losses } from './losses.js'

/** Formats that can be written. */
export type WritableFormat = Exclude<PolygonFormatName, 'mmocr-predictions'>

/** A file to be written: its name within a folder or archive, and its text, in chunks. */
export interface OutputFile {
  name: string
  chunks: Iterable<string>
}

export interface WriterOptions {
  /** What ICDAR's file names begin with; where absent, `res` if every region has a confidence, else `gt`. */
  prefix?: 'gt' | 'res' | undefined
}

/** Writes polygons in one format; the same data give the same bytes. */
export interface PolygonWriter {
  /** Name of the file that holds the whole set; absent where each image has a file of its own. */
  readonly single?: string
  /**
   * The files of the set, in order. What the format cannot carry goes to `losses`, at the latest when the last chunk
   * was taken.
   *
   * @throws InputError at a region that the format cannot hold without changing what counts.
   */
  files(data: PolygonFile, losses: Losses, options: WriterOptions): Iterable<OutputFile>
}
