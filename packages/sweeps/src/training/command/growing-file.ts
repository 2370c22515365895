import { type FileHandle, open } from 'node:fs/promises'

/** So much is read at once. */
const CHUNK = 1 << 20
/** So many bytes before the place where reading goes on must be as they were. */
const OVERLAP = 256

/** What was read of a file that grows. */
export interface Growth {
  readonly bytes: Buffer
  /** The file is not what it was: these bytes are its first ones. */
  readonly restarted: boolean
}

/**
 * Reads what is appended to a file. Where it shrank, or the bytes before the place differ, it was written anew, and
 * reading begins at its start.
 */
export class GrowingFile {
  readonly path: string
  #position: number
  /** The bytes before #position. */
  #tail: Buffer = Buffer.alloc(0)

  constructor(path: string, from = 0) {
    this.path = path
    this.#position = from
  }

  /** What is new, part by part until the end of the file. */
  async *read(): AsyncGenerator<Growth> {
    let file: FileHandle
    try {
      file = await open(this.path, 'r')
    } catch {
      // Gone for a moment: programs rename a new file over the old one.
      return
    }
    try {
      let restarted = await this.#changed(file)
      if (restarted) {
        this.#position = 0
        this.#tail = Buffer.alloc(0)
      }
      for (;;) {
        const { bytesRead, buffer } = await file.read(Buffer.alloc(CHUNK), 0, CHUNK, this.#position)
        if (bytesRead === 0 && !restarted) return
        const bytes = buffer.subarray(0, bytesRead)
        this.#position += bytesRead
        this.#tail = Buffer.concat([this.#tail, bytes]).subarray(-OVERLAP)
        yield { bytes, restarted }
        restarted = false
        if (bytesRead === 0) return
      }
    } finally {
      await file.close()
    }
  }

  async #changed(file: FileHandle): Promise<boolean> {
    const { size } = await file.stat()
    if (size < this.#position) return true
    if (this.#tail.length === 0) return false
    const held = Buffer.alloc(this.#tail.length)
    await file.read(held, 0, held.length, this.#position - held.length)
    return !held.equals(this.#tail)
  }
}
