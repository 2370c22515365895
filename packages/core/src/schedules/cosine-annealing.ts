import { optionsOf } from '../options.js'
import { recurrence, type Schedule } from './schedule.js'

export interface CosineAnnealingOptions {
  /** The value at epoch 0. */
  readonly lr: number
  /** Epochs from the top to `etaMin`, PyTorch's T_max: a whole number of at least 1. */
  readonly tMax: number
  /** The value at the bottom; 0 where not given. */
  readonly etaMin?: number
}

/**
 * Half a cosine from `lr` at epoch 0 to `etaMin` at epoch tMax: etaMin + (lr - etaMin) (1 + cos(pi epoch / tMax)) / 2.
 * I. Loshchilov, F. Hutter, "SGDR", ICLR 2017, without restarts, as PyTorch's CosineAnnealingLR. Past tMax the cosine
 * goes on: up to `lr` at 2 tMax, and down again. (To stay at the bottom give tMax the number of epochs.)
 *
 * The stepping form is PyTorch's `get_lr`: each value is the one before times a quotient of cosines, and one step past
 * the bottom, where that quotient is not defined, the closed form's increment is added. In exact arithmetic the two
 * forms are the same. In floating point they differ on the way down by roundings alone, about 1e-16 a step. On the way
 * up they differ by the cancellation in that one increment too, 1 - cos(pi / tMax), which every later step multiplies:
 * up to 2.2e-16 (tMax / pi)^2 of the value, so 2e-13 at tMax 100 and 2e-11 at tMax 1000, until the next bottom.
 */
export function cosineAnnealing(options: CosineAnnealingOptions): Schedule {
  const checks = optionsOf('cosineAnnealing')
  const { lr, tMax, etaMin = 0 } = options
  checks.allowed(options, ['lr', 'tMax', 'etaMin'])
  checks.within('lr', lr, 0, Number.POSITIVE_INFINITY)
  checks.whole('tMax', tMax, 1)
  checks.within('etaMin', etaMin, 0, Number.POSITIVE_INFINITY)
  const cosine = (epoch: number) => Math.cos((Math.PI * epoch) / tMax)
  return {
    name: 'cosine-annealing',
    options: { lr, tMax, etaMin },
    at: (epoch) => cosineBetween(lr, etaMin, epoch / tMax),
    stepper: () =>
      recurrence(lr, (value, epoch) => {
        if ((epoch - 1 - tMax) % (2 * tMax) === 0) return value + ((lr - etaMin) * (1 - cosine(1))) / 2
        return ((1 + cosine(epoch)) / (1 + cosine(epoch - 1))) * (value - etaMin) + etaMin
      }),
  }
}

/** The half cosine from `high` at part 0 to `low` at part 1. */
export function cosineBetween(high: number, low: number, part: number): number {
  return low + ((high - low) * (1 + Math.cos(Math.PI * part))) / 2
}
