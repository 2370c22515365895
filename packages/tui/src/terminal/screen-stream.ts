import { EventEmitter } from 'node:events'
import type { Size } from '@thresher/native'
import type { OutputStream } from '../context.js'

const HOME_AND_ERASE_BELOW = '\u001b[H\u001b[J'
const HIDE_CURSOR = '\u001b[?25l'
const SYNCHRONISED_UPDATE = new Set(['\u001b[?2026h', '\u001b[?2026l'])
/** Higher than any terminal: Ink clears the whole terminal where a frame is not lower than the stream's rows. */
const NEVER_FULL = 100_000

/**
 * The stream that Ink writes its frames to. It has the terminal's width at all times but tells Ink nothing of resizes:
 * the monitor draws itself anew on one, in place, without Ink's clearing.
 */
export class ScreenStream extends EventEmitter {
  readonly isTTY = true
  readonly rows = NEVER_FULL
  readonly writable = true
  readonly writableLength = 0
  #frame = ''
  #fromTop = false
  readonly #terminal: Pick<OutputStream, 'write'>
  readonly #size: () => Size

  constructor(terminal: Pick<OutputStream, 'write'>, size: () => Size) {
    super()
    this.#terminal = terminal
    this.#size = size
  }

  get columns(): number {
    return this.#size().width
  }

  write(chunk: string, callback?: () => void): boolean {
    if (chunk !== '') {
      const isFrame = !SYNCHRONISED_UPDATE.has(chunk)
      const prefix = isFrame && this.#fromTop ? HOME_AND_ERASE_BELOW : ''
      if (isFrame) {
        this.#fromTop = false
        this.#frame = chunk
      }
      this.#terminal.write(prefix + chunk)
    }
    if (callback) setImmediate(callback)
    return true
  }

  /** The next frame starts at the top left, whatever the terminal made of the last one. */
  startFromTop(): void {
    this.#fromTop = true
  }

  /** Draws the last frame again, from the top left. */
  repaint(): void {
    // The frame begins by erasing upward, which at the top left has nothing to erase.
    this.#terminal.write(HIDE_CURSOR + HOME_AND_ERASE_BELOW + this.#frame)
  }
}
