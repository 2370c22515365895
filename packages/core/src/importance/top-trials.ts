import { lossesOf } from '../multi-objective/losses.js'
import { nonDominationRanks } from '../multi-objective/rank.js'
import { selectByHypervolume } from '../multi-objective/subset-selection.js'
import type { StudySnapshot } from '../study/study-snapshot.js'
import type { TrialRecord } from '../trial/trial-record.js'
import type { Target } from './target.js'

/**
 * The best `quantile` of the trials: those whose value is at most the ceil(quantile n)-th smallest, ties included.
 * With several objectives and no target of one's own, by front, and of the front that does not fit those that
 * dominate the most volume together, as TPE splits (Optuna 5.0, importance/_ped_anova).
 */
export function topTrials(
  trials: readonly TrialRecord[],
  study: StudySnapshot,
  quantile: number,
  target: Target | undefined,
): readonly TrialRecord[] {
  if (quantile === 1) return trials
  const count = Math.ceil(quantile * trials.length)
  if (target === undefined && study.directions.length > 1) return topFronts(trials, study, count)
  const losses = Float64Array.from(trials, (trial) =>
    target === undefined ? lossesOf(trial, study.directions)[0]! : target(trial),
  )
  const cutoff = losses.toSorted()[count - 1]!
  return trials.filter((_, i) => losses[i]! <= cutoff)
}

function topFronts(trials: readonly TrialRecord[], study: StudySnapshot, count: number): TrialRecord[] {
  const losses = trials.map((trial) => lossesOf(trial, study.directions))
  const ranks = nonDominationRanks(losses, { enough: count })
  const byRank = trials.map((_, i) => i).sort((i, j) => ranks[i]! - ranks[j]! || i - j)
  const last = ranks[byRank[count - 1]!]!
  const whole = byRank.filter((i) => ranks[i]! < last)
  const cut = byRank.filter((i) => ranks[i] === last)
  const reference = losses[0]!.map((_, j) => {
    const worst = Math.max(...cut.map((i) => losses[i]![j]!))
    return Math.max(1.1 * worst, 0.9 * worst) || 1e-12
  })
  const chosen = selectByHypervolume(
    cut.map((i) => losses[i]!),
    count - whole.length,
    reference,
  )
  return [...whole, ...chosen.map((place) => cut[place]!)].map((i) => trials[i]!)
}
