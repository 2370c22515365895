import { optionsOf } from '../options.js'
import { bestTrial } from './best-trial.js'
import type { Pruner } from './pruner.js'
import { isBetter, onlyDirection } from './reports.js'
import { signedRankTest } from './signed-rank.js'

export interface WilcoxonPrunerOptions {
  /** In [0, 1]: a trial is stopped below it; 0.1 where not given. */
  readonly pThreshold?: number
  /** Instances that both trials must have reported, at least 2; 2 where not given. */
  readonly nStartupSteps?: number
}

/**
 * Stops a trial that does worse than the best one on the same instances: here a report's step is the number of an
 * instance, an image, a fold or a seed, and not a time. One-sided signed-rank test of the differences, as Optuna
 * decides (pruners/_wilcoxon.py); p is not corrected for looking after every report. A trial whose mean is as good as
 * the best trial's goes on, whatever p is.
 */
export function wilcoxonPruner(options: WilcoxonPrunerOptions = {}): Pruner {
  const { pThreshold = 0.1, nStartupSteps = 2 } = options
  const checks = optionsOf('wilcoxonPruner')
  checks.allowed(options, ['pThreshold', 'nStartupSteps'])
  checks.within('pThreshold', pThreshold, 0, 1)
  checks.whole('nStartupSteps', nStartupSteps, 0)
  return {
    name: 'wilcoxon',
    options: { pThreshold, nStartupSteps },
    decide(study, trial) {
      const direction = onlyDirection(study, 'wilcoxonPruner')
      if (trial.intermediate.size === 0) return { prune: false }
      const best = bestTrial(study, direction)
      if (best === undefined) return { prune: false, reason: 'no trial to hold against has completed yet' }
      const own = [...trial.intermediate.values()]
      const others = [...best.intermediate.values()]
      if (!own.every(Number.isFinite)) {
        return { prune: false, reason: 'a report is not finite: no test' }
      }
      if (!others.every(Number.isFinite)) {
        return { prune: false, reason: `a report of the best trial ${best.number} is not finite: no test` }
      }
      const differences: number[] = []
      for (const [step, value] of trial.intermediate) {
        const other = best.intermediate.get(step)
        if (other !== undefined) differences.push(value - other)
      }
      const least = Math.max(nStartupSteps, 2)
      if (differences.length < least) {
        return {
          prune: false,
          reason: `${differences.length} of ${least} instances shared with trial ${best.number}`,
        }
      }
      const { greater, less } = signedRankTest(differences)
      const p = direction === 'minimize' ? greater : less
      const against = `against the best trial ${best.number} on ${differences.length} instances`
      const inWords = `p ${p.toPrecision(2)} ${against}`
      if (p < pThreshold && !isBetter(mean(others), mean(own), direction)) {
        return { prune: false, reason: `${inWords}, yet its mean is as good` }
      }
      return { prune: p < pThreshold, reason: `${inWords}, stopped below ${pThreshold}` }
    },
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
