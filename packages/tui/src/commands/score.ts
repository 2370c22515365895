import { formatScore } from '@thresher/core'
import type { Protocol } from '@thresher/native'
import type { DatasetScore } from '@thresher/sweeps'
import { Command, Option } from 'commander'
import type { CliContext } from '../context.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { progressPrinter } from '../output/progress-lines.js'
import { countOf } from '../output/result-lines.js'
import { type Line, lineOf, paint } from '../output/style.js'
import { formatCount, padStart, printable } from '../output/text.js'
import { write } from '../output/writer.js'
import { type CommonOptions, withCommonOptions } from './common-options.js'
import { settle } from './run-context.js'
import { oneOf, path } from './values.js'

const PROTOCOLS = ['icdar2015', 'iou'] as const satisfies readonly Protocol[]

interface ScoreOptions extends CommonOptions {
  readonly gt: string
  readonly pred: string
  readonly protocol: Protocol
  readonly perImage?: boolean
}

export function protocolOption(): Option {
  return new Option(
    '--protocol <name>',
    `how to score: ${PROTOCOLS.join(', ')} (iou is that of DB and PaddleOCR)`,
  )
    .default('icdar2015')
    .argParser(oneOf(PROTOCOLS))
}

export function scoreCommand(run: (options: ScoreOptions) => Promise<void>): Command {
  const command = new Command('score')
    .description('Score detections against ground truth.')
    .requiredOption('--gt <path>', 'ground truth: a file, folder or .zip', path)
    .requiredOption('--pred <path>', 'detections: a file, folder or .zip', path)
    .addOption(protocolOption())
    .option('--per-image', 'scores of each image too')
    .action(run)
  return withCommonOptions(command, [
    'thresher score --gt gt/ --pred boxes.jsonl',
    'thresher score --gt gt.zip --pred submit.zip --protocol icdar2015 --per-image --json',
  ])
}

export async function runScore(options: ScoreOptions, context: CliContext): Promise<ExitCode> {
  const { look, machine, notice } = settle(options, context)
  const { readPolygons, scoreDataset } = await context.services.sweeps()
  const groundTruth = await readPolygons(options.gt, { onNotice: notice })
  const detections = await readPolygons(options.pred, { onNotice: notice })
  const report = progressPrinter(context.stderr, context.now)
  const score = await scoreDataset(options.protocol, groundTruth, detections, {
    signal: context.interrupt,
    threads: options.threads,
    onProgress: (done, total) => report(() => `${formatCount(done)} of ${countOf(total, 'image')}`),
  })
  if (machine) {
    const document = scoreJson(score, options.perImage ?? false)
    await write(
      context.stdout,
      `${JSON.stringify(options.jsonl ? { event: 'result', ...document } : document)}\n`,
    )
  } else {
    const lines = scoreLines(score, options.perImage ?? false)
    await write(context.stdout, lines.map((line) => `${paint(line, look.colour)}\n`).join(''))
  }
  return EXIT.done
}

function scoreJson(
  { protocol, precision, recall, hmean, counts, images }: DatasetScore,
  perImage: boolean,
): object {
  return {
    protocol,
    precision,
    recall,
    hmean,
    counts: { images: images.length, ...counts },
    ...(perImage ? { images } : {}),
  }
}

function scoreLines(score: DatasetScore, perImage: boolean): Line[] {
  const { matched, gtCare, detCare } = score.counts
  const lines: Line[] = [
    lineOf(`${score.protocol}  ${countOf(score.images.length, 'image')}`),
    [
      { text: 'H-Mean ' },
      { text: formatScore(score.hmean), tone: 'strong' },
      { text: `  precision ${formatScore(score.precision)}  recall ${formatScore(score.recall)}` },
    ],
    lineOf(
      `${formatCount(matched)} matched, of ${countOf(gtCare, 'object')} and ${countOf(detCare, 'detection')} that count`,
    ),
  ]
  if (!perImage) return lines
  const cells = (texts: readonly (string | number)[]) =>
    texts.map((text) => padStart(String(text), 7)).join(' ')
  lines.push([], lineOf(`${cells(['H-Mean', 'P', 'R', 'matched', 'objects', 'found'])}  image`, 'faint'))
  for (const { image, hmean, precision, recall, ...counts } of score.images) {
    const scores = [hmean, precision, recall].map(formatScore)
    lines.push(
      lineOf(`${cells([...scores, counts.matched, counts.gtCare, counts.detCare])}  ${printable(image)}`),
    )
  }
  return lines
}
