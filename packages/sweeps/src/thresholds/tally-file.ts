import { type FileHandle, open } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { InputError } from '@thresher/core'
import type { GridTallies } from '@thresher/native'
import { fileError } from '../files/file-error.js'
import { TALLY_COLUMNS } from './grid-tallies.js'
import type { SweepIdentity } from './sweep-identity.js'

const KIND = 'thresher tallies 1'
const LONGEST_HEADER = 4096
/** round, position, levels, values a column, checksum of the values: 32-bit little-endian each. */
const RECORD_HEAD = 20
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
  readonly #found = new Map<string, GridTallies>()
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
  tallies(round: number, position: number): GridTallies | undefined {
    return this.#found.get(`${round} ${position}`)
  }

  /** Keeps the tallies of an image; they are there once the promise settles. */
  add(round: number, position: number, tallies: GridTallies): Promise<void> {
    this.#last = this.#last.then(() => this.#write(encode(round, position, tallies)))
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
      const fields = await this.#read(at, RECORD_HEAD)
      const [round, position, levels, length, checksum] = [0, 4, 8, 12, 16].map((i) =>
        fields.readUInt32LE(i),
      ) as [number, number, number, number, number]
      const bytes = length * TALLY_COLUMNS.length * Float64Array.BYTES_PER_ELEMENT
      if (at + RECORD_HEAD + bytes > size) break
      const values = await this.#read(at + RECORD_HEAD, bytes)
      if (crc32(values) !== checksum) break
      this.#found.set(`${round} ${position}`, decode(levels, length, values))
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

function encode(round: number, position: number, tallies: GridTallies): Buffer {
  const columns = TALLY_COLUMNS.map((name) => tallies[name])
  const values = Buffer.concat(
    columns.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
  )
  const head = Buffer.alloc(RECORD_HEAD)
  for (const [i, field] of [round, position, tallies.levels, columns[0]!.length, crc32(values)].entries()) {
    head.writeUInt32LE(field, 4 * i)
  }
  return Buffer.concat([head, values])
}

function decode(levels: number, length: number, values: Buffer): GridTallies {
  // A copy, because doubles want an aligned start.
  const all = new Float64Array(values.buffer.slice(values.byteOffset, values.byteOffset + values.length))
  const [recallHits, recallTotal, precisionHits, precisionTotal] = TALLY_COLUMNS.map((_, i) =>
    all.slice(i * length, (i + 1) * length),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array]
  return { levels, recallHits, recallTotal, precisionHits, precisionTotal }
}
