import { openStorage } from '@thresher/core'
import { Command } from 'commander'
import type { CliContext } from '../context.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { paint } from '../output/style.js'
import { write } from '../output/writer.js'
import { type AnalysisOptions, openStudy, reportOptions, withAnalysisOptions } from './analysis-options.js'
import { type CommonOptions, withCommonOptions } from './common-options.js'
import { plainWidth } from './plain-width.js'
import { settle } from './run-context.js'
import { type StorageOption, storageUrl, withStorageOption } from './storage-option.js'
import { integer } from './values.js'

interface RankOptions extends CommonOptions, StorageOption, AnalysisOptions {
  readonly top: number
  readonly failUnlessBetter?: boolean
}

export function rankCommand(run: (study: string, options: RankOptions) => Promise<void>): Command {
  const command = withStorageOption(
    withAnalysisOptions(
      new Command('rank')
        .description("Rank a training study's settings against its baseline, with what the runs can support.")
        .argument('<study>', 'its name'),
    ),
  )
    .option('--top <n>', 'rows to print', integer(1, 1_000_000), 20)
    .option('--fail-unless-better', 'exit with 3 where no setting beats the baseline')
    .action(run)
  return withCommonOptions(command, [
    'thresher rank efficientnet-b4-lr',
    'thresher rank efficientnet-b4-lr --noise 0.1 --top 5',
    'thresher rank grid --baseline 1 --where batch_size=32 --json',
  ])
}

export async function runRank(name: string, options: RankOptions, context: CliContext): Promise<ExitCode> {
  const { look, machine } = settle(options, context)
  const { reportOn } = await context.services.sweeps()
  const storage = await openStorage(storageUrl(options, context.env), { readOnly: true, create: false })
  try {
    const study = await openStudy(storage, name)
    const report = reportOn(study.snapshot, reportOptions(study, options))
    const { metric, level, noise, support, ranking } = report
    if (machine) {
      const document = {
        study: name,
        metric,
        level,
        noise,
        support,
        baseline: ranking.baseline,
        ranked: ranking.candidates,
      }
      await write(
        context.stdout,
        `${JSON.stringify(options.jsonl ? { event: 'result', ...document } : document)}\n`,
      )
    } else {
      const { rankLines } = await import('../output/training/report-lines.js')
      const lines = rankLines(report, 'rank', {
        width: plainWidth(context),
        top: options.top,
        symbols: look.symbols,
      })
      await write(context.stdout, lines.map((line) => `${paint(line, look.colour)}\n`).join(''))
    }
    const better = ranking.candidates.some(({ verdict }) => verdict === 'better')
    return options.failUnlessBetter && !better ? EXIT.notBetter : EXIT.done
  } finally {
    await storage.close()
  }
}
