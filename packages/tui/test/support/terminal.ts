import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import xterm from '@xterm/headless'

/** A terminal without a window: what is written to `stdout` stands on its screen, what is typed comes from `stdin`. */
export class HeadlessTerminal {
  readonly written: string[] = []
  readonly stdout: NodeJS.WriteStream
  readonly stdin: NodeJS.ReadStream
  rawMode = false
  readonly #terminal: InstanceType<typeof xterm.Terminal>

  constructor(columns = 100, rows = 30) {
    this.#terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 1000, allowProposedApi: true })
    const output = new EventEmitter()
    Object.assign(output, {
      isTTY: true,
      columns,
      rows,
      write: (chunk: string) => {
        this.written.push(chunk)
        // A terminal's line discipline turns a line feed into a new line.
        this.#terminal.write(chunk.replaceAll(/\r?\n/g, '\r\n'))
        return true
      },
    })
    this.stdout = output as unknown as NodeJS.WriteStream
    const input = new PassThrough()
    Object.assign(input, {
      isTTY: true,
      setRawMode: (raw: boolean) => {
        this.rawMode = raw
        return input
      },
      ref: () => input,
      unref: () => input,
    })
    this.stdin = input as unknown as NodeJS.ReadStream
  }

  type(keys: string): void {
    ;(this.stdin as unknown as PassThrough).write(keys)
  }

  resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows)
    Object.assign(this.stdout, { columns, rows })
    this.stdout.emit('resize')
  }

  /** The visible rows, without trailing blanks, after all that was written has been taken in. */
  async screen(): Promise<string[]> {
    await this.#settled()
    const buffer = this.#terminal.buffer.active
    return Array.from({ length: this.#terminal.rows }, (_, row) =>
      (buffer.getLine(buffer.baseY + row)?.translateToString(true, 0, this.#terminal.cols) ?? '').trimEnd(),
    )
  }

  /** Waits until the screen holds a text; fails with the screen after `limit` milliseconds. */
  async shows(text: string | RegExp, limit = 15_000): Promise<string[]> {
    const deadline = performance.now() + limit
    for (;;) {
      const rows = await this.screen()
      const all = rows.join('\n')
      if (typeof text === 'string' ? all.includes(text) : text.test(all)) return rows
      if (performance.now() > deadline) throw new Error(`the screen never showed ${text}; it shows\n${all}`)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }

  async isAlternate(): Promise<boolean> {
    await this.#settled()
    return this.#terminal.buffer.active.type === 'alternate'
  }

  /** Lines above the visible screen, on the normal and the alternate one. */
  async scrollback(): Promise<number> {
    await this.#settled()
    const { normal, alternate } = this.#terminal.buffer
    return (
      Math.max(normal.length - this.#terminal.rows, 0) + Math.max(alternate.length - this.#terminal.rows, 0)
    )
  }

  get raw(): string {
    return this.written.join('')
  }

  /** Resolves when the terminal has taken in all that was written. */
  #settled(): Promise<void> {
    return new Promise((resolve) => this.#terminal.write('', resolve))
  }
}
