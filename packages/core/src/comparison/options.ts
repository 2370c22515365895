import { optionsOf } from '../options.js'
import type { CompareOptions } from './paired-comparison.js'

/** Options with what stands for those not given. */
export type Checked = Required<Omit<CompareOptions, 'equivalence' | 'planned'>> &
  Pick<CompareOptions, 'equivalence' | 'planned'>

/** @throws InputError naming the option. */
export function checkOptions(options: CompareOptions): Checked {
  const checks = optionsOf('comparePaired')
  checks.allowed(options, ['direction', 'level', 'equivalence', 'power', 'planned', 'toCome', 'seed'])
  const { direction, level = 0.95, equivalence, power = 0.8, planned, toCome = 0, seed = 0 } = options
  checks.oneOf('direction', direction, ['minimize', 'maximize'])
  checks.between('level', level, 0, 1)
  checks.between('power', power, 0, 1)
  if (equivalence !== undefined) checks.between('equivalence', equivalence, 0, Number.POSITIVE_INFINITY)
  if (planned !== undefined) checks.whole('planned', planned, 2)
  checks.whole('toCome', toCome, 0)
  return {
    direction,
    level,
    power,
    toCome,
    seed,
    ...(equivalence !== undefined && { equivalence }),
    ...(planned !== undefined && { planned }),
  }
}
