import { writeSync } from 'node:fs'
import type { OutputStream } from '../context.js'

const ENTER = '\u001b[?1049h\u001b[H'
const LEAVE = '\u001b[?2026l\u001b[?25h\u001b[?1049l'

/** The terminal's second screen: what stood on the first comes back on every way out of the process. */
export interface AlternateScreen {
  enter(): void
  leave(): void
}

export function alternateScreen(terminal: OutputStream & { readonly fd?: number }): AlternateScreen {
  let active = false
  const atExit = () => {
    if (!active) return
    active = false
    // At exit only a synchronous write is sure to arrive.
    if (terminal.fd === undefined) terminal.write(LEAVE)
    else writeSync(terminal.fd, LEAVE)
  }
  return {
    enter() {
      if (active) return
      active = true
      process.once('exit', atExit)
      terminal.write(ENTER)
    },
    leave() {
      if (!active) return
      active = false
      process.removeListener('exit', atExit)
      terminal.write(LEAVE)
    },
  }
}
