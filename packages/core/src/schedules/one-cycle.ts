import { optionsOf } from '../options.js'
import { cosineBetween } from './cosine-annealing.js'
import { closedForm, type Schedule } from './schedule.js'

export interface OneCycleOptions {
  /** The value at the top. */
  readonly maxLr: number
  /** Steps of the whole cycle, at least 2; usually epochs times batches. */
  readonly totalSteps: number
  /** The share of the cycle that rises, in (0, 1); 0.3 where not given. */
  readonly pctStart?: number
  /** `cos` where not given. */
  readonly annealStrategy?: 'cos' | 'linear'
  /** The first value is maxLr / divFactor; 25 where not given. */
  readonly divFactor?: number
  /** The last value is the first / finalDivFactor; 10,000 where not given. */
  readonly finalDivFactor?: number
  /** Down to the first value as fast as up, and to the last one from there; false where not given. */
  readonly threePhase?: boolean
}

/**
 * The 1cycle policy: L. N. Smith, N. Topin, "Super-convergence", 2017, as PyTorch's OneCycleLR: up from maxLr /
 * divFactor, and down to that / finalDivFactor at step totalSteps - 1. Beyond, where PyTorch refuses, the last value
 * stays.
 */
export function oneCycle(options: OneCycleOptions): Schedule {
  const {
    maxLr,
    totalSteps,
    pctStart = 0.3,
    annealStrategy = 'cos',
    divFactor = 25,
    finalDivFactor = 1e4,
    threePhase = false,
  } = options
  const checked = { maxLr, totalSteps, pctStart, annealStrategy, divFactor, finalDivFactor, threePhase }
  const checks = optionsOf('oneCycle')
  checks.allowed(options, Object.keys(checked))
  checks.within('maxLr', maxLr, 0, Number.POSITIVE_INFINITY)
  checks.whole('totalSteps', totalSteps, 2)
  checks.between('pctStart', pctStart, 0, 1)
  checks.oneOf('annealStrategy', annealStrategy, ['cos', 'linear'])
  checks.between('divFactor', divFactor, 0, Number.POSITIVE_INFINITY)
  checks.between('finalDivFactor', finalDivFactor, 0, Number.POSITIVE_INFINITY)
  checks.flag('threePhase', threePhase)

  const first = maxLr / divFactor
  const last = first / finalDivFactor
  const top = pctStart * totalSteps - 1
  const phases = threePhase
    ? [
        { end: top, from: first, to: maxLr },
        { end: 2 * pctStart * totalSteps - 2, from: maxLr, to: first },
        { end: totalSteps - 1, from: first, to: last },
      ]
    : [
        { end: top, from: first, to: maxLr },
        { end: totalSteps - 1, from: maxLr, to: last },
      ]
  const at = (epoch: number): number => {
    const step = Math.min(epoch, totalSteps - 1)
    let start = 0
    for (const [i, { end, from, to }] of phases.entries()) {
      if (step <= end || i === phases.length - 1) {
        // A phase may be shorter than a step.
        const part = end > start ? (step - start) / (end - start) : 1
        return annealStrategy === 'cos' ? cosineBetween(from, to, part) : from + (to - from) * part
      }
      start = end
    }
    return last
  }
  return { name: 'one-cycle', options: checked, at, stepper: () => closedForm(at) }
}
