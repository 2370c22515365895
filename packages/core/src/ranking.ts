import { type BootstrapOptions, pairedBootstrap } from './bootstrap.js'
import type { Grid } from './grid.js'
import { gridAxes, placeOn } from './neighbours.js'
import type { Setting } from './parameter.js'
import { type ImageStatistics, type Scores, scoresOf } from './statistics.js'

/** What the data carry of a difference from the baseline, at the error rate over the whole grid. */
export type Verdict = 'better' | 'worse' | 'same'

export interface RankedSetting extends Scores {
  /** From 1. */
  rank: number
  /** The index in the grid. */
  index: number
  setting: Setting
  /** H-Mean minus the baseline's. */
  delta: number
  /** Percentile interval of delta over images, for this setting alone. */
  interval: [low: number, high: number]
  verdict: Verdict
}

export interface Ranking {
  baseline: Scores & { setting: Setting }
  /** Every setting of the grid, best H-Mean first; ties by the parameters in the order given, ascending. */
  ranked: RankedSetting[]
  /** How many settings have each verdict. */
  better: number
  same: number
  worse: number
  resamples: number
  seed: number
}

/**
 * Ranks every setting of a grid against a baseline, which need not lie on the grid.
 *
 * @param stats the settings in grid order
 * @param baseline the setting and its statistics on the same images, one setting
 * @throws as pairedBootstrap; RangeError where `stats` is not of this grid.
 */
export async function rankSettings(
  grid: Grid,
  stats: ImageStatistics,
  baseline: { setting: Setting; stats: ImageStatistics },
  options: BootstrapOptions = {},
): Promise<Ranking> {
  if (stats.settings !== grid.size) {
    throw new RangeError(`statistics of ${stats.settings} settings for a grid of ${grid.size}`)
  }
  const bootstrap = await pairedBootstrap(stats, baseline.stats, options)
  const scores = Array.from({ length: grid.size }, (_, index) => scoresOf(stats, index))
  const counts: Record<Verdict, number> = { better: 0, same: 0, worse: 0 }
  const ranked = bestFirst(grid, scores).map((index, place): RankedSetting => {
    const verdict = verdictOf(bootstrap.statistic[index]!, bootstrap.criticalValue)
    counts[verdict]++
    return {
      rank: place + 1,
      index,
      setting: grid.setting(index),
      ...scores[index]!,
      delta: bootstrap.delta[index]!,
      interval: [bootstrap.low[index]!, bootstrap.high[index]!],
      verdict,
    }
  })
  return {
    baseline: { setting: baseline.setting, ...scoresOf(baseline.stats, 0) },
    ranked,
    ...counts,
    resamples: bootstrap.resamples,
    seed: bootstrap.seed,
  }
}

function verdictOf(statistic: number, criticalValue: number): Verdict {
  if (statistic > criticalValue) return 'better'
  return statistic < -criticalValue ? 'worse' : 'same'
}

function bestFirst(grid: Grid, scores: readonly Scores[]): number[] {
  const axes = gridAxes(grid)
  return Array.from(scores.keys()).sort((a, b) => {
    if (scores[a]!.hmean !== scores[b]!.hmean) return scores[b]!.hmean - scores[a]!.hmean
    for (const axis of axes) {
      const difference = placeOn(axis, a) - placeOn(axis, b)
      if (difference !== 0) return difference
    }
    return 0
  })
}
