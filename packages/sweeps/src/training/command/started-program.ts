import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import type { OutputLog } from './output-log.js'
import { endGroup, endWithThisProcess, release, terminate } from './process-group.js'

/** How a program ended. */
export interface ProgramEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** Why it could not be started. */
  readonly error: Error | undefined
}

export interface ProgramOptions {
  readonly argv: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly log: OutputLog
  /** Takes what is printed on stdout; the program waits for it where its pipe is full. */
  onStdout(chunk: Buffer): void | Promise<void>
}

/** Looks at what a process outside the group holds open after the end: how long they are apart, and how many. */
const LOOK = 500
const MOST_LOOKS = 60

/** A program of the user's, in a process group of its own, without a shell and without input. */
export class StartedProgram {
  /** Undefined where it could not be started. */
  readonly pid: number | undefined
  /** Settles when it has ended, with everything in its group, and its output is read. */
  readonly ended: Promise<ProgramEnd>
  readonly #child: ChildProcess | undefined
  readonly #exited: Promise<ProgramEnd>
  /** Chunks that were read, and those that are being taken. */
  #chunks = 0
  #taking = 0

  constructor({ argv, cwd, env, log, onStdout }: ProgramOptions) {
    const started = start(argv, cwd, env)
    if (started instanceof Error) {
      this.#child = undefined
      this.pid = undefined
      this.#exited = Promise.resolve({ code: null, signal: null, error: started })
      this.ended = this.#exited
      return
    }
    const child = started
    this.#child = child
    this.pid = child.pid
    if (this.pid !== undefined) endWithThisProcess(this.pid)
    this.#exited = new Promise((resolve) => {
      child.once('error', (error) => resolve({ code: null, signal: null, error }))
      child.once('exit', (code, signal) => resolve({ code, signal, error: undefined }))
    })
    this.ended = this.#finish([
      this.#consume(child.stdout, async (chunk) => {
        await log.write('stdout', chunk)
        await onStdout(chunk)
      }),
      this.#consume(child.stderr, (chunk) => log.write('stderr', chunk)),
    ])
    this.ended.catch(() => undefined)
  }

  /** Asks it to end, and makes it end after `grace` seconds. */
  async terminate(grace: number): Promise<void> {
    if (this.#child !== undefined) await terminate(this.#child, this.#exited, grace)
  }

  async #finish(outputs: readonly Promise<void>[]): Promise<ProgramEnd> {
    const end = await this.#exited
    if (this.pid !== undefined) {
      await endGroup(this.pid)
      release(this.pid)
    }
    const read = Promise.all(outputs)
    const done = new AbortController()
    read.then(
      () => done.abort(),
      () => done.abort(),
    )
    // What is in the pipes comes at once; a process that left the group may hold them open for ever.
    for (let look = 0, idle = 0; idle < 2 && look < MOST_LOOKS && !done.signal.aborted; look++) {
      const before = this.#chunks
      await delay(LOOK, undefined, { signal: done.signal }).catch(() => undefined)
      idle = this.#chunks === before && this.#taking === 0 ? idle + 1 : 0
    }
    this.#child?.stdout?.destroy()
    this.#child?.stderr?.destroy()
    await read
    return end
  }

  /** Reads a stream to its end, no faster than the chunks are taken. */
  async #consume(stream: Readable, take: (chunk: Buffer) => void | Promise<void>): Promise<void> {
    try {
      for await (const chunk of stream) {
        this.#chunks++
        this.#taking++
        await take(chunk as Buffer)
        this.#taking--
      }
    } catch (error) {
      // Destroyed because something that outlived the program holds it open.
      if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
    }
  }
}

function start(
  [file = '', ...words]: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): ChildProcessByStdio<null, Readable, Readable> | Error {
  try {
    return spawn(file, words, {
      cwd,
      env: { ...env },
      detached: true,
      shell: false,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  } catch (error) {
    // A command line that is too long; that there is no such program is an event.
    return error as Error
  }
}
