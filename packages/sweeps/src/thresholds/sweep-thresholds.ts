import { PARAMETERS, rankSettings, type Setting } from '@thresher/core'
import { type PostprocessGrid, type ProbabilityMap, sweepImage } from '@thresher/native'
import type { MapEntry } from '../maps/types.js'
import { aggregationOf } from '../score/conventions.js'
import { refusal } from '../score/protocol-input.js'
import { type PairedTruth, pairImages } from './pair-images.js'
import { ProgressMeter } from './progress-meter.js'
import { TallyTable } from './tally-table.js'
import type { SweepOptions, ThresholdRequest, ThresholdResult } from './types.js'

/**
 * Scores every setting of a grid over a data set and ranks them against the baseline. Maps stream through: one in
 * memory a thread. An abort during evaluation ends it with what is finished, marked `interrupted`; with nothing
 * finished, or later, it rejects with the signal's reason. Throws InputError for data that cannot be scored.
 */
export async function sweepThresholds(
  request: ThresholdRequest,
  options: SweepOptions = {},
): Promise<ThresholdResult> {
  const { maps, grid, baseline, seed, resamples } = request
  const { signal, onProgress, onNotice } = options
  const truths = pairImages(maps.entries, request.groundTruth, request.scoring, onNotice)
  const table = new TallyTable(grid, baseline, aggregationOf(request.scoring.protocol))
  const meter = new ProgressMeter(table, maps.entries.length, grid.values.thresh.length, onProgress)

  const interrupted = await evaluate(request, truths, table, meter, signal)
  if (interrupted && table.imagesDone === 0) throw signal!.reason

  const { grid: statistics, baseline: reference } = table.statistics()
  const ranking = await rankSettings(grid, statistics, reference, {
    seed,
    resamples,
    signal: interrupted ? undefined : signal,
    onProgress: (done, total) => meter.bootstrap(done / total),
  })
  return {
    protocol: request.scoring.protocol,
    images: table.imagesDone,
    configurations: grid.size,
    elapsedSeconds: meter.elapsedSeconds,
    backend: 'cpu',
    ranking,
    statistics,
    imageNames: table.positions.map((position) => maps.entries[position]!.image),
    interrupted,
  }
}

/** Fills the table, `threads` images at a time. True if the signal ended it early; other failures are thrown. */
async function evaluate(
  { maps, sizes, mode, scoring, grid, baseline, threads }: ThresholdRequest,
  truths: readonly PairedTruth[],
  table: TallyTable,
  meter: ProgressMeter,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const stop = new AbortController()
  const stopped = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal
  const planes = maps.read({ signal: stopped })
  const positions = new Map(maps.entries.map((entry, position) => [entry, position]))
  const gridAxes = axesOf(grid.values)
  const baselineAxes = table.baselineIsExtra ? axesOf(singleValues(baseline)) : undefined

  const image = async (entry: MapEntry, map: ProbabilityMap) => {
    const position = positions.get(entry)!
    const truth = truths[position]!
    const size = sizes.get(entry.image)
    const run = (axes: PostprocessGrid, onProgress?: (done: number) => void) =>
      sweepImage(map, truth.packed, axes, { ...mode, ...scoring, size, signal: stopped, onProgress })
    try {
      const tallies = await run(gridAxes, (done) => meter.image(position, done))
      table.add(position, tallies, baselineAxes && (await run(baselineAxes)))
    } catch (error) {
      throw refusal(error, entry.image, truth.objects, [])
    }
    meter.imageDone(position)
  }
  const worker = async () => {
    for (;;) {
      const next = await planes.next()
      if (next.done) return
      await image(next.value.entry, next.value.map)
    }
  }
  const workers = Array.from({ length: Math.max(1, Math.min(threads, maps.entries.length)) }, worker)
  try {
    await Promise.all(workers)
    return false
  } catch (error) {
    stop.abort(error)
    await Promise.allSettled(workers)
    if (signal?.aborted) return true
    throw error
  } finally {
    await planes.return(undefined)
  }
}

function axesOf(values: Readonly<Record<keyof Setting, readonly number[]>>): PostprocessGrid {
  return {
    thresh: values.thresh,
    boxThresh: values.box_thresh,
    unclipRatio: values.unclip_ratio,
    maxCandidates: values.max_candidates,
    minSize: values.min_size,
  }
}

function singleValues(setting: Setting): Record<keyof Setting, readonly number[]> {
  return Object.fromEntries(PARAMETERS.map((name) => [name, [setting[name]]])) as Record<
    keyof Setting,
    number[]
  >
}
