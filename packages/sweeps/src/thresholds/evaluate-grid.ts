import { type Grid, PARAMETERS, type Setting } from '@thresher/core'
import { type GridTallies, type PostprocessGrid, type ProbabilityMap, sweepImage } from '@thresher/native'
import type { MapEntry } from '../maps/types.js'
import { refusal } from '../score/protocol-input.js'
import { compactTallies } from './compact-tallies.js'
import { joinTallies } from './grid-tallies.js'
import type { PairedTruth } from './pair-images.js'
import type { ProgressMeter } from './progress-meter.js'
import type { TallyFile } from './tally-file.js'
import type { TallyTable } from './tally-table.js'
import type { ThresholdRequest } from './types.js'

/** One pass over the maps, for one grid. */
export interface GridPass {
  readonly request: ThresholdRequest
  readonly grid: Grid
  /** From 0; passes of a refined grid have their own place in the file of tallies. */
  readonly round: number
  readonly truths: readonly PairedTruth[]
  readonly table: TallyTable
  readonly meter: ProgressMeter
  readonly kept: TallyFile | undefined
}

/**
 * Fills the table, `threads` images at a time, each map in memory only while it is looked at. Images whose tallies are
 * kept already are not read again. True if the signal ended it early; other failures are thrown.
 */
export async function evaluateGrid(pass: GridPass, signal: AbortSignal | undefined): Promise<boolean> {
  const { request, grid, round, truths, table, meter, kept } = pass
  const { maps, sizes, mode, scoring, backend, baseline, threads } = request
  const stop = new AbortController()
  const stopped = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal
  const left = new Map<string, number>()
  for (const [position, { image }] of maps.entries.entries()) {
    const tallies = kept?.tallies(round, position)
    if (tallies) table.add(position, tallies)
    else left.set(image, position)
  }
  const gridAxes = axesOf(grid.values)
  const baselineAxes = table.baselineIsExtra ? axesOf(singleValues(baseline)) : undefined
  const planes = maps.read({ signal: stopped, only: new Set(left.keys()) })

  const image = async (entry: MapEntry, map: ProbabilityMap) => {
    const position = left.get(entry.image)!
    const truth = truths[position]!
    const size = sizes.get(entry.image)
    const run = (axes: PostprocessGrid, onProgress?: (done: number) => void) =>
      sweepImage(map, truth.packed, axes, { ...mode, ...scoring, backend, size, signal: stopped, onProgress })
    let tallies: GridTallies
    try {
      tallies = await run(gridAxes, (done) => meter.image(position, done))
      if (baselineAxes) tallies = joinTallies(tallies, await run(baselineAxes))
    } catch (error) {
      throw refusal(error, entry.image, truth.objects, [])
    }
    const compact = compactTallies(tallies)
    await kept?.add(round, position, compact)
    table.add(position, compact)
    meter.imageDone(position)
  }
  const worker = async () => {
    for (;;) {
      const next = await planes.next()
      if (next.done) return
      await image(next.value.entry, next.value.map)
    }
  }
  const workers = Array.from({ length: Math.max(1, Math.min(threads, left.size)) }, worker)
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
