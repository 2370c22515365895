import { type FileHandle, open } from 'node:fs/promises'
import { InputError } from '@thresher/core'
import { fileError } from '../files/file-error.js'
import type { CompactTallies } from './compact-tallies.js'
import type { SweepIdentity } from './sweep-identity.js'
import { bodyLength, decodeRecord, encodeRecord, RECORD_HEAD } from './tally-record.js'

const KIND = 'thresher tallies 2'
const EARLIER_KINDS: readonly unknown[] = ['thresher tallies 1']
const LONGEST_HEADER = 4096
const MENDS: Readonly<Record<keyof SweepIdentity, string>> = {
  settings: 'the grid, the baseline, the mode or the protocol',
  groundTruth: 'the ground truth',
  maps: 'the maps or their sizes',
}

/**
 * Tallies of finished images, kept while a sweep runs: what a killed process leaves is whole but for the last record,
 * which is cut off when the file is opened again. One line of JSON that says of which sweep it is, then the records.
 */
export class TallyFile {
  readonly #path: string
  readonly #handle: FileHandle
  readonly #found = new Map<string, CompactTallies>()
  /** Records are written one after the other. */
  #last: Promise<void> = Promise.resolve()
  #end = 0

  private constructor(path: string, handle: FileHandle) {
    this.#path = path
    this.#handle = handle
  }

  /**
   * Opens or makes the file.
   * @throws InputError where it is something else, or of another sweep.
   */
  static async open(path: string, identity: SweepIdentity): Promise<TallyFile> {
    const handle = await open(path, 'a+').then(
      async (made) => {
        await made.close()
        return open(path, 'r+')
      },
      (error: unknown) => {
        throw fileError(path, error)
      },
    )
    const file = new TallyFile(path, handle)
    try {
      await file.#load(identity)
    } catch (error) {
      await handle.close()
      throw error
    }
    return file
  }

  /** Tallies of an image that an earlier run finished. */
  tallies(round: number, position: number): CompactTallies | undefined {
    return this.#found.get(`${round} ${position}`)
  }

  /** Keeps the tallies of an image; they are there once the promise settles. */
  add(round: number, position: number, tallies: CompactTallies): Promise<void> {
    this.#last = this.#last.then(() => this.#write(encodeRecord({ round, position, tallies })))
    return this.#last
  }

  async close(): Promise<void> {
    await this.#last.catch(() => undefined)
    await this.#handle.close()
  }

  async #load(identity: SweepIdentity): Promise<void> {
    const { size } = await this.#handle.stat()
    const header = Buffer.from(`${JSON.stringify({ kind: KIND, ...identity })}\n`)
    const head = await this.#read(0, Math.min(size, LONGEST_HEADER))
    // Nothing yet, or as much as a killed process wrote of this very line.
    if (size < header.length && header.subarray(0, size).equals(head)) {
      await this.#write(header)
      return
    }
    const lineEnd = head.indexOf('\n')
    this.#checkHeader(head.subarray(0, Math.max(0, lineEnd)).toString(), identity)
    let at = lineEnd + 1
    while (at + RECORD_HEAD <= size) {
      const bytes = bodyLength(await this.#read(at, RECORD_HEAD))
      if (bytes === undefined || at + RECORD_HEAD + bytes > size) break
      const record = decodeRecord(await this.#read(at, RECORD_HEAD + bytes))
      if (record === undefined) break
      this.#found.set(`${record.round} ${record.position}`, record.tallies)
      at += RECORD_HEAD + bytes
    }
    await this.#handle.truncate(at)
    this.#end = at
  }

  #checkHeader(line: string, identity: SweepIdentity): void {
    let header: Partial<Record<string, unknown>> = {}
    try {
      header = JSON.parse(line)
    } catch {
      // Whatever it is, it is not ours.
    }
    if (EARLIER_KINDS.includes(header.kind)) {
      throw new InputError(
        `${this.#path}: was written by an earlier version, in a form that is not read any more. Remove it to start afresh, or name another file.`,
      )
    }
    if (header.kind !== KIND) {
      throw new InputError(
        `${this.#path}: holds no tallies of a sweep. Name another file, or one that is not there yet.`,
      )
    }
    for (const [part, what] of Object.entries(MENDS) as [keyof SweepIdentity, string][]) {
      if (header[part] !== identity[part]) {
        throw new InputError(
          `${this.#path}: is of a sweep that differs in ${what}. Remove it to start afresh, or name another file.`,
        )
      }
    }
  }

  async #read(position: number, length: number): Promise<Buffer> {
    const buffer = Buffer.alloc(length)
    for (let done = 0; done < length; ) {
      const { bytesRead } = await this.#handle.read(buffer, done, length - done, position + done)
      if (bytesRead === 0) throw new InputError(`${this.#path}: changed while it was read. Run it again.`)
      done += bytesRead
    }
    return buffer
  }

  async #write(bytes: Buffer): Promise<void> {
    try {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await this.#handle.write(bytes, done, bytes.length - done, this.#end + done)
        done += bytesWritten
      }
      this.#end += bytes.length
    } catch (error) {
      throw new Error(
        `${this.#path}: ${(error as NodeJS.ErrnoException).code}; what was finished before is kept`,
        {
          cause: error,
        },
      )
    }
  }
}
