import { InputError } from '@thresher/core'
import { Command } from 'commander'
import type { CliContext, Services } from '../context.js'
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
  readonly scaleWise?: boolean
  readonly index?: string
  readonly size?: string
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
    .option('--scale-wise', 'cleval: also by the height of text, a share of the longer side of its image')
    .option('--index <file>', 'JSON list of {"image", "width", "height"}: image sizes for --scale-wise', path)
    .option('--size <WxH>', 'one size for all images, such as 1280x720')
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
  const sweeps = await context.services.sweeps()
  const { readPolygons, scoreDataset } = sweeps
  const size = await sizeOf(options, sweeps)
  const groundTruth = await readPolygons(options.gt, { onNotice: notice })
  const detections = await readPolygons(options.pred, { onNotice: notice })
  const report = progressPrinter(context.stderr, context.now)
  const work = { signal: context.interrupt, threads: options.threads }
  const score = await scoreDataset(scoring, groundTruth, detections, {
    ...work,
    onProgress: (done, total) => report(() => `${formatCount(done)} of ${countOf(total, 'image')}`),
  })
  const scales = options.scaleWise
    ? await sweeps.scoreByScale(scoring, groundTruth, detections, size, work)
    : undefined
  const perImage = options.perImage ?? false
  if (machine) {
    const document = scoreJson(score, { perImage, scales })
    await write(
      context.stdout,
      `${JSON.stringify(options.jsonl ? { event: 'result', ...document } : document)}\n`,
    )
  } else {
    const lines = scoreLines(score, { perImage, scales })
    await write(context.stdout, lines.map((line) => `${paint(line, look.colour)}\n`).join(''))
  }
  return EXIT.done
}

/** The image sizes that the options give for --scale-wise. */
async function sizeOf(options: ScoreOptions, sweeps: Awaited<ReturnType<Services['sweeps']>>) {
  const { scaleWise, index, size, protocol } = options
  if (scaleWise && protocol !== 'cleval') {
    throw new InputError(
      `--scale-wise is for --protocol cleval, not ${protocol}. Leave it out, or choose cleval.`,
    )
  }
  const given = index === undefined ? size && '--size' : '--index'
  if (!scaleWise && given) throw new InputError(`${given} is for --scale-wise. Add it, or leave both out.`)
  if (index !== undefined && size !== undefined) {
    throw new InputError('--index and --size both say how large the images are. Give one of them.')
  }
  if (index !== undefined) return sweeps.readIndex(index)
  return size === undefined ? undefined : sweeps.parseSize(size)
}

function endToEndOf({ protocol, e2e, ignoreCase }: ScoreOptions) {
  if (e2e && protocol !== 'cleval') {
    throw new InputError(`--e2e is for --protocol cleval, not ${protocol}. Leave it out, or choose cleval.`)
  }
  if (ignoreCase && !e2e) throw new InputError('--ignore-case is for --e2e. Add it, or leave both out.')
  return { ...(e2e ? { endToEnd: true } : {}), ...(ignoreCase ? { caseSensitive: false } : {}) }
}
