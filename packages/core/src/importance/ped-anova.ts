import type { Distribution } from '../space/distribution.js'
import { isSingle } from '../space/param-value.js'
import { sameDistribution } from '../space/same-distribution.js'
import type { StudySnapshot } from '../study/study-snapshot.js'
import type { TrialRecord } from '../trial/trial-record.js'
import { countOnGrid, gridDensity } from './grid-density.js'
import { finiteTrials, type Target } from './target.js'
import { topTrials } from './top-trials.js'

export interface PedAnovaOptions {
  /** The share of trials that counts as good, 0.1. */
  readonly targetQuantile: number
  /** The share of trials that the good ones are compared with, 1. */
  readonly regionQuantile: number
  /** Compare with where the study searched; false: with the whole space, evenly. True. */
  readonly local: boolean
}

/** Trials that have a parameter with one and the same distribution. */
interface Regime {
  readonly distribution: Distribution
  readonly trials: TrialRecord[]
}

const LEAST_TRIALS = 2

/**
 * How much knowing a parameter tells of whether a trial is good: the Pearson divergence of its density among the good
 * trials from that among all. S. Watanabe, A. Bansal, F. Hutter, "PED-ANOVA: efficiently quantifying hyperparameter
 * importance in arbitrary subspaces", IJCAI 2023. A parameter that only some trials have, or with changing
 * distributions, is measured in each regime apart and weighed by how the good trials fell into it (K. Kaito et al.,
 * "Conditional PED-ANOVA", 2026; figures as Optuna 5.0).
 * @returns not normalised, in the order of `names`
 */
export function pedAnova(
  study: StudySnapshot,
  names: readonly string[],
  target: Target | undefined,
  { targetQuantile, regionQuantile, local }: PedAnovaOptions,
): number[] {
  const trials = finiteTrials(study, target)
  if (trials.length < LEAST_TRIALS) return names.map(() => 0)
  const top = new Set(topTrials(trials, study, targetQuantile, target))
  const region = topTrials(trials, study, regionQuantile, target)
  const scale = (top.size / region.length) ** 2

  return names.map((name) => {
    let sum = 0
    for (const { distribution, trials: all } of regimesOf(region, name)) {
      const good = all.filter((trial) => top.has(trial))
      if (good.length === 0 || all.length < LEAST_TRIALS || isSingle(distribution)) continue
      const densityOf = (of: readonly TrialRecord[]) =>
        gridDensity(
          countOnGrid(
            distribution,
            of.map((trial) => trial.params.get(name)!),
          ),
          distribution.kind === 'categorical',
        )
      const better = densityOf(good)
      const usual = local ? densityOf(all) : better.map(() => 1 / better.length)
      const divergence = usual.reduce((total, p, g) => total + p * (better[g]! / p - 1) ** 2, 0)
      sum += ((good.length / top.size) ** 2 / (all.length / region.length)) * divergence
    }
    return sum * scale
  })
}

function regimesOf(trials: readonly TrialRecord[], name: string): Regime[] {
  const regimes: Regime[] = []
  for (const trial of trials) {
    const distribution = trial.distributions.get(name)
    if (distribution === undefined) continue
    const regime = regimes.find((known) => sameDistribution(known.distribution, distribution))
    if (regime === undefined) regimes.push({ distribution, trials: [trial] })
    else regime.trials.push(trial)
  }
  return regimes
}
