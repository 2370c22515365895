import {
  type GroundTruth,
  type PostprocessGrid,
  type PostprocessMode,
  type ProbabilityMap,
  postprocess,
  type Scoring,
  type Size,
  scoreImage,
  sweepImage,
} from '@thresher/native'
import { pairImages } from '../thresholds/pair-images.js'
import type { ThresholdRequest } from '../thresholds/types.js'
import { measure, type Timing } from './measure.js'

export interface BenchRequest
  extends Pick<
    ThresholdRequest,
    'maps' | 'groundTruth' | 'sizes' | 'mode' | 'scoring' | 'backend' | 'threads'
  > {
  /** Timed runs of each row. */
  readonly runs: number
  /** The first maps of the set are taken, and held in memory. */
  readonly images: number
}

/** What was timed: one pass over all maps. */
export interface BenchRow {
  readonly name: string
  readonly settings: number
  readonly threads: number
  /** Milliseconds a map. */
  readonly perMap: Timing
}

export interface BenchResult {
  readonly images: number
  readonly rows: readonly BenchRow[]
}

interface LoadedImage {
  readonly map: ProbabilityMap
  readonly truth: GroundTruth
  readonly size: Size | undefined
}

const ONE: PostprocessGrid = {
  thresh: [0.3],
  boxThresh: [0.6],
  unclipRatio: [1.5],
  maxCandidates: [1000],
  minSize: [3],
}
const steps = (from: number, to: number, count: number) =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1))
/** 20 x 20 x 5: 2,000 settings around the usual ones. */
const GRID: PostprocessGrid = {
  ...ONE,
  thresh: steps(0.2, 0.39, 20),
  boxThresh: steps(0.4, 0.78, 20),
  unclipRatio: steps(1.4, 2.2, 5),
}

/**
 * Times the parts of a threshold sweep on this machine: a setting a map, a grid of 2,000 with scoring, how that grows
 * with each axis and shrinks with threads, and scoring alone.
 */
export async function benchThresholds(
  request: BenchRequest,
  options: { signal?: AbortSignal | undefined; onRow?: (row: BenchRow) => void } = {},
): Promise<BenchResult> {
  const { mode, scoring, backend, threads, runs } = request
  const images = await load(request, options.signal)
  const rows: BenchRow[] = []
  const time = async (
    name: string,
    settings: number,
    work: (image: LoadedImage) => Promise<unknown>,
    workers = 1,
  ) => {
    const timing = await measure(runs, () => overAll(images, workers, work), options.signal)
    const perMap = { ...timing, median: 0, low: 0, high: 0 }
    for (const figure of ['median', 'low', 'high'] as const) perMap[figure] = timing[figure] / images.length
    const row = { name, settings, threads: workers, perMap }
    rows.push(row)
    options.onRow?.(row)
  }
  const sweep = (grid: PostprocessGrid, how: Scoring = scoring) => sweeper(grid, { ...mode, ...how, backend })

  await time('one setting, boxes only', 1, ({ map, size }) => postprocess(map, { ...mode, backend, size }))
  await time('one setting, scored', 1, sweep(ONE))
  await time('grid', sizeOf(GRID), sweep(GRID))
  const wider: readonly [string, PostprocessGrid][] = [
    ['twice the box_thresh values', { ...GRID, boxThresh: steps(0.4, 0.78, 40) }],
    ['twice the thresh values', { ...GRID, thresh: steps(0.2, 0.39, 40) }],
    ['twice the unclip_ratio values', { ...GRID, unclipRatio: steps(1.4, 2.2, 10) }],
    ['five max_candidates', { ...GRID, maxCandidates: [200, 400, 600, 800, 1000] }],
  ]
  for (const [name, grid] of wider) await time(name, sizeOf(grid), sweep(grid))
  if (threads > 1) await time('grid', sizeOf(GRID), sweep(GRID), threads)
  for (const protocol of ['icdar2015', 'cleval-receipt'] as const) {
    if (protocol !== scoring.protocol)
      await time(`grid, ${protocol}`, sizeOf(GRID), sweep(GRID, { protocol }))
  }
  const boxes = new Map<LoadedImage, Awaited<ReturnType<typeof postprocess>>>()
  for (const image of images) boxes.set(image, await postprocess(image.map, { ...mode, size: image.size }))
  await time(`scoring, ${scoring.protocol}`, 1, (image) =>
    scoreImage(scoring, image.truth, boxes.get(image)!),
  )
  return { images: images.length, rows }
}

async function load(
  { maps, groundTruth, sizes, scoring, images }: BenchRequest,
  signal: AbortSignal | undefined,
): Promise<LoadedImage[]> {
  const entries = maps.entries.slice(0, images)
  const truths = pairImages(entries, groundTruth, scoring)
  const loaded: LoadedImage[] = []
  for await (const { entry, map } of maps.read({
    signal,
    only: new Set(entries.map(({ image }) => image)),
  })) {
    loaded.push({ map, truth: truths[loaded.length]!.packed, size: sizes.get(entry.image) })
  }
  return loaded
}

function sweeper(
  grid: PostprocessGrid,
  how: PostprocessMode & Scoring & { backend: BenchRequest['backend'] },
) {
  return ({ map, truth, size }: LoadedImage) => sweepImage(map, truth, grid, { ...how, size })
}

async function overAll(
  images: readonly LoadedImage[],
  workers: number,
  work: (image: LoadedImage) => Promise<unknown>,
): Promise<void> {
  let next = 0
  const worker = async () => {
    while (next < images.length) await work(images[next++]!)
  }
  await Promise.all(Array.from({ length: workers }, worker))
}

function sizeOf(grid: PostprocessGrid): number {
  return Object.values(grid).reduce((product, values) => product * values.length, 1)
}
