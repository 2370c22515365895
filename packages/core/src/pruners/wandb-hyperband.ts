import { InputError } from '../errors.js'
import { optionsOf } from '../options.js'
import type { TrialRecord } from '../trial/trial-record.js'
import type { Pruner } from './pruner.js'
import { bestOf, inShort, isBetter, onlyDirection } from './reports.js'
import { placeOf } from './rungs.js'

export interface WandbHyperbandOptions {
  /** The first band, at least 1; the bands are minIter * eta^k. Either this or maxIter with s. */
  readonly minIter?: number | null
  /** The bands are maxIter / eta^k, k from 1 to s, as long as they are at least 1. */
  readonly maxIter?: number | null
  /** How many bands there are below maxIter, at least 1. */
  readonly s?: number | null
  /** At a band the best 1 / eta of the runs go on, above 1; 3 where not given. */
  readonly eta?: number
  /** Whether a run's value at the band counts, and not its best so far. True where not given. */
  readonly strict?: boolean
}

/** W&B makes as many from minIter. */
const BANDS = 100

/**
 * The early termination that W&B calls hyperband, by its rule (github.com/wandb/sweeps, hyperband_stopping.py): at a
 * band, all runs of the study that have got that far, running ones and the run itself included, are sorted by their
 * value there, and the threshold is the one at place floor(n / eta); a run is stopped whose value is worse. What counts
 * is the number of reports, whatever step they name; those that are no finite number count for nothing. Unlike
 * {@link hyperband} there are no brackets, and a run that passed a band is still held against its threshold, which
 * moves as other runs get there, until it comes to the next.
 * @throws InputError for options out of range, and where neither minIter nor maxIter and s are given
 */
export function wandbHyperband(options: WandbHyperbandOptions): Pruner {
  const { minIter = null, maxIter = null, s = null, eta = 3, strict = true } = options ?? {}
  const checks = optionsOf('wandbHyperband')
  checks.allowed(options ?? {}, ['minIter', 'maxIter', 's', 'eta', 'strict'])
  checks.between('eta', eta, 1, Number.POSITIVE_INFINITY)
  checks.flag('strict', strict)
  if (minIter !== null) checks.whole('minIter', minIter, 1)
  if (maxIter !== null) checks.whole('maxIter', maxIter, 1)
  if (s !== null) checks.whole('s', s, 1)
  const bands = bandsOf(minIter, maxIter, s, eta)
  const share = 1 / eta
  return {
    name: 'wandb-hyperband',
    options: { minIter, maxIter, s, eta, strict },
    decide(study, trial) {
      const direction = onlyDirection(study, 'wandbHyperband')
      const own = historyOf(trial)
      const band = bands.findLast((place) => place <= own.length)
      if (band === undefined) return { prune: false }
      const values: number[] = []
      for (const other of study.trials) {
        const value = other.number === trial.number ? own[band - 1] : historyOf(other)[band - 1]
        if (value !== undefined) values.push(value)
      }
      values.sort((a, b) => (isBetter(a, b, direction) ? -1 : a === b ? 0 : 1))
      const threshold = values[Math.trunc(share * values.length)]!
      const value = strict ? own[band - 1]! : bestOf(own, direction)
      const prune = isBetter(threshold, value, direction)
      const relation = prune ? (direction === 'minimize' ? 'above' : 'under') : 'within'
      const place = placeOf(value, values, direction === 'minimize')
      return {
        prune,
        reason: `band ${band}: ${inShort(value)} ${relation} ${inShort(threshold)} (${place})`,
      }
    },
  }
}

function bandsOf(minIter: number | null, maxIter: number | null, s: number | null, eta: number): number[] {
  const bands: number[] = []
  if (maxIter !== null && s !== null) {
    for (let k = 0, band = maxIter / eta; k < s && band >= 1; k++, band /= eta)
      bands.unshift(Math.trunc(band))
    if (bands.length > 0) return bands
    throw new InputError(
      `wandbHyperband: maxIter ${maxIter} and eta ${eta} leave no band; give a larger maxIter, or a smaller eta.`,
    )
  }
  if (minIter === null) throw new InputError('wandbHyperband: no bands; give minIter, or maxIter and s.')
  for (let k = 0, band = minIter; k < BANDS; k++, band *= eta) bands.push(Math.trunc(band))
  return bands
}

/** The finite values in the order of their steps. */
function historyOf({ intermediate }: TrialRecord): number[] {
  return [...intermediate]
    .sort(([a], [b]) => a - b)
    .flatMap(([, value]) => (Number.isFinite(value) ? [value] : []))
}
