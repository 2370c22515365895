import { StringDecoder } from 'node:string_decoder'
import { CsvRows } from './csv-rows.js'
import type { LogFinder } from './find-log.js'
import { GrowingFile } from './growing-file.js'
import { LineSplitter } from './line-splitter.js'
import type { MetricReader } from './metric-reader.js'
import type { MetricRow } from './metric-row.js'
import { readJsonLine } from './output-lines.js'

/** Reads rows out of the bytes of a log, in order; undefined stands for a row without metrics. */
interface RowParser {
  take(bytes: Buffer): (MetricRow | undefined)[]
  end(): (MetricRow | undefined)[]
}

export function csvParser(): RowParser {
  const decoder = new StringDecoder('utf8')
  const rows = new CsvRows()
  return {
    take: (bytes) => rows.take(decoder.write(bytes)),
    end: () => rows.take(decoder.end(), true),
  }
}

export function jsonLinesParser(): RowParser {
  const lines = new LineSplitter()
  return {
    take: (bytes) => lines.take(bytes).map(readJsonLine),
    end: () => lines.end().map(readJsonLine),
  }
}

/**
 * Follows a log that grows. One that is written anew, as Lightning does where a column is added, is read from its start,
 * without the rows that were there before.
 */
export class LogReader implements MetricReader {
  readonly #finder: LogFinder
  readonly #newParser: () => RowParser
  #file: GrowingFile | undefined
  #parser: RowParser
  /** Rows of the file as it is that were read, and how many of them were handed out or are older than the run. */
  #read = 0
  #known = 0

  constructor(finder: LogFinder, newParser: () => RowParser) {
    this.#finder = finder
    this.#newParser = newParser
    this.#parser = newParser()
  }

  async poll(ended: boolean): Promise<readonly MetricRow[]> {
    const found = await this.#finder.find()
    if (found === undefined && this.#file === undefined) return []
    if (found !== undefined && found.file.path !== this.#file?.path) {
      this.#file = new GrowingFile(found.file.path)
      this.#restart()
      this.#known = 0
      if (found.before !== undefined && found.before.inode === found.file.inode) {
        await this.#skip(found.before.size)
      }
    }
    const rows: MetricRow[] = []
    for await (const { bytes, restarted } of this.#file!.read()) {
      if (restarted) this.#restart()
      this.#collect(this.#parser.take(bytes), rows)
    }
    if (ended) this.#collect(this.#parser.end(), rows)
    return rows
  }

  #restart(): void {
    this.#parser = this.#newParser()
    this.#read = 0
  }

  /** The rows within the first bytes are an earlier run's: this one appends to them. */
  async #skip(size: number): Promise<void> {
    const parser = this.#newParser()
    let left = size
    for await (const { bytes } of new GrowingFile(this.#file!.path).read()) {
      this.#known += parser.take(bytes.subarray(0, left)).length
      left -= bytes.length
      if (left <= 0) return
    }
    // The file is shorter than it was: it was written anew.
    if (left > 0) this.#known = 0
  }

  #collect(read: readonly (MetricRow | undefined)[], into: MetricRow[]): void {
    for (const row of read) {
      if (this.#read++ < this.#known) continue
      this.#known++
      if (row !== undefined) into.push(row)
    }
  }
}
