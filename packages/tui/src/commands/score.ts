import { InputError } from '@thresher/core'
import { Command } from 'commander'
import type { CliContext } from '../context.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { progressPrinter } from '../output/progress-lines.js'
import { scoreJson } from '../output/score-json.js'
import { scoreLines } from '../output/score-lines.js'
import { paint } from '../output/style.js'
import { countOf, formatCount } from '../output/text.js'
import { write } from '../output/writer.js'
import { type CommonOptions, withCommonOptions } from './common-options.js'
import { type ProtocolOptions, scoringOf, withProtocolOptions } from './protocol-options.js'
import { settle } from './run-context.js'
import { path } from './values.js'

interface ScoreOptions extends CommonOptions, ProtocolOptions {
  readonly gt: string
  readonly pred: string
  readonly perImage?: boolean
  readonly e2e?: boolean
  readonly ignoreCase?: boolean
}

export function scoreCommand(run: (options: ScoreOptions) => Promise<void>): Command {
  const command = withProtocolOptions(
    new Command('score')
      .description('Score detections against ground truth.')
      .requiredOption('--gt <path>', 'ground truth: a file, folder or .zip', path)
      .requiredOption('--pred <path>', 'detections: a file, folder or .zip', path),
  )
    .option('--e2e', 'cleval: also score what was read')
    .option('--ignore-case', 'with --e2e: upper and lower case are the same')
    .option('--per-image', 'each image too, and what happened to every object and detection')
    .action(run)
  return withCommonOptions(command, [
    'thresher score --gt gt/ --pred boxes.jsonl',
    'thresher score --gt gt.zip --pred submit.zip --protocol cleval --e2e',
    'thresher score --gt val.json --pred boxes.jsonl --protocol cleval-receipt --per-image --json',
  ])
}

export async function runScore(options: ScoreOptions, context: CliContext): Promise<ExitCode> {
  const scoring = { ...scoringOf(options), ...endToEndOf(options) }
  const { look, machine, notice } = settle(options, context)
  const { readPolygons, scoreDataset } = await context.services.sweeps()
  const groundTruth = await readPolygons(options.gt, { onNotice: notice })
  const detections = await readPolygons(options.pred, { onNotice: notice })
  const report = progressPrinter(context.stderr, context.now)
  const score = await scoreDataset(scoring, groundTruth, detections, {
    signal: context.interrupt,
    threads: options.threads,
    onProgress: (done, total) => report(() => `${formatCount(done)} of ${countOf(total, 'image')}`),
  })
  const perImage = options.perImage ?? false
  if (machine) {
    const document = scoreJson(score, perImage)
    await write(
      context.stdout,
      `${JSON.stringify(options.jsonl ? { event: 'result', ...document } : document)}\n`,
    )
  } else {
    const lines = scoreLines(score, perImage)
    await write(context.stdout, lines.map((line) => `${paint(line, look.colour)}\n`).join(''))
  }
  return EXIT.done
}

function endToEndOf({ protocol, e2e, ignoreCase }: ScoreOptions) {
  if (e2e && protocol !== 'cleval') {
    throw new InputError(`--e2e is for --protocol cleval, not ${protocol}. Leave it out, or choose cleval.`)
  }
  if (ignoreCase && !e2e) throw new InputError('--ignore-case is for --e2e. Add it, or leave both out.')
  return { ...(e2e ? { endToEnd: true } : {}), ...(ignoreCase ? { caseSensitive: false } : {}) }
}
