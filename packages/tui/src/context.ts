import type { Symbols } from './output/symbols.js'

/** What the commands need of an output stream; process.stdout and test streams both are one. */
export interface OutputStream {
  write(chunk: string): boolean
  once(event: 'drain' | 'close', listener: () => void): unknown
  removeListener(event: 'drain' | 'close', listener: () => void): unknown
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
  readonly rows?: number | undefined
}

export type Environment = Readonly<Record<string, string | undefined>>

/** Packages that load native code or parse files, loaded when a command first needs them. */
export interface Services {
  native(): Promise<typeof import('@thresher/native')>
  sweeps(): Promise<typeof import('@thresher/sweeps')>
}

/** Everything outside the program that a command touches. */
export interface CliContext {
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream | OutputStream
  readonly stderr: OutputStream
  readonly env: Environment
  readonly services: Services
  /** Aborted by the first interrupt (Ctrl-C); the second one ends the process. */
  readonly interrupt: AbortSignal
  /** Milliseconds of a clock that never goes back. */
  now(): number
  /** Milliseconds since 1970: what times in a storage are held against. */
  today(): number
}

/** How text is drawn on one stream. */
export interface Look {
  readonly colour: boolean
  readonly symbols: Symbols
}
