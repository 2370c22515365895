import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { openStorage, type Storage, watchStudy } from '@thresher/core'
import type { StudyReport, SweepEvent, SweepOutcome, SweepPlan } from '@thresher/sweeps'
import { Command } from 'commander'
import type { CliContext, Look } from '../context.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { shellQuote } from '../output/shell-quote.js'
import { type Line, lineOf, paint } from '../output/style.js'
import { formatCount } from '../output/text.js'
import { write } from '../output/writer.js'
import { canShowScreen } from '../terminal/capabilities.js'
import { snapshotJson } from '../training/snapshot-json.js'
import { snapshotLines } from '../training/snapshot-lines.js'
import { sweepEventWriter } from '../training/sweep-event-lines.js'
import { type TrainingView, trainingView } from '../training/training-view.js'
import { type CommonOptions, withCommonOptions } from './common-options.js'
import { plainWidth } from './plain-width.js'
import { settle } from './run-context.js'
import { isDefaultStorage, type StorageOption, storageUrl, withStorageOption } from './storage-option.js'
import { launchOf } from './study-launch.js'
import { integer } from './values.js'

export interface SweepOptions extends CommonOptions, StorageOption {
  readonly study?: string
  readonly count?: number
  readonly workers?: number
  readonly resume?: boolean
  readonly plain?: boolean
  readonly top: number
  readonly failUnlessBetter?: boolean
}

const STOPPING =
  'stopping; what is finished is kept, and what runs is queued again. Interrupt again to leave at once.'
const FOLDER = '.thresher'
const MOST = 1_000_000

export function sweepCommand(run: (file: string, options: SweepOptions) => Promise<void>): Command {
  const command = withStorageOption(
    new Command('sweep')
      .description('Run a training sweep: find settings that really beat the baseline.')
      .argument('<file>', "a sweep file of ours, or W&B's as it is")
      .option('--study <name>', "the study's name (default: the sweep file's)"),
  )
    .option('--resume', 'go on with the study where it is there')
    .option('--count <n>', 'end after so many runs, the baseline included', integer(1, MOST))
    .option('--workers <n>', "runs at once (default: the sweep file's)", integer(1, 1024))
    .option('--plain', 'plain lines instead of the monitor')
    .option('--top <n>', 'rows to print', integer(1, MOST), 20)
    .option('--fail-unless-better', 'exit with 3 where no setting beats the baseline')
    .action(run)
  return withCommonOptions(command, [
    'thresher sweep sweep.yaml',
    'thresher sweep sweep.yaml --workers 2 --storage sqlite:///sweeps.db',
    'thresher sweep sweep.yaml --resume --count 10',
  ])
}

/**
 * Runs the sweep under the monitor where there is a terminal for it, else with plain lines on stderr, or events on
 * stdout, and prints what came of it.
 */
export async function runSweepCommand(
  file: string,
  options: SweepOptions,
  context: CliContext,
): Promise<ExitCode> {
  const { look, machine, notice } = settle(options, context)
  const { readSweepFile, runSweep, folderName } = await context.services.sweeps()
  const plan = await readSweepFile(file, { cwd: process.cwd() })
  const study = options.study ?? plan.name
  const url = storageUrl(options, context.env)
  if (isDefaultStorage(url)) await mkdir(FOLDER, { recursive: true })
  context.interrupt.throwIfAborted()
  const lines = sweepEventWriter((line) => void context.stderr.write(`${line}\n`), context.now)
  const onEvent = (event: SweepEvent) => {
    if (options.jsonl) context.stdout.write(`${JSON.stringify(event)}\n`)
    else lines(event)
  }
  const storage = await openStorage(url)
  const run = (listen: (event: SweepEvent) => void, signal: AbortSignal) =>
    runSweep(plan, {
      storage,
      study,
      directory: resolve(FOLDER, 'runs', folderName(study)),
      signal,
      onEvent: listen,
      ...(options.resume === undefined ? {} : { resume: options.resume }),
      count: options.count,
      workers: options.workers,
    })
  try {
    let outcome: SweepOutcome
    if (!machine && !options.plain && canShowScreen(context.env, context.stdin, context.stdout)) {
      const { runSweepScreen } = await import('../monitor/training/run-sweep.js')
      outcome = await runSweepScreen({ study, storage, run, look, context })
    } else {
      context.interrupt.addEventListener('abort', () => notice(STOPPING), { once: true })
      outcome = await run(onEvent, context.interrupt)
    }
    const view = await viewOf(storage, study)
    const report = await reportOf(outcome, plan, context)
    if (machine) {
      const snapshot = snapshotJson(view, storage.url, context.today())
      const { reason, text } = outcome
      const event = options.jsonl ? { event: 'result' } : {}
      await write(context.stdout, `${JSON.stringify({ ...event, reason, text, ...snapshot, report })}\n`)
    } else {
      const summary = { file, outcome, view, report, options, look }
      await write(context.stdout, printed(await summaryLines(summary, context), look))
    }
    return exitCode(outcome, view, options)
  } finally {
    await storage.close()
  }
}

