import { availableParallelism } from 'node:os'
import { type Command, Option } from 'commander'
import { COLOUR_CHOICES, type ColourChoice } from '../terminal/capabilities.js'
import { version } from '../version.js'
import { BACKENDS, type Backend } from './backend.js'
import { integer, oneOf } from './values.js'

/** Options that every command takes. */
export interface CommonOptions {
  readonly json?: boolean
  readonly jsonl?: boolean
  readonly color: ColourChoice
  readonly ascii?: boolean
  readonly backend: Backend
  readonly threads: number
}

const MOST_THREADS = 1023

/** Adds the options that every command takes, and its examples below its help. */
export function withCommonOptions(command: Command, examples: readonly string[]): Command {
  return command
    .addOption(new Option('--json', 'one JSON document on stdout, nothing else there').conflicts('jsonl'))
    .option('--jsonl', 'one JSON event a line on stdout, as it happens')
    .addOption(
      new Option('--color <when>', `${COLOUR_CHOICES.join(', ')}; NO_COLOR and FORCE_COLOR count too`)
        .default('auto')
        .argParser(oneOf(COLOUR_CHOICES)),
    )
    .option('--ascii', 'draw with ASCII characters only')
    .addOption(
      new Option('--backend <name>', `where native work runs: ${BACKENDS.join(', ')}`)
        .default('auto')
        .argParser(oneOf(BACKENDS)),
    )
    .addOption(
      new Option('--threads <n>', 'CPU threads')
        .default(Math.min(availableParallelism(), MOST_THREADS), 'all')
        .argParser(integer(1, MOST_THREADS)),
    )
    .version(version(), '--version', 'print the version')
    .addHelpText('after', `\nExamples:\n${examples.map((line) => `  $ ${line}`).join('\n')}`)
}
