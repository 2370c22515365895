import type { LogFinder } from '../find-log.js'
import { GrowingFile } from '../growing-file.js'
import type { MetricReader } from '../metric-reader.js'
import { type MetricRow, rowOf } from '../metric-row.js'
import { RecordFrames } from './record-frames.js'
import { scalarsOf } from './scalar-event.js'

/** The paths of event files in a folder and in the folders in it, where writers of several runs put theirs. */
export function eventFilesOf(folder: string): readonly string[] {
  return [`${folder}/*tfevents*`, `${folder}/*/*tfevents*`]
}

/** Follows TensorBoard's event files: each event with scalars is a row. */
export class EventReader implements MetricReader {
  readonly #finder: LogFinder
  readonly #files = new Map<string, { readonly file: GrowingFile; frames: RecordFrames }>()

  constructor(finder: LogFinder) {
    this.#finder = finder
  }

  async poll(): Promise<readonly MetricRow[]> {
    const rows: MetricRow[] = []
    for (const { file: found, before } of await this.#finder.findAll()) {
      let followed = this.#files.get(found.path)
      if (followed === undefined) {
        const appended = before?.inode === found.inode && before.size <= found.size
        followed = {
          file: new GrowingFile(found.path, appended ? before.size : 0),
          frames: new RecordFrames(),
        }
        this.#files.set(found.path, followed)
      }
      for await (const { bytes, restarted } of followed.file.read()) {
        if (restarted) followed.frames = new RecordFrames()
        this.#collect(found.path, followed.frames, bytes, rows)
      }
    }
    return rows
  }

  #collect(path: string, frames: RecordFrames, bytes: Buffer, into: MetricRow[]): void {
    try {
      for (const record of frames.take(bytes)) {
        const row = rowOf(scalarsOf(record))
        if (row !== undefined) into.push(row)
      }
    } catch (error) {
      throw new Error(`${path}: ${(error as Error).message}`)
    }
  }
}
