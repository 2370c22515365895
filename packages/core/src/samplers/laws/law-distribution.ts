import { InputError } from '../../errors.js'
import { floatDistribution, intDistribution } from '../../space/build-distribution.js'
import type { FloatDistribution, IntDistribution } from '../../space/distribution.js'
import { checkLaw, lawQuantile, type NumericLaw, roundTo } from './law.js'

/** A draw's place is a whole multiple of it, and neither 0 nor 1. */
export const LEAST_SHARE = 2 ** -53

/**
 * The range that a study holds for a parameter of this law: from the quantile of `tail` to that of 1 - `tail`, or all
 * of it where it is bounded and no tail is to be cut; in steps of q where there is one, as whole numbers where q is
 * whole. Searched on a logarithmic scale where the law's logarithm is its scale, unless steps forbid that.
 * @param tail the share that is left out at each end; every draw of the law lies within that of {@link LEAST_SHARE}
 * @throws InputError for a law that is none, or whose range no double can hold
 */
export function lawDistribution(law: NumericLaw, tail = LEAST_SHARE): FloatDistribution | IntDistribution {
  checkLaw('law', law)
  const [low, high] = boundsOf(law, tail)
  if (!Number.isFinite(low) || !Number.isFinite(high)) {
    throw new InputError(`law: ${law.law} reaches from ${low} to ${high}, which no number holds; narrow it.`)
  }
  const log = law.law === 'log-uniform' || law.law === 'log-normal'
  const { q } = law
  if (q === undefined) return floatDistribution(low, high, { log: log && low > 0 })
  const first = roundTo(q, low)
  const last = roundTo(q, high)
  if (Number.isSafeInteger(q) && Number.isSafeInteger(first) && Number.isSafeInteger(last)) {
    return intDistribution(first, last, log && q === 1 && first >= 1 ? { log } : { step: q })
  }
  return floatDistribution(first, last, { step: q })
}

function boundsOf(law: NumericLaw, tail: number): readonly [low: number, high: number] {
  if (law.law === 'uniform' || law.law === 'log-uniform') return [law.min, law.max]
  if (law.law === 'beta' && tail <= LEAST_SHARE) return [0, 1]
  return [lawQuantile(law, tail), lawQuantile(law, 1 - tail)]
}
