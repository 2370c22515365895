import { evolutionary } from '../../src/samplers/evolutionary/evolutionary.js'
import { gp } from '../../src/samplers/gp/gp.js'
import { nsga2 } from '../../src/samplers/nsga2/nsga2.js'
import { quasiRandom } from '../../src/samplers/quasi-random.js'
import { random } from '../../src/samplers/random.js'
import { tpe } from '../../src/samplers/tpe/tpe.js'
import type { Method } from './compare.js'

const GP_FUNCTIONS = ['sphere2', 'rosen5', 'branin', 'hart6', 'lrsweep']

/** Every sampler beside Optuna's same one, where that was recorded. */
export function methods(seeds: number, gpSeeds: number): Method[] {
  const budgets = [25, 50, 100]
  return [
    { name: 'random', reference: 'random', seeds, budgets, make: random },
    { name: 'quasi-random', reference: undefined, seeds, budgets, make: quasiRandom },
    { name: 'tpe', reference: 'tpe', seeds, budgets, make: tpe },
    // Where there are categories, and with more seeds: Optuna's own default stalls there.
    {
      name: 'tpe, 4 x seeds',
      reference: 'tpe',
      seeds: 4 * seeds,
      budgets,
      functions: ['lrsweep'],
      make: tpe,
    },
    {
      name: 'tpe, no floor',
      reference: 'tpe',
      seeds,
      budgets,
      functions: ['lrsweep'],
      make: () => tpe({ categoryFloor: 0 }),
    },
    {
      name: 'tpe-univariate',
      reference: 'tpe_univariate',
      seeds,
      budgets,
      make: () => tpe({ multivariate: false, constantLiar: false }),
    },
    { name: 'nsga2', reference: 'nsgaii_pop20', seeds, budgets, make: () => nsga2({ population: 20 }) },
    { name: 'evolutionary', reference: undefined, seeds, budgets, make: evolutionary },
    { name: 'gp', reference: 'gp', seeds: gpSeeds, budgets: [25, 40], functions: GP_FUNCTIONS, make: gp },
  ]
}
