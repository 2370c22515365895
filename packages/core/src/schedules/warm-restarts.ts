import { optionsOf } from '../options.js'
import { cosineBetween } from './cosine-annealing.js'
import { recurrence, type Schedule } from './schedule.js'

export interface WarmRestartsOptions {
  /** The value at epoch 0 and at each restart. */
  readonly lr: number
  /** Epochs before the first restart, PyTorch's T_0: a whole number of at least 1. */
  readonly t0: number
  /** By how much each period is longer than the one before, T_mult: a whole number of at least 1; 1 where not given. */
  readonly tMult?: number
  /** What the cosine falls towards; the restart comes just before it; 0 where not given. */
  readonly etaMin?: number
}

/**
 * Cosine annealing with warm restarts: I. Loshchilov, F. Hutter, "SGDR: stochastic gradient descent with warm
 * restarts", ICLR 2017, as PyTorch's CosineAnnealingWarmRestarts. The period of an epoch is counted rather than taken
 * from a logarithm, which is off by one at some restarts.
 */
export function cosineWarmRestarts(options: WarmRestartsOptions): Schedule {
  const checks = optionsOf('cosineWarmRestarts')
  const { lr, t0, tMult = 1, etaMin = 0 } = options
  checks.allowed(options, ['lr', 't0', 'tMult', 'etaMin'])
  checks.within('lr', lr, 0, Number.POSITIVE_INFINITY)
  checks.whole('t0', t0, 1)
  checks.whole('tMult', tMult, 1)
  checks.within('etaMin', etaMin, 0, Number.POSITIVE_INFINITY)
  return {
    name: 'cosine-warm-restarts',
    options: { lr, t0, tMult, etaMin },
    at(epoch) {
      let period = t0
      let since = epoch
      if (tMult === 1) since = epoch % t0
      else {
        while (since >= period) {
          since -= period
          period *= tMult
        }
      }
      return cosineBetween(lr, etaMin, since / period)
    },
    stepper() {
      let period = t0
      let since = 0
      return recurrence(lr, () => {
        if (++since >= period) {
          since -= period
          period *= tMult
        }
        return cosineBetween(lr, etaMin, since / period)
      })
    },
  }
}
