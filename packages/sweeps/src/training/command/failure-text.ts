import { existsSync } from 'node:fs'
import { formatDuration } from '@thresher/core'
import type { ProgramEnd } from './started-program.js'

const MOST = 240
const CONTROL = /\p{Cc}+/gu

/** What is known of a program that failed. */
export interface FailedProgram {
  readonly argv: readonly string[]
  readonly directory: string
  readonly log: string
  readonly lastLine: string | undefined
}

/** Why a program could not be started, in one line. */
export function startFailure(error: Error, { argv, directory }: FailedProgram): string {
  if (!existsSync(directory)) return `${directory}: is no folder; mend the working directory of the command.`
  const { code } = error as NodeJS.ErrnoException
  const word = JSON.stringify(argv[0])
  if (code === 'ENOENT') return `${word} cannot be started: there is no such program; mend the command.`
  if (code === 'EACCES')
    return `${word} cannot be started: it is not executable; chmod +x it, or name its interpreter.`
  if (code === 'E2BIG')
    return `${word} cannot be started: its command line is too long; pass the parameters by \${args_json_file}.`
  return `${word} cannot be started (${error.message.replace(CONTROL, ' ')}); mend the command.`
}

/** Why a program that ended has failed, in one line: how it ended, its last words, its log. */
export function endFailure({ code, signal }: ProgramEnd, { lastLine, log }: FailedProgram): string {
  const how =
    signal === null
      ? `exit code ${code}`
      : signal === 'SIGKILL'
        ? 'killed by SIGKILL, which is how a system short of memory ends programs'
        : `killed by ${signal}`
  return `${how}${lastLine === undefined ? '' : `: ${shown(lastLine)}`} (${log})`
}

/** Why a program that ended well is of no use. */
export function silentFailure(metric: string, names: Iterable<string>, { log }: FailedProgram): string {
  const reported = [...names].slice(0, 10).map(shown)
  const what = reported.length === 0 ? 'nothing was reported at all' : `reported were ${reported.join(', ')}`
  return `it ended without reporting ${metric}; ${what}. Mend the metric's name, or where it is read from (${log})`
}

export function timeoutFailure(seconds: number, { log }: FailedProgram): string {
  return `not done after ${formatDuration(seconds)}, its timeout; raise the timeout, or look where it hangs (${log})`
}

function shown(text: string): string {
  const plain = text.replace(CONTROL, ' ')
  return plain.length > MOST ? `${plain.slice(0, MOST)}…` : plain
}