async function viewOf(storage: Storage, name: string): Promise<TrainingView> {
  return trainingView(await watchStudy({ name, storage }))
}

interface SummaryParts {
  readonly file: string
  readonly outcome: SweepOutcome
  readonly view: TrainingView
  readonly report: StudyReport | null
  readonly options: SweepOptions
  readonly look: Look
}

/** The ranked table, why the sweep ended, and what may be said of it. */
async function summaryLines(
  { file, outcome, view, report, options, look: { symbols } }: SummaryParts,
  context: CliContext,
): Promise<Line[]> {
  const width = plainWidth(context)
  const { top } = options
  const rest = view.rows.length - top
  const shown = { ...view, rows: view.rows.slice(0, top) }
  const { conclusionLines } = await import('../output/training/report-lines.js')
  return [
    ...snapshotLines(shown, { command: 'sweep', now: context.today(), width, symbols }),
    ...(rest > 0 ? [lineOf(`      ${formatCount(rest)} more: --top N shows them`, 'faint')] : []),
    [],
    lineOf(`Ended: ${outcome.text}.`),
    ...(outcome.reason === 'interrupted' ? [lineOf(`Go on:  ${resumeCommand(file, options)}`)] : []),
    ...(outcome.reason === 'interrupted' || report === null
      ? []
      : conclusionLines(report, { width, top, symbols })),
  ]
}

/** The command that goes on with the sweep, ready for a shell. */
function resumeCommand(file: string, { study, storage, workers }: SweepOptions): string {
  return [
    'thresher sweep',
    shellQuote(file),
    ...(study === undefined ? [] : ['--study', shellQuote(study)]),
    ...(storage === undefined ? [] : ['--storage', shellQuote(storage)]),
    ...(workers === undefined ? [] : ['--workers', String(workers)]),
    '--resume',
  ].join(' ')
}

/** What the runs support, and what to run next; null where no run is complete. */
async function reportOf(
  { study }: SweepOutcome,
  plan: SweepPlan,
  { services }: CliContext,
): Promise<StudyReport | null> {
  if (!study.trials.some(({ state }) => state === 'COMPLETE')) return null
  const { commandLine, reportOn } = await services.sweeps()
  return reportOn(study, { metric: plan.metric, launch: launchOf(plan, commandLine) })
}

function printed(lines: readonly Line[], look: Look): string {
  return lines.map((line) => `${paint(line, look.colour)}\n`).join('')
}

function exitCode({ reason }: SweepOutcome, view: TrainingView, options: SweepOptions): ExitCode {
  if (reason === 'interrupted') return EXIT.interrupted
  const complete = view.rows.some(({ state }) => state === 'complete') || view.baseline?.state === 'complete'
  if (reason === 'broken' || !complete) return EXIT.failed
  const better = view.rows.some(({ standing }) => standing?.verdict === 'better')
  return options.failUnlessBetter && !better ? EXIT.notBetter : EXIT.done
}
