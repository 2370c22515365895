import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { openStorage } from '@thresher/core'
import type { ImportFormat } from '@thresher/sweeps'
import { Command, Option } from 'commander'
import type { CliContext } from '../context.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { shellQuote } from '../output/shell-quote.js'
import { countOf, printable } from '../output/text.js'
import { write } from '../output/writer.js'
import { type CommonOptions, withCommonOptions } from './common-options.js'
import { settle } from './run-context.js'
import { DEFAULT_STORAGE, type StorageOption, storageUrl, withStorageOption } from './storage-option.js'
import { oneOf, path } from './values.js'

// Spelled out here, so that --help need not load the readers.
const FORMATS = ['csv', 'wandb', 'optuna', 'mlflow'] as const satisfies readonly ImportFormat[]
const DIRECTIONS = ['maximize', 'minimize'] as const

interface ImportCommandOptions extends CommonOptions, StorageOption {
  readonly format?: ImportFormat
  readonly study?: string
  readonly from?: string
  readonly metric?: string
  readonly direction?: (typeof DIRECTIONS)[number]
  readonly baseline?: string
  readonly params?: readonly string[]
  readonly ignore?: readonly string[]
  readonly words?: readonly string[]
  readonly nameColumn?: string
  readonly seedColumn?: string
  readonly epochsColumn?: string
  readonly minutesColumn?: string
  readonly secondsColumn?: string
  readonly force?: boolean
}

export function importCommand(
  run: (source: string, options: ImportCommandOptions) => Promise<void>,
): Command {
  const command = withStorageOption(
    new Command('import')
      .description('Make a study of a sweep that was done elsewhere, for its analysis and monitor.')
      .argument(
        '<source>',
        'a CSV table, a W&B export, an MLflow folder, or the URL of an Optuna storage',
        path,
      ),
  )
    .option('--study <name>', 'what it is called here (default: as its source)')
    .option('--from <name>', 'which study of an Optuna storage, or experiment of an MLflow folder')
    .option('--metric <name>', 'the column that the study is about (default: by its name)')
    .addOption(
      new Option('--direction <way>', `${DIRECTIONS.join(', ')} (default: by the metric's name)`).argParser(
        oneOf(DIRECTIONS),
      ),
    )
    .option('--baseline <run>', 'the run that the others are held against (default: one named baseline)')
    .option('--params <names>', 'these columns are the parameters, and no others', names)
    .option('--ignore <names>', 'leave these columns out', names)
    .option('--words <names>', 'these columns hold words, though some look like numbers', names)
    .option('--name-column <name>', 'the column with the names of runs')
    .option('--seed-column <name>', 'the column with the seeds')
    .option('--epochs-column <name>', 'the column that says how many epochs a run had')
    .option('--minutes-column <name>', 'the column that says how long a run took')
    .option('--seconds-column <name>', 'the same, in seconds')
    .addOption(
      new Option('--format <format>', `${FORMATS.join(', ')} (default: by what it is)`).argParser(
        oneOf(FORMATS),
      ),
    )
    .option('--force', 'replace a study of that name that was imported before')
    .action(run)
  return withCommonOptions(command, [
    'thresher import sweep.csv',
    'thresher import runs.csv --metric val/hmean --params lr,weight_decay --baseline first-run',
    'thresher import wandb.json --study lr-sweep',
    'thresher import sqlite:///optuna.db --from lr',
    'thresher import mlruns/',
  ])
}

export async function runImport(
  source: string,
  options: ImportCommandOptions,
  context: CliContext,
): Promise<ExitCode> {
  const { machine, notice } = settle(options, context)
  const { importStudy, storeStudy } = await context.services.sweeps()
  const { nameColumn, seedColumn, epochsColumn, minutesColumn, secondsColumn, ...rest } = options
  const imported = await importStudy(source, {
    ...rest,
    name: nameColumn,
    seed: seedColumn,
    epochs: epochsColumn,
    minutes: minutesColumn,
    seconds: secondsColumn,
  })
  for (const line of imported.notices) notice(line)
  const url = storageUrl(options, context.env)
  if (url === DEFAULT_STORAGE) await mkdir(dirname(url.replace('sqlite:///', '')), { recursive: true })
  const storage = await openStorage(url)
  try {
    await storeStudy(imported, storage, { replace: options.force, signal: context.interrupt })
    const { name, format, trials, metrics, directions, notices } = imported
    if (machine) {
      const document = {
        study: name,
        source,
        format,
        trials: trials.length,
        metrics: metrics ?? null,
        directions,
        storage: storage.url,
        notices,
      }
      await write(
        context.stdout,
        `${JSON.stringify(options.jsonl ? { event: 'result', ...document } : document)}\n`,
      )
    } else {
      const where = url === DEFAULT_STORAGE ? '' : ` --storage ${shellQuote(url)}`
      await write(
        context.stdout,
        `${printable(name)}: ${countOf(trials.length, 'run')} from ${printable(source)}\nNext:  thresher report ${shellQuote(name)}${where}\n`,
      )
    }
    return EXIT.done
  } finally {
    await storage.close()
  }
}

/** Names with commas between; a name with a comma in quotes. */
function names(text: string, before: readonly string[] = []): string[] {
  return [...before, ...text.split(',').map((name) => name.trim())]
}
