import { StringDecoder } from 'node:string_decoder'

/** Longer lines carry no metrics: what lies beyond is dropped, so that a program without line ends fills no memory. */
const LONGEST = 1 << 20

/** Puts chunks of UTF-8 together into lines. A carriage return ends a line too, as progress bars use it. */
export class LineSplitter {
  readonly #decoder = new StringDecoder('utf8')
  #rest = ''
  #dropping = false

  /** The lines that this chunk completes. */
  take(chunk: Buffer): string[] {
    return this.#split(this.#decoder.write(chunk))
  }

  /** The last line, where no line end came. */
  end(): string[] {
    return this.#split(`${this.#decoder.end()}\n`)
  }

  #split(text: string): string[] {
    const whole = this.#rest + text
    // Most text has no carriage returns, and splitting by one character is several times as fast.
    const lines = whole.split(whole.includes('\r') ? /\r\n|\r|\n/ : '\n')
    this.#rest = lines.pop()!
    if (this.#dropping && lines.length > 0) {
      lines.shift()
      this.#dropping = false
    }
    if (this.#rest.length > LONGEST || this.#dropping) {
      this.#rest = ''
      this.#dropping = true
    }
    return lines.filter((line) => line !== '' && line.length <= LONGEST)
  }
}
