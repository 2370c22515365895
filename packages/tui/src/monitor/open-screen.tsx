import type { Size } from '@thresher/native'
import { type Instance, render } from 'ink'
import type { CliContext, Look, OutputStream } from '../context.js'
import type { Line } from '../output/style.js'
import { alternateScreen } from '../terminal/alternate-screen.js'
import { ScreenStream } from '../terminal/screen-stream.js'
import { suspension } from '../terminal/suspend.js'
import { MonitorApp } from './components/monitor-app.js'
import type { MonitorStore } from './store.js'

const FRAMES_PER_SECOND = 15
const USUAL_SIZE: Size = { width: 80, height: 24 }

export interface ScreenOptions<State extends { readonly size: Size }, Event> {
  readonly context: CliContext
  readonly look: Look
  readonly store: MonitorStore<State, Event | { readonly type: 'resize'; readonly size: Size }>
  readonly draw: (state: State) => readonly Line[]
  /** Takes a key by its name; an interrupt from outside is `ctrl+c`. Must be the same function every time. */
  readonly onKey: (name: string) => void
}

/** A live screen that has taken the terminal. */
export interface Screen {
  /** Never resolves but rejects with what a component threw. */
  readonly failed: Promise<never>
  /** To the shell, and back with fg. */
  suspend(): void
  /** Gives the terminal back; the store goes on. */
  close(): void
}

export function terminalSize(stdout: OutputStream): Size {
  return { width: stdout.columns ?? USUAL_SIZE.width, height: stdout.rows ?? USUAL_SIZE.height }
}

/** Takes the terminal and draws a store's state on it until it is closed. */
export function openScreen<State extends { readonly size: Size }, Event>(
  options: ScreenOptions<State, Event>,
): Screen {
  const { context, look, store, draw, onKey } = options
  const { stdin, stdout, interrupt } = context
  const size = () => terminalSize(stdout)
  const screen = alternateScreen(stdout)
  const stream = new ScreenStream(stdout, size)
  const resized = () => {
    stream.startFromTop()
    store.dispatch({ type: 'resize', size: size() })
  }
  const suspend = suspension(
    () => {
      stdin.setRawMode?.(false)
      screen.leave()
    },
    () => {
      screen.enter()
      stdin.setRawMode?.(true)
      stream.repaint()
      resized()
    },
  )
  const onInterrupt = () => onKey('ctrl+c')
  const resizable = stdout as NodeJS.WriteStream
  let ink: Instance | undefined
  const close = () => {
    ink?.unmount()
    screen.leave()
    suspend.dispose()
    interrupt.removeEventListener('abort', onInterrupt)
    resizable.removeListener('resize', resized)
  }
  try {
    screen.enter()
    resizable.on('resize', resized)
    interrupt.addEventListener('abort', onInterrupt)
    ink = render(<MonitorApp store={store} draw={draw} colour={look.colour} onKey={onKey} />, {
      stdout: stream as unknown as NodeJS.WriteStream,
      stdin,
      exitOnCtrlC: false,
      patchConsole: false,
      maxFps: FRAMES_PER_SECOND,
    })
  } catch (error) {
    close()
    throw error
  }
  const failed = failure(ink)
  // Whoever does not wait for it hears of it no more.
  failed.catch(() => undefined)
  return { failed, suspend: suspend.suspend, close }
}

async function failure(ink: Instance): Promise<never> {
  await ink.waitUntilExit()
  return new Promise(() => undefined)
}
