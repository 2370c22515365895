import { availableParallelism, cpus } from 'node:os'
import type { BenchResult, BenchRow } from '@thresher/sweeps'
import { Command } from 'commander'
import type { CliContext } from '../context.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { paint } from '../output/style.js'
import { countOf, formatCount, padEnd, padStart } from '../output/text.js'
import { write } from '../output/writer.js'
import { version } from '../version.js'
import { type CommonOptions, withCommonOptions } from './common-options.js'
import { modeOf, openSource, type PostprocessOptions, withPostprocessOptions } from './postprocess-options.js'
import { type ProtocolOptions, scoringOf, withProtocolOptions } from './protocol-options.js'
import { settle, settleBackend } from './run-context.js'
import { type DataOptions, dataSource } from './threshold-request.js'
import { integer, path } from './values.js'

interface BenchOptions extends CommonOptions, PostprocessOptions, ProtocolOptions, DataOptions {
  readonly images: number
  readonly runs: number
}

const NAME_WIDTH = 34

export function benchCommand(run: (options: BenchOptions) => Promise<void>): Command {
  const command = withPostprocessOptions(
    withProtocolOptions(
      new Command('bench')
        .description('Time the parts of a threshold sweep on this machine.')
        .option('--maps <path...>', 'probability maps (default: the built-in example)')
        .option('--gt <path>', 'their ground truth', path),
    ),
  )
    .option('--images <n>', 'maps to take, from the first', integer(1, 10_000), 8)
    .option('--runs <n>', 'timed runs of each row, after one to warm up', integer(1, 1000), 5)
    .action(run)
  return withCommonOptions(command, [
    'thresher bench',
    'thresher bench --maps maps/ --gt gt/ --index index.json --protocol cleval-receipt --json',
  ])
}

/** Milliseconds a map: median and quartiles of several passes over the same maps. */
export async function runBench(options: BenchOptions, context: CliContext): Promise<ExitCode> {
  const scoring = scoringOf(options)
  const { look, machine, notice } = settle(options, context)
  const { name: backend } = await settleBackend(options, context)
  const sample = options.maps === undefined && options.gt === undefined
  const { gt, ...source } = await dataSource({ ...options, sample }, context)
  const { readPolygons, benchThresholds } = await context.services.sweeps()
  const { maps, sizes } = await openSource(source, context.services, notice)
  const groundTruth = await readPolygons(gt, { onNotice: notice })
  const print = (text: string) => write(context.stdout, `${text}\n`)
  if (!machine) {
    const images = Math.min(options.images, maps.entries.length)
    await print(`${machineName()}, ${countOf(images, 'map')}, ${scoring.protocol}; milliseconds a map`)
    await print(paint([{ text: headText(), tone: 'faint' }], look.colour))
  }
  const { images, runs, threads } = options
  const result = await benchThresholds(
    { maps, groundTruth, sizes, mode: modeOf(options), scoring, backend, threads, runs, images },
    {
      signal: context.interrupt,
      onRow: (row) => {
        if (options.jsonl) context.stdout.write(`${JSON.stringify({ event: 'row', ...row })}\n`)
        else if (!machine) context.stdout.write(`${rowText(row)}\n`)
      },
    },
  )
  if (machine)
    await print(JSON.stringify({ ...(options.jsonl ? { event: 'result' } : {}), ...document(result) }))
  return EXIT.done
}

function document({ images, rows }: BenchResult): object {
  return {
    version: version(),
    machine: machineName(),
    node: process.versions.node,
    images,
    rows: rows.map(({ perMap, ...row }) => ({ ...row, millisecondsPerMap: perMap })),
  }
}

function machineName(): string {
  return `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} CPUs`
}

function headText(): string {
  return [
    padEnd('', NAME_WIDTH),
    ...['settings', 'threads', 'median', 'half between'].map((text) => padStart(text, 9)),
  ].join(' ')
}

function rowText({ name, settings, threads, perMap }: BenchRow): string {
  const figure = (value: number) => value.toFixed(value < 10 ? 3 : 1)
  return [
    padEnd(name, NAME_WIDTH),
    padStart(formatCount(settings), 9),
    padStart(String(threads), 9),
    padStart(figure(perMap.median), 9),
    `   ${figure(perMap.low)} to ${figure(perMap.high)}`,
  ].join(' ')
}
