import { InputError } from '@thresher/core'
import { EXIT, type ExitCode } from './exit-codes.js'

/** The work was stopped by the user. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
  constructor(message = 'interrupted') {
    super(message)
  }
}

/** The one line that the user sees of a failure, and the exit code. */
export function describeFailure(error: unknown, debug: boolean): { line: string; code: ExitCode } {
  const line = lineOf(error, debug)
  if (error instanceof Interrupted) return { line: error.message, code: EXIT.interrupted }
  return { line, code: error instanceof InputError ? EXIT.usage : EXIT.failed }
}

function lineOf(error: unknown, debug: boolean): string {
  if (!(error instanceof Error)) return String(error)
  if (debug) return error.stack ?? error.message
  return error.message.replaceAll(/\s*\n\s*/g, ' ')
}
