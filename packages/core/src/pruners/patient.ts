import { optionsOf } from '../options.js'
import type { Pruner } from './pruner.js'
import { bestOf, inShort, onlyDirection } from './reports.js'

export interface PatientPrunerOptions {
  /** The pruner that is asked once patience ran out; without one the trial is stopped then. */
  readonly wrapped?: Pruner | null
  /** Reports without an improvement that are let pass, at least 0. */
  readonly patience: number
  /** The improvement that counts, at least 0; 0 where not given. */
  readonly minDelta?: number
}

/**
 * Lets a trial go on while it improves: only where the best of the last patience + 1 reports is worse than the best
 * before them, by more than `minDelta`, is the wrapped pruner asked (Optuna's pruners/_patient.py).
 */
export function patientPruner(options: PatientPrunerOptions): Pruner {
  const checks = optionsOf('patientPruner')
  const { wrapped = null, patience, minDelta = 0 } = options ?? {}
  checks.allowed(options ?? {}, ['wrapped', 'patience', 'minDelta'])
  checks.whole('patience', patience!, 0)
  checks.within('minDelta', minDelta, 0, Number.POSITIVE_INFINITY)
  const relevant = wrapped?.relevant?.bind(wrapped)
  const promote = wrapped?.promote?.bind(wrapped)
  return {
    name: 'patient',
    options: {
      wrapped: wrapped && { name: wrapped.name, options: wrapped.options },
      patience: patience!,
      minDelta,
    },
    ...(relevant && { relevant }),
    ...(promote && { promote }),
    decide(study, trial) {
      const direction = onlyDirection(study, 'patientPruner')
      const steps = [...trial.intermediate.keys()].sort((a, b) => a - b)
      const window = patience! + 1
      if (steps.length <= window) return { prune: false }
      const values = steps.map((step) => trial.intermediate.get(step)!)
      const before = bestOf(values.slice(0, -window), direction)
      const lately = bestOf(values.slice(-window), direction)
      const worse = direction === 'minimize' ? before + minDelta < lately : before - minDelta > lately
      if (!worse) return { prune: false, reason: `improved within ${window} reports` }
      if (wrapped) return wrapped.decide(study, trial)
      const reason = `best of the last ${window} reports ${inShort(lately)}, before them ${inShort(before)}`
      return { prune: true, reason }
    },
  }
}
