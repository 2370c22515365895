import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { InputError, openStorage } from '@thresher/core'
import type { StudyReport } from '@thresher/sweeps'
import { Command } from 'commander'
import type { CliContext } from '../context.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { openReplacement } from '../output/replace-file.js'
import { shellQuote } from '../output/shell-quote.js'
import { paint } from '../output/style.js'
import { write } from '../output/writer.js'
import {
  type AnalysisOptions,
  cutsOf,
  openStudy,
  positive,
  reportOptions,
  withAnalysisOptions,
} from './analysis-options.js'
import { type CommonOptions, withCommonOptions } from './common-options.js'
import { plainWidth } from './plain-width.js'
import { settle } from './run-context.js'
import { type StorageOption, storageUrl, withStorageOption } from './storage-option.js'
import { savedLaunch } from './study-launch.js'
import { collected, integer, path } from './values.js'

interface ReportOptions extends CommonOptions, StorageOption, AnalysisOptions {
  readonly cut?: readonly string[]
  readonly top: number
  readonly hoursLeft?: number
  readonly firstTime?: boolean
  readonly tunedBefore?: boolean
  readonly validationItems?: number
  readonly program?: string
  readonly sweepFiles?: string
  readonly seedParameter?: string
}

export function reportCommand(run: (study: string, options: ReportOptions) => Promise<void>): Command {
  const command = withStorageOption(
    withAnalysisOptions(
      new Command('report')
        .description('Say what a training study found, how sure that is, and what to run next.')
        .argument('<study>', 'its name'),
    ),
  )
    .option(
      '--cut <name=numbers>',
      'cut the groups of a parameter here, such as lr=0.00045; repeatable',
      collected,
    )
    .option('--hours-left <h>', 'hours for more runs', positive)
    .option('--first-time', 'this architecture is new to you')
    .option('--tuned-before', 'its settings were tuned before')
    .option(
      '--validation-items <n>',
      'how many items the metric is measured on',
      integer(1, Number.MAX_SAFE_INTEGER),
    )
    .option('--program <file>', 'the training program, for the command lines and sweep files to run next')
    .option('--seed-parameter <name>', 'the parameter by which a run is told its seed (default: seed)')
    .option('--sweep-files <folder>', 'write the sweep files to run next there: best.yaml, ...', path)
    .option('--top <n>', 'rows of the ranking to print', integer(1, 1_000_000), 20)
    .action(run)
  return withCommonOptions(command, [
    'thresher report efficientnet-b4-lr --cut lr=0.00045 --cut weight_decay=0.00009',
    'thresher report efficientnet-b4-lr --noise 0.1 --hours-left 8 --program train.py',
    'thresher report grid --baseline 1 --json',
  ])
}

export async function runReport(
  name: string,
  options: ReportOptions,
  context: CliContext,
): Promise<ExitCode> {
  const { look, machine, notice } = settle(options, context)
  const cuts = cutsOf(options.cut ?? [])
  const { commandLine, reportOn } = await context.services.sweeps()
  const storage = await openStorage(storageUrl(options, context.env), { readOnly: true, create: false })
  try {
    const study = await openStudy(storage, name)
    const { hoursLeft, firstTime, tunedBefore, validationItems, program, seedParameter } = options
    const report = reportOn(study.snapshot, {
      ...reportOptions(study, options),
      cuts,
      hoursLeft,
      situation: { firstTime: firstTime ?? (tunedBefore ? false : undefined), validationItems },
      launch: {
        ...savedLaunch(study.userAttributes, commandLine),
        ...(program !== undefined && {
          program,
          template: undefined,
          command: undefined,
          tensorflow: undefined,
        }),
        ...(seedParameter !== undefined && { seedParameter }),
      },
    })
    if (options.sweepFiles !== undefined)
      await writeSweepFiles(options.sweepFiles, report.recommendations, notice)
    if (machine) {
      await write(
        context.stdout,
        `${JSON.stringify(options.jsonl ? { event: 'result', ...report } : report)}\n`,
      )
    } else {
      const { reportLines } = await import('../output/training/report-lines.js')
      const lines = reportLines(report, 'report', {
        width: plainWidth(context),
        top: options.top,
        symbols: look.symbols,
      })
      await write(context.stdout, lines.map((line) => `${paint(line, look.colour)}\n`).join(''))
    }
    return EXIT.done
  } finally {
    await storage.close()
  }
}

async function writeSweepFiles(
  folder: string,
  recommendations: StudyReport['recommendations'],
  notice: (line: string) => void,
): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new InputError(`--sweep-files ${folder}: cannot be made (${error.code}). Name another folder.`)
  })
  for (const { role, yaml } of recommendations) {
    const name = join(folder, `${role}.yaml`)
    const file = await openReplacement(name)
    try {
      await file.write(yaml)
      await file.commit()
    } finally {
      await file.discard()
    }
    notice(`${name}: thresher sweep ${shellQuote(name)} runs it over seeds`)
  }
}
