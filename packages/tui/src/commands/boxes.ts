import { DEFAULT_SETTING, formatDuration } from '@thresher/core'
import { Command } from 'commander'
import type { CliContext } from '../context.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { progressPrinter } from '../output/progress-lines.js'
import { openReplacement } from '../output/replace-file.js'
import { countOf, formatCount } from '../output/text.js'
import { write } from '../output/writer.js'
import { type CommonOptions, withCommonOptions } from './common-options.js'
import { inOrder } from './in-order.js'
import { modeOf, openSource, type PostprocessOptions, withPostprocessOptions } from './postprocess-options.js'
import { settle, settleBackend } from './run-context.js'
import { parameterValue, path } from './values.js'

interface BoxesOptions extends CommonOptions, PostprocessOptions {
  readonly thresh: number
  readonly boxThresh: number
  readonly unclipRatio: number
  readonly maxCandidates: number
  readonly minSize: number
  readonly output?: string
}

export function boxesCommand(run: (maps: string[], options: BoxesOptions) => Promise<void>): Command {
  const command = withPostprocessOptions(
    new Command('boxes')
      .description('Turn probability maps into boxes, one JSON line an image.')
      .argument('<maps...>', '.npy and .npz files, or folders of these')
      .option('-o, --output <file>', 'write to this file instead of stdout', path),
  )
    .option('--thresh <p>', 'a pixel is text above this', parameterValue('thresh'), DEFAULT_SETTING.thresh)
    .option(
      '--box-thresh <p>',
      'least score of a box',
      parameterValue('box_thresh'),
      DEFAULT_SETTING.box_thresh,
    )
    .option(
      '--unclip-ratio <r>',
      'how far boxes grow',
      parameterValue('unclip_ratio'),
      DEFAULT_SETTING.unclip_ratio,
    )
    .option(
      '--max-candidates <n>',
      'contours looked at',
      parameterValue('max_candidates'),
      DEFAULT_SETTING.max_candidates,
    )
    .option('--min-size <px>', 'least shorter side', parameterValue('min_size'), DEFAULT_SETTING.min_size)
    .action(run)
  return withCommonOptions(command, [
    'thresher boxes maps/ -o boxes.jsonl',
    'thresher boxes maps/ --index index.json --box-type poly --variant receipt --thresh 0.22 --box-thresh 0.4',
  ])
}

/** Streams the boxes of each map in the order of the maps, whatever finishes first. */
export async function runBoxes(
  maps: readonly string[],
  options: BoxesOptions,
  context: CliContext,
): Promise<ExitCode> {
  const { notice } = settle(options, context)
  const { name: backend } = await settleBackend(options, context)
  const source = { maps, index: options.index, size: options.size }
  const opened = await openSource(source, context.services, notice)
  const { postprocess } = await context.services.native()
  const { boxesLine } = await context.services.sweeps()
  const started = context.now()
  const { thresh, boxThresh, unclipRatio, maxCandidates, minSize } = options
  const settings = { ...modeOf(options), backend, thresh, boxThresh, unclipRatio, maxCandidates, minSize }
  const signal = context.interrupt

  const results = inOrder(opened.maps.read({ signal }), options.threads, async ({ entry, map }) => {
    const boxes = await postprocess(map, { ...settings, size: opened.sizes.get(entry.image), signal })
    return { count: boxes.scores.length, line: boxesLine(entry.image, boxes).trimEnd() }
  })

  const file = options.output === undefined ? undefined : await openReplacement(options.output)
  const put = file ? (text: string) => file.write(text) : (text: string) => write(context.stdout, text)
  const report = progressPrinter(context.stderr, context.now)
  const total = opened.maps.entries.length
  let images = 0
  let boxes = 0
  try {
    if (options.json) await put('[')
    for await (const { count, line } of results) {
      await put(options.json ? `${images > 0 ? ',' : ''}\n${line}` : `${line}\n`)
      images++
      boxes += count
      if (file) report(() => `${formatCount(images)} of ${countOf(total, 'image')}`)
    }
    if (options.json) await put('\n]\n')
    await file?.commit()
  } finally {
    await file?.discard()
  }
  if (file) {
    const seconds = formatDuration((context.now() - started) / 1000)
    notice(`${options.output}: ${formatCount(boxes)} boxes in ${countOf(images, 'image')}, ${seconds}`)
  }
  return EXIT.done
}
