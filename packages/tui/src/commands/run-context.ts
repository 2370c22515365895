import type { CliContext, Look } from '../context.js'
import { chooseLook } from '../terminal/capabilities.js'
import { type ChosenBackend, chooseBackend } from './backend.js'
import type { CommonOptions } from './common-options.js'

/** What a command has settled on before it starts to work. */
export interface RunSettings {
  /** Look of stdout. */
  readonly look: Look
  /** Whether stdout belongs to a program: --json or --jsonl. */
  readonly machine: boolean
  notice(line: string): void
}

export function settle(options: CommonOptions, context: CliContext): RunSettings {
  const look = chooseLook(options, context.env, context.stdout)
  const machine = options.json === true || options.jsonl === true
  return { look, machine, notice: (line) => void context.stderr.write(`thresher: ${line}\n`) }
}

/** Settles the backend and says on stderr what `auto` chose. */
export async function settleBackend(options: CommonOptions, context: CliContext): Promise<ChosenBackend> {
  const { capabilities } = await context.services.native()
  const chosen = chooseBackend(options.backend, options.threads, capabilities)
  if (options.backend === 'auto') context.stderr.write(`${chosen.text}\n`)
  return chosen
}
