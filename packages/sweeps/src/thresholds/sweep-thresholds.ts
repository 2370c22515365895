import {
  type CrossValidation,
  crossValidate,
  flatZones,
  type Grid,
  InputError,
  type Plateau,
  plateauAround,
  rankSettings,
  refineGrid,
} from '@thresher/core'
import { aggregationOf } from '../score/conventions.js'
import { evaluateGrid } from './evaluate-grid.js'
import { pairImages } from './pair-images.js'
import { parallelSums } from './parallel-sums.js'
import { ProgressMeter } from './progress-meter.js'
import { identityOf } from './sweep-identity.js'
import { TallyFile } from './tally-file.js'
import { TallyTable } from './tally-table.js'
import type { SweepOptions, ThresholdRequest, ThresholdResult } from './types.js'

/** Ranking and the plateau are a bootstrap over the grid each. */
const BOOTSTRAPS = 2

/**
 * Scores every setting of a grid over a data set and ranks them against the baseline. Maps stream through: one in
 * memory a thread. An abort during evaluation ends it with what is finished, marked `interrupted`; with nothing
 * finished, or later, it rejects with the signal's reason. Throws InputError for data that cannot be scored.
 *
 * With `refine` the grid is made finer around what cannot be told from the best setting, and all of it ranked together:
 * verdicts hold over everything that was tried.
 */
export async function sweepThresholds(
  request: ThresholdRequest,
  { signal, onProgress, onNotice }: SweepOptions = {},
): Promise<ThresholdResult> {
  const { maps, refine = 0, folds, scoring, backend = 'cpu' } = request
  const images = maps.entries.length
  if (folds !== undefined && folds > images) {
    throw new InputError(`${folds} folds of ${images} images; give no more folds than images.`)
  }
  const truths = pairImages(maps.entries, request.groundTruth, scoring, onNotice)
  const kept =
    request.resume === undefined ? undefined : await TallyFile.open(request.resume, await identityOf(request))
  const meter = new ProgressMeter(images, onProgress)
  try {
    let { grid } = request
    let coarser: ThresholdResult | undefined
    for (let round = 0; ; round++) {
      const table = new TallyTable(grid, request.baseline, aggregationOf(scoring.protocol))
      meter.start(table, grid.size, grid.values.thresh.length)
      const interrupted = await evaluateGrid({ request, grid, round, truths, table, meter, kept }, signal)
      if (interrupted && coarser) return { ...coarser, interrupted }
      if (interrupted && table.imagesDone === 0) throw signal!.reason
      const found = await analyse(request, grid, table, meter, interrupted, signal)
      const result: ThresholdResult = {
        protocol: scoring.protocol,
        images: table.imagesDone,
        grid,
        configurations: grid.size,
        elapsedSeconds: meter.elapsedSeconds,
        backend,
        ...found,
        imageNames: table.positions.map((position) => maps.entries[position]!.image),
        interrupted,
      }
      const finer = round < refine && found.plateau ? refineGrid(grid, found.plateau) : grid
      if (finer.size === grid.size) return { ...result, ...(await crossValidated(request, result)) }
      coarser = result
      grid = finer
    }
  } finally {
    await kept?.close()
  }
}

/** The ranking of a finished pass, and what surrounds the best setting. */
async function analyse(
  { seed, resamples, baseline, threads }: ThresholdRequest,
  grid: Grid,
  table: TallyTable,
  meter: ProgressMeter,
  interrupted: boolean,
  signal: AbortSignal | undefined,
) {
  const { grid: statistics, baseline: reference } = table.statistics()
  const options = (part: number) => ({
    seed,
    resamples,
    sumResamples: parallelSums(threads),
    signal: interrupted ? undefined : signal,
    onProgress: (done: number, total: number) => meter.bootstrap((part + done / total) / BOOTSTRAPS),
  })
  const ranking = await rankSettings(
    grid,
    statistics,
    { setting: baseline, stats: reference.stats },
    options(0),
  )
  const best = ranking.ranked[0]!.index
  // Someone who interrupts wants to leave.
  const plateau: Plateau | undefined = interrupted
    ? undefined
    : await plateauAround(grid, statistics, best, options(1))
  return {
    ranking,
    statistics,
    baselineStatistics: reference.stats,
    ...(plateau ? { plateau } : {}),
    flatZones: flatZones(grid, statistics, best),
  }
}

async function crossValidated(
  { folds, seed, resamples, threads }: ThresholdRequest,
  { grid, statistics, baselineStatistics, interrupted }: ThresholdResult,
): Promise<{ crossValidated?: CrossValidation }> {
  if (folds === undefined || interrupted) return {}
  return {
    crossValidated: await crossValidate(grid, statistics, baselineStatistics, folds, {
      seed,
      resamples,
      sumResamples: parallelSums(threads),
    }),
  }
}
