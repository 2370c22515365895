import {
  createGrid,
  DEFAULT_SETTING,
  type Grid,
  type ImageStatistics,
  parseParam,
  type RankedSetting,
  type Ranking,
  type Setting,
} from '@thresher/core'
import type { Standings, SweepOptions, ThresholdRequest, ThresholdResult } from '@thresher/sweeps'

/** A made-up sweep with scores that depend on the setting only: for tests of what is shown, not of what is right. */
export interface FakeSweepOptions {
  /** After each image. */
  readonly onImage?: (imagesDone: number) => void
  readonly images?: number
  /** Milliseconds an image takes. */
  readonly pace?: number
  /** Shifts every difference; strongly negative means that nothing beats the baseline. */
  readonly bias?: number
  readonly failure?: Error
  /** From this many images on the standings cannot be shown. */
  readonly badRecordAt?: number
}

export const GRID: Grid = createGrid(
  ['thresh=0.2:0.4:0.02', 'box_thresh=0.3:0.7:0.02', 'unclip_ratio=1.4:2.2:0.1'].map(parseParam),
  DEFAULT_SETTING,
)

const BASELINE_HMEAN = 0.9653

function difference(setting: Setting, bias: number): number {
  const { thresh, box_thresh, unclip_ratio } = setting
  return (
    0.002 -
    0.4 * (thresh - 0.24) ** 2 -
    0.2 * (box_thresh - 0.4) ** 2 -
    0.05 * (unclip_ratio - 1.9) ** 2 +
    bias
  )
}

function scores(hmean: number) {
  return { precision: hmean + 0.003, recall: hmean - 0.003, hmean }
}

/** A finished ranking of the grid. */
export function fakeRanking(grid: Grid = GRID, bias = 0, seed = 0): Ranking {
  const baseline = { ...scores(BASELINE_HMEAN), setting: DEFAULT_SETTING }
  const rows = Array.from({ length: grid.size }, (_, index) => {
    const setting = grid.setting(index)
    return { index, setting, delta: difference(setting, bias) }
  }).sort((a, b) => b.delta - a.delta || a.index - b.index)
  const ranked = rows.map(({ index, setting, delta }, i): RankedSetting => {
    const verdict = delta > 0.001 ? 'better' : delta < -0.002 ? 'worse' : 'same'
    const interval: [number, number] = [delta - 0.0012, delta + 0.0012]
    return { rank: i + 1, index, setting, delta, interval, verdict, ...scores(BASELINE_HMEAN + delta) }
  })
  const count = (verdict: string) => ranked.filter((row) => row.verdict === verdict).length
  return {
    baseline,
    ranked,
    better: count('better'),
    same: count('same'),
    worse: count('worse'),
    resamples: 2000,
    seed,
  } as Ranking
}

export function fakeResult(
  options: FakeSweepOptions & { interrupted?: boolean; done?: number; grid?: Grid } = {},
) {
  const { images = 12, bias = 0, interrupted = false, done = images, grid = GRID } = options
  return {
    protocol: 'icdar2015',
    images: done,
    configurations: grid.size,
    elapsedSeconds: 1.1,
    backend: 'cpu',
    grid,
    ranking: fakeRanking(grid, bias),
    statistics: noStatistics(grid.size, done),
    baselineStatistics: noStatistics(1, done),
    flatZones: [],
    imageNames: Array.from({ length: done }, (_, i) => `img_${i + 1}`),
    interrupted,
  } satisfies ThresholdResult as ThresholdResult
}

/** Settings that all score alike. */
function noStatistics(settings: number, images: number): ImageStatistics {
  const zeros = new Float64Array(settings * images)
  const columns = { recallHits: zeros, recallTotal: zeros, precisionHits: zeros, precisionTotal: zeros }
  return { settings, images, aggregation: 'micro', ...columns }
}

/** The leaders after `done` images: their order still moves from image to image. */
export function fakeStandings(done: number, bias = 0): Standings {
  const { ranked } = fakeRanking(GRID, bias)
  const top = ranked
    .slice(0, 40)
    .map(({ index, setting, delta }) => ({
      index,
      setting,
      delta: delta + 0.0004 * Math.sin(index * 7 + done),
    }))
    .sort((a, b) => b.delta - a.delta)
    .map((row) => ({ ...row, scores: scores(BASELINE_HMEAN + row.delta) }))
  return { baseline: scores(BASELINE_HMEAN), top }
}

/** Stands in for sweepThresholds: reports each image, heeds its signal as the real one does. */
export function fakeSweep(options: FakeSweepOptions = {}) {
  const { images = 12, pace = 5, bias = 0, failure, badRecordAt, onImage } = options
  return async (
    request: ThresholdRequest,
    { signal, onProgress }: SweepOptions = {},
  ): Promise<ThresholdResult> => {
    let done = 0
    for (; done < images && !signal?.aborted; done++) {
      await new Promise((resolve) => setTimeout(resolve, pace))
      if (signal?.aborted) break
      if (failure) throw failure
      const imagesDone = done + 1
      const left = ((images - imagesDone) * pace) / 1000
      onProgress?.({
        phase: 'evaluate',
        round: 0,
        settings: request.grid.size,
        imagesDone,
        images,
        fraction: imagesDone / images,
        elapsedSeconds: (imagesDone * pace) / 1000,
        secondsLeft: left,
        standings:
          imagesDone >= (badRecordAt ?? Number.POSITIVE_INFINITY)
            ? badStandings()
            : fakeStandings(imagesDone, bias),
      })
      onImage?.(imagesDone)
    }
    if (done === 0) throw signal?.reason
    onProgress?.({
      phase: 'bootstrap',
      round: 0,
      settings: 1,
      imagesDone: done,
      images,
      fraction: 0.5,
      elapsedSeconds: 1,
    })
    return fakeResult({ images, bias, done, interrupted: done < images, grid: request.grid })
  }
}

function badStandings(): Standings {
  const standings = fakeStandings(1)
  const top = standings.top.map((row) => ({
    ...row,
    get delta(): number {
      throw new Error('bad record')
    },
  }))
  return { ...standings, top }
}
