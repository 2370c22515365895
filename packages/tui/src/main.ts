import type { CliContext } from './context.js'
import { describeFailure, Interrupted } from './errors.js'
import { EXIT } from './exit-codes.js'
import { runProgram } from './program.js'

const SIGNAL_CODES = { SIGTERM: 143, SIGHUP: 129 } as const

/** Runs the program on this process: its arguments, streams and signals. */
export async function start(): Promise<void> {
  const interrupts = new AbortController()
  process.on('SIGINT', () => {
    if (interrupts.signal.aborted) process.exit(EXIT.interrupted)
    interrupts.abort(new Interrupted())
  })
  for (const [signal, code] of Object.entries(SIGNAL_CODES)) process.on(signal, () => process.exit(code))
  process.stdout.on('error', leaveOnClosedOutput)
  process.stderr.on('error', () => process.exit(EXIT.failed))
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', fail)

  const context: CliContext = {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    services: {
      native: () => import('@thresher/native'),
      sweeps: () => import('@thresher/sweeps'),
    },
    interrupt: interrupts.signal,
    now: () => performance.now(),
    today: () => Date.now(),
  }
  const code = await runProgram(process.argv.slice(2), context)
  // Native work that was left behind, or a terminal that still listens, must not keep the process.
  process.stdout.write('', () => process.exit(code))
}

/** A reader that has seen enough (`| head`) closes the pipe: that is no failure. A full disk is one. */
function leaveOnClosedOutput(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE' || error.code === 'EIO') process.exit(EXIT.done)
  fail(
    new Error(
      `stdout: cannot be written (${error.code === 'ENOSPC' ? 'no space left on the device' : error.code})`,
    ),
  )
}

function fail(error: unknown): void {
  // The exit handlers put the terminal back before the shell shows this.
  process.exitCode = EXIT.failed
  const { line } = describeFailure(error, process.env.THRESHER_DEBUG === '1')
  process.once('exit', () => process.stderr.write(`thresher: ${line}\n`))
  process.exit(EXIT.failed)
}
