import type { ThresholdProgress } from '@thresher/sweeps'
import { Command } from 'commander'
import type { CliContext } from '../context.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import type { MonitorOutcome } from '../monitor/thresholds/run-monitor.js'
import { progressPrinter, progressText } from '../output/progress-lines.js'
import { openReplacement } from '../output/replace-file.js'
import { resultChunks } from '../output/result-json.js'
import { resultLines, titleLine } from '../output/result-lines.js'
import { type Line, paint } from '../output/style.js'
import { formatCount } from '../output/text.js'
import { write, writeAll } from '../output/writer.js'
import { canShowScreen } from '../terminal/capabilities.js'
import { withCommonOptions } from './common-options.js'
import { plainWidth } from './plain-width.js'
import { withPostprocessOptions } from './postprocess-options.js'
import { withProtocolOptions } from './protocol-options.js'
import { settle, settleBackend } from './run-context.js'
import { stopController } from './stop-controller.js'
import {
  defaultParams,
  type PlannedSweep,
  planGrid,
  planSweep,
  type ThresholdsOptions,
} from './threshold-request.js'
import { collected, integer, path } from './values.js'

const STOPPING = 'stopping; what is finished is kept. Interrupt again to leave at once.'
const LARGEST_SEED = Number.MAX_SAFE_INTEGER
const MOST_RESAMPLES = 100_000
const MOST_ROUNDS = 20

export function thresholdsCommand(run: (options: ThresholdsOptions) => Promise<void>): Command {
  const source = new Command('thresholds')
    .description('Score a whole grid of postprocess settings and rank them against a baseline.')
    .option('--maps <path...>', 'probability maps: .npy and .npz files, or folders of these')
    .option('--gt <path>', 'ground truth: a file, folder or .zip', path)
    .option('--sample', 'the built-in example instead of --maps and --gt')
  const command = withPostprocessOptions(
    withProtocolOptions(source)
      .option(
        '--param <name=values>',
        `values to try, start:stop:step or a list; repeatable (default: ${defaultParams().join(' ')})`,
        collected,
      )
      .option(
        '--baseline <settings>',
        'what to compare with, such as thresh=0.3,box_thresh=0.6 (unnamed ones keep their defaults)',
      ),
  )
    .option('--top <n>', 'rows to print', integer(1, 1_000_000), 20)
    .option('--seed <n>', 'fixes the resamples of the bootstrap', integer(0, LARGEST_SEED), 0)
    .option('--resamples <n>', 'resamples of the bootstrap', integer(1, MOST_RESAMPLES), 2000)
    .option(
      '--folds <k>',
      'also choose on k-1 of k parts of the images and score on the rest: the gain on images not seen',
      integer(2, 1_000_000),
    )
    .option(
      '--refine <n>',
      'n times, halve the steps around what cannot be told from the best setting',
      integer(1, MOST_ROUNDS),
    )
    .option(
      '--resume <file>',
      'keep what is finished in this file, and go on from it where it is there',
      path,
    )
    .option('-o, --output <file>', 'write the JSON document to this file', path)
    .option('--plain', 'plain lines instead of the monitor')
    .option('--fail-unless-better', 'exit with 3 where no setting beats the baseline')
    .action(run)
  return withCommonOptions(command, [
    'thresher thresholds --sample --folds 5',
    'thresher thresholds --maps maps/ --gt gt/ --index index.json',
    'thresher thresholds --maps maps/ --gt gt.zip --variant receipt --box-type poly \\\n' +
      '      --param thresh=0.15:0.35:0.01 --param box_thresh=0.2:0.5:0.02 --baseline thresh=0.29,box_thresh=0.25',
    'thresher thresholds --maps maps/ --gt gt.zip --refine 2 --resume sweep.tallies -o result.json',
  ])
}

/** Sweeps the grid under the monitor where there is a terminal for it, else with plain lines or JSON. */
export async function runThresholds(options: ThresholdsOptions, context: CliContext): Promise<ExitCode> {
  planGrid(options)
  const { look, machine, notice } = settle(options, context)
  const backend = await settleBackend(options, context)
  const output = options.output === undefined ? undefined : await openReplacement(options.output)
  try {
    const plan = await planSweep(options, backend.name, context, notice)
    context.interrupt.throwIfAborted()
    const { request } = plan
    const title = {
      images: request.maps.entries.length,
      protocol: request.scoring.protocol,
      mode: plan.mode,
      backend: backend.text,
    }
    const print = (lines: readonly Line[]) =>
      write(context.stdout, lines.map((line) => `${paint(line, look.colour)}\n`).join(''))
    const width = plainWidth(context)

    const monitored = !machine && !options.plain && canShowScreen(context.env, context.stdin, context.stdout)
    const heading = () => print([titleLine(title, width, look.symbols)])
    let outcome: MonitorOutcome
    if (monitored) {
      const { runMonitor } = await import('../monitor/thresholds/run-monitor.js')
      outcome = await runMonitor({ plan, title, look, context })
      await heading()
    } else {
      // Not before the data are known to fit: an error leaves nothing on stdout.
      outcome = await runPlainly(options, plan, context, notice)
      if (!machine) await heading()
    }
    const { result } = outcome

    if (output) {
      for (const chunk of resultChunks(result, { lines: true })) await output.write(chunk)
      await output.commit()
    }
    if (options.json) await writeAll(context.stdout, resultChunks(result))
    else if (options.jsonl)
      await writeAll(context.stdout, resultChunks(result, { before: { event: 'result' } }))
    else
      await print(
        resultLines(result, result.grid, plan.hints, { width, top: options.top, symbols: look.symbols }),
      )
    if (output) notice(`${options.output}: all ${formatCount(result.configurations)} settings`)
    return exitCode(outcome, options)
  } finally {
    await output?.discard()
  }
}

async function runPlainly(
  options: ThresholdsOptions,
  plan: PlannedSweep,
  context: CliContext,
  notice: (line: string) => void,
): Promise<MonitorOutcome> {
  const { sweepThresholds } = await context.services.sweeps()
  const report = progressPrinter(context.stderr, context.now)
  const stop = stopController(context.interrupt)
  context.interrupt.addEventListener('abort', () => notice(STOPPING), { once: true })
  const result = await sweepThresholds(plan.request, {
    signal: stop.signal,
    onNotice: notice,
    onProgress: (progress) => {
      stop.observe(progress)
      if (options.jsonl) context.stdout.write(`${JSON.stringify(progressEvent(progress))}\n`)
      report(() => progressText(progress))
    },
  })
  return { result, interrupted: result.interrupted || context.interrupt.aborted }
}

/** A progress event of --jsonl. Standings are not in it: they say nothing yet about noise. */
function progressEvent({ standings: _, ...progress }: ThresholdProgress): object {
  return { event: 'progress', ...progress }
}

function exitCode({ result, interrupted }: MonitorOutcome, options: ThresholdsOptions): ExitCode {
  if (interrupted) return EXIT.interrupted
  return options.failUnlessBetter && result.ranking.better === 0 ? EXIT.notBetter : EXIT.done
}
