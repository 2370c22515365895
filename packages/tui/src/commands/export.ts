import { exportJournal, openStorage } from '@thresher/core'
import { Command, Option } from 'commander'
import type { CliContext } from '../context.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { openReplacement } from '../output/replace-file.js'
import { write } from '../output/writer.js'
import { type AnalysisOptions, openStudy, reportOptions, withAnalysisOptions } from './analysis-options.js'
import { type CommonOptions, withCommonOptions } from './common-options.js'
import { settle } from './run-context.js'
import { type StorageOption, storageUrl, withStorageOption } from './storage-option.js'
import { oneOf, path } from './values.js'

const FORMATS = ['csv', 'json', 'best-config', 'journal'] as const

interface ExportOptions extends CommonOptions, StorageOption, AnalysisOptions {
  readonly format: (typeof FORMATS)[number]
  readonly output?: string
}

export function exportCommand(run: (study: string, options: ExportOptions) => Promise<void>): Command {
  const command = withStorageOption(
    withAnalysisOptions(
      new Command('export')
        .description(
          'Write a training study as a table, a document, its best setting, or a journal of Optuna.',
        )
        .argument('<study>', 'its name'),
    ),
  )
    .addOption(new Option('--format <format>', FORMATS.join(', ')).default('csv').argParser(oneOf(FORMATS)))
    .option('-o, --output <file>', 'write to this file (default: stdout)', path)
    .action(run)
  return withCommonOptions(command, [
    'thresher export lr-sweep -o results.csv',
    'thresher export lr-sweep --format best-config -o best_config.json',
    'thresher export lr-sweep --format journal -o lr-sweep.journal',
  ])
}

export async function runExport(
  name: string,
  options: ExportOptions,
  context: CliContext,
): Promise<ExitCode> {
  const { notice } = settle(options, context)
  const { bestConfig, reportOn, resultsCsv, studyJson } = await context.services.sweeps()
  const storage = await openStorage(storageUrl(options, context.env), { readOnly: true, create: false })
  try {
    const study = await openStudy(storage, name)
    const { snapshot, metricNames } = study
    const chunks = async function* () {
      if (options.format === 'csv') yield resultsCsv(snapshot, metricNames)
      else if (options.format === 'journal') yield* exportJournal(storage, name)
      else if (options.format === 'json')
        yield `${JSON.stringify(studyJson(snapshot, metricNames), null, 2)}\n`
      else yield `${JSON.stringify(bestConfig(reportOn(snapshot, reportOptions(study, options))), null, 2)}\n`
    }
    if (options.output === undefined) {
      for await (const chunk of chunks()) await write(context.stdout, chunk)
      return EXIT.done
    }
    const file = await openReplacement(options.output)
    try {
      for await (const chunk of chunks()) await file.write(chunk)
      await file.commit()
    } finally {
      await file.discard()
    }
    notice(`${options.output}: ${options.format} of ${name}`)
    return EXIT.done
  } finally {
    await storage.close()
  }
}
