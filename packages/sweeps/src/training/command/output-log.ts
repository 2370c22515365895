import { createWriteStream, type WriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'

/** The last bytes of each stream are kept for messages. */
const TAIL = 8192

/**
 * The log of a run: what a program prints goes to disk as it comes; memory holds the last of it. Where the disk takes
 * no more, the rest is dropped, and the run goes on.
 */
export class OutputLog {
  readonly path: string
  readonly #stream: WriteStream
  #tail = { stdout: Buffer.alloc(0) as Buffer, stderr: Buffer.alloc(0) as Buffer }
  #failure: string | undefined

  constructor(path: string) {
    this.path = path
    this.#stream = createWriteStream(path, { flags: 'a' })
    this.#stream.on('error', (error) => {
      this.#failure ??= error.message
    })
  }

  /** Why not all of the output is in it; undefined where it is. */
  get failure(): string | undefined {
    return this.#failure
  }

  /** Settles at once, or when the disk has caught up. */
  async write(source: 'stdout' | 'stderr', chunk: Buffer): Promise<void> {
    this.#tail[source] = Buffer.concat([this.#tail[source], chunk.subarray(-TAIL)]).subarray(-TAIL)
    if (this.#failure !== undefined || this.#stream.write(chunk)) return
    await new Promise<void>((resolve) => {
      const settle = () => {
        this.#stream.removeListener('drain', settle)
        this.#stream.removeListener('close', settle)
        resolve()
      }
      this.#stream.once('drain', settle)
      this.#stream.once('close', settle)
    })
  }

  /** The last line that was printed, on stderr if there is any; undefined where nothing was. */
  lastLine(): string | undefined {
    for (const source of ['stderr', 'stdout'] as const) {
      const lines = this.#tail[source].toString('utf8').split(/[\r\n]+/)
      const last = lines.findLast((line) => line.trim() !== '')
      if (last !== undefined) return last.trim()
    }
    return undefined
  }

  async close(): Promise<void> {
    this.#stream.end()
    await finished(this.#stream).catch(() => undefined)
  }
}
