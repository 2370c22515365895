import { InputError, openStorage, type Storage } from '@thresher/core'
import { Command } from 'commander'
import type { CliContext } from '../context.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { paint } from '../output/style.js'
import { write } from '../output/writer.js'
import { type AnalysisOptions, numberOfRun, openStudy, withNoiseOptions } from './analysis-options.js'
import { type CommonOptions, withCommonOptions } from './common-options.js'
import { plainWidth } from './plain-width.js'
import { settle } from './run-context.js'
import { type StorageOption, storageUrl, withStorageOption } from './storage-option.js'

type CompareOptions = CommonOptions & StorageOption & Pick<AnalysisOptions, 'noise' | 'equivalence' | 'scale'>

export function compareCommand(
  run: (a: string, b: string, options: CompareOptions) => Promise<void>,
): Command {
  const command = withStorageOption(
    withNoiseOptions(
      new Command('compare')
        .description('Put two runs side by side: parameters, values, and whether they differ beyond noise.')
        .argument('<a>', 'STUDY:RUN, or STUDY for the highest of it')
        .argument('<b>', 'the same, compared with a'),
    ),
  ).action(run)
  return withCommonOptions(command, [
    'thresher compare lr-sweep:baseline lr-sweep:8',
    'thresher compare last-week this-week --noise 0.1',
  ])
}

export async function runCompare(
  a: string,
  b: string,
  options: CompareOptions,
  context: CliContext,
): Promise<ExitCode> {
  const { look, machine } = settle(options, context)
  const { compareRuns } = await context.services.sweeps()
  const storage = await openStorage(storageUrl(options, context.env), { readOnly: true, create: false })
  try {
    const { noise, equivalence, scale } = options
    const [one, other] = [await sideOf(storage, a, '<a>'), await sideOf(storage, b, '<b>')]
    const comparison = compareRuns(one, other, { noise, equivalence, scale })
    if (machine) {
      const document = options.jsonl ? { event: 'result', ...comparison } : comparison
      await write(context.stdout, `${JSON.stringify(document)}\n`)
    } else {
      const { comparisonLines } = await import('../output/training/comparison-lines.js')
      const lines = comparisonLines(comparison, { width: plainWidth(context), symbols: look.symbols })
      await write(context.stdout, lines.map((line) => `${paint(line, look.colour)}\n`).join(''))
    }
    return EXIT.done
  } finally {
    await storage.close()
  }
}

/** `STUDY`, or `STUDY:RUN`; a study's name may have colons of its own. */
async function sideOf(storage: Storage, text: string, argument: string) {
  const names = new Set((await storage.listStudies()).map(({ name }) => name))
  const colon = text.lastIndexOf(':')
  if (names.has(text) || colon < 0) return sideIn(storage, text, undefined, argument)
  if (colon === text.length - 1) {
    throw new InputError(
      `${argument} is ${text}: no run is named after the colon. Write STUDY:RUN, or STUDY.`,
    )
  }
  return sideIn(storage, text.slice(0, colon), text.slice(colon + 1), argument)
}

async function sideIn(storage: Storage, name: string, run: string | undefined, argument: string) {
  const study = await openStudy(storage, name)
  return {
    study: study.snapshot,
    metric: study.metricNames?.[0] ?? 'value',
    number: run === undefined ? undefined : numberOfRun(study, run, argument),
  }
}
