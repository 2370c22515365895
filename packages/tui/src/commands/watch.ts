import { existsSync } from 'node:fs'
import { InputError, openStorage, type Storage, type StudyWatcher, watchStudy } from '@thresher/core'
import { Command } from 'commander'
import type { CliContext } from '../context.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { shellQuote } from '../output/shell-quote.js'
import { type Line, lineOf, paint } from '../output/style.js'
import { printable } from '../output/text.js'
import { write } from '../output/writer.js'
import { canShowScreen } from '../terminal/capabilities.js'
import { snapshotJson } from '../training/snapshot-json.js'
import { snapshotLines } from '../training/snapshot-lines.js'
import { trainingView } from '../training/training-view.js'
import { type CommonOptions, withCommonOptions } from './common-options.js'
import { nearest } from './nearest.js'
import { plainWidth } from './plain-width.js'
import { settle } from './run-context.js'
import {
  DEFAULT_FILE,
  isDefaultStorage,
  type StorageOption,
  storageUrl,
  withStorageOption,
} from './storage-option.js'

/** Names that an error lists. */
const MOST_NAMES = 5

export interface WatchOptions extends CommonOptions, StorageOption {
  readonly plain?: boolean
}

export function watchCommand(
  run: (study: string | undefined, options: WatchOptions) => Promise<void>,
): Command {
  const command = withStorageOption(
    new Command('watch')
      .description('Watch a training sweep that another process runs; nothing of it is changed.')
      .argument('[study]', 'its name; the only one where there is one'),
  )
    .option('--plain', 'one plain snapshot instead of the monitor')
    .action(run)
  return withCommonOptions(command, [
    'thresher watch',
    'thresher watch efficientnet-b4-lr --storage sqlite:///sweeps.db',
    'thresher watch efficientnet-b4-lr --json',
  ])
}

/** Shows a study live where there is a terminal for it, else once. */
export async function runWatch(
  name: string | undefined,
  options: WatchOptions,
  context: CliContext,
): Promise<ExitCode> {
  const { look, machine } = settle(options, context)
  const storage = await openToRead(storageUrl(options, context.env))
  try {
    const print = (lines: readonly Line[]) =>
      write(context.stdout, lines.map((line) => `${paint(line, look.colour)}\n`).join(''))
    const emit = (document: object) =>
      write(
        context.stdout,
        `${JSON.stringify(options.jsonl ? { event: 'snapshot', ...document } : document)}\n`,
      )
    const { study, names } = await chosenStudy(storage, name)
    if (study === undefined) {
      await (machine ? emit({ studies: names }) : print(listLines(names, options)))
      return EXIT.done
    }
    let interrupted = false
    if (!machine && !options.plain && canShowScreen(context.env, context.stdin, context.stdout)) {
      const monitor = await import('../monitor/training/run-watch.js')
      interrupted = (await monitor.runWatch({ study, look, context })).interrupted
    }
    const view = trainingView(study)
    const now = context.today()
    if (machine) await emit(snapshotJson(view, storage.url, now))
    else
      await print(
        snapshotLines(view, { command: 'watch', now, width: plainWidth(context), symbols: look.symbols }),
      )
    return interrupted ? EXIT.interrupted : EXIT.done
  } finally {
    await storage.close()
  }
}

/**
 * The study of that name, or the only one; the names of all where it is not said which.
 * @throws InputError where there is none.
 */
async function chosenStudy(
  storage: Storage,
  name: string | undefined,
): Promise<
  | { readonly study: StudyWatcher; readonly names?: never }
  | { readonly study?: never; readonly names: readonly string[] }
> {
  const names = (await storage.listStudies()).map((study) => study.name)
  if (name !== undefined) {
    if (!names.includes(name)) throw unknownStudy(storage.url, name, names)
    return { study: await watchStudy({ name, storage }) }
  }
  const [first] = names
  if (first === undefined) {
    throw new InputError(`${storage.url}: holds no study yet; start one with thresher sweep FILE.`)
  }
  return names.length === 1 ? { study: await watchStudy({ name: first, storage }) } : { names }
}

function unknownStudy(url: string, name: string, names: readonly string[]): InputError {
  const meant = nearest(name, names)
  const mend =
    meant !== undefined
      ? `did you mean "${meant}"?`
      : names.length === 0
        ? 'it holds none yet; start one with thresher sweep FILE.'
        : `it holds ${names.slice(0, MOST_NAMES).join(', ')}${names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : ''}.`
  return new InputError(`${url}: no study "${name}"; ${mend}`)
}

async function openToRead(url: string): Promise<Storage> {
  if (isDefaultStorage(url) && !existsSync(DEFAULT_FILE)) {
    throw new InputError(
      `${url}: there are no studies in this folder; start one with thresher sweep FILE, or say with --storage URL where they are.`,
    )
  }
  return openStorage(url, { readOnly: true, create: false })
}

function listLines(names: readonly string[], options: StorageOption): Line[] {
  const storage = options.storage === undefined ? '' : ` --storage ${shellQuote(options.storage)}`
  return [
    ...names.map((name) => lineOf(printable(name))),
    [],
    lineOf(`Which one?  thresher watch ${shellQuote(names.at(-1)!)}${storage}`, 'faint'),
  ]
}
