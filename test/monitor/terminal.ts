import { spawn } from '@lydell/node-pty'
import xterm from '@xterm/headless'
import { onTestFinished } from 'vitest'
import { THRESHER } from '../cli/thresher.js'

const POLL_MS = 50

export interface TerminalOptions {
  columns: number
  rows: number
  env?: Record<string, string>
  cwd?: string
  timeoutMs?: number
}

/** `thresher` in a pseudo-terminal, with what a person would see of it. */
export function openTerminal(
  args: string[],
  { columns, rows, env = {}, cwd, timeoutMs = 60_000 }: TerminalOptions,
) {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true })
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => name !== 'CI' && name !== 'NO_COLOR'),
  ) as Record<string, string>
  const process_ = spawn(THRESHER, args, {
    cols: columns,
    rows,
    name: 'xterm-256color',
    env: { ...inherited, LANG: 'C.UTF-8', ...env },
    ...(cwd === undefined ? {} : { cwd }),
  })
  let output = ''
  process_.onData((data) => {
    output += data
    terminal.write(data)
  })
  const exited = new Promise<{ exitCode: number; signal?: number | undefined }>((resolve) => {
    process_.onExit(resolve)
  })
  onTestFinished(() => {
    try {
      process_.kill('SIGKILL')
    } catch {
      // It has ended already.
    }
  })

  const lines = () =>
    Array.from({ length: terminal.rows }, (_, y) =>
      terminal.buffer.active
        .getLine(terminal.buffer.active.viewportY + y)!
        .translateToString(true, 0, terminal.cols),
    )

  return {
    lines,
    exited,
    /** All bytes so far, escape sequences included. */
    raw: () => output,
    /** Whether the alternate screen is shown. */
    inAlternateScreen: () => terminal.buffer.active.type === 'alternate',
    scrollback: () => terminal.buffer.normal.baseY,
    press: (keys: string) => process_.write(keys),
    kill: (signal: string) => process_.kill(signal),
    resize(newColumns: number, newRows: number) {
      terminal.resize(newColumns, newRows)
      process_.resize(newColumns, newRows)
    },
    /** Waits until the screen matches; the error shows the screen. */
    async until(pattern: RegExp): Promise<string> {
      const end = Date.now() + timeoutMs
      for (;;) {
        const screen = lines().join('\n')
        if (pattern.test(screen)) return screen
        if (Date.now() > end) throw new Error(`the screen never matched ${pattern}:\n${screen}`)
        await new Promise((resolve) => setTimeout(resolve, POLL_MS))
      }
    },
  }
}
