import {
  categoricalDistribution,
  type Distribution,
  floatDistribution,
  intDistribution,
  type ParamValue,
} from '@thresher/core'
import { wordsOf } from '../analysis/metric-names.js'

/** Endings of names that are searched on a logarithmic scale by custom. */
const LOG_NAMES = ['lr', 'learningrate', 'weightdecay', 'wd', 'etamin', 'minlr', 'eps', 'decay', 'l2', 'l1']
const LOG_RATIO = 10

/**
 * A distribution that holds the values seen: nobody knows what was searched. Whole numbers are an int, other numbers a
 * float, on a logarithmic scale where they are positive and either spread over a factor of 10 or called as what is
 * usually searched so (learning rate, weight decay); words are categories in the order in which they come.
 *
 * @param values at least one
 */
export function guessDistribution(name: string, values: readonly ParamValue[]): Distribution {
  const numbers = values.filter((value) => typeof value === 'number')
  if (numbers.length < values.length) return categoricalDistribution([...new Set(values)])
  // Not by spreading: there may be more runs than a call takes arguments.
  const low = numbers.reduce((a, b) => Math.min(a, b))
  const high = numbers.reduce((a, b) => Math.max(a, b))
  if (numbers.every(Number.isSafeInteger)) return intDistribution(low, high)
  const joined = wordsOf(name).join('')
  const custom = LOG_NAMES.some((ending) => joined.endsWith(ending))
  return floatDistribution(low, high, { log: low > 0 && (custom || high / low >= LOG_RATIO) })
}
