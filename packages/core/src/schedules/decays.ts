import { InputError } from '../errors.js'
import { optionsOf } from '../options.js'
import { recurrence, type Schedule } from './schedule.js'

export interface StepDecayOptions {
  readonly lr: number
  /** Epochs between decays, at least 1. */
  readonly stepSize: number
  /** The factor of each; 0.1 where not given. */
  readonly gamma?: number
}

/** lr gamma^floor(epoch / stepSize): PyTorch's StepLR. */
export function stepDecay(options: StepDecayOptions): Schedule {
  const { lr, stepSize, gamma = 0.1 } = options
  const checks = checkRate('stepDecay', options, ['stepSize', 'gamma'])
  checks.whole('stepSize', stepSize, 1)
  checks.within('gamma', gamma, 0, Number.POSITIVE_INFINITY)
  return {
    name: 'step',
    options: { lr, stepSize, gamma },
    at: (epoch) => lr * gamma ** Math.floor(epoch / stepSize),
    stepper: () => recurrence(lr, (value, epoch) => (epoch % stepSize === 0 ? value * gamma : value)),
  }
}

export interface MultiStepDecayOptions {
  readonly lr: number
  /** The epochs of the decays, in any order; one that is given twice decays twice. */
  readonly milestones: readonly number[]
  /** The factor of each; 0.1 where not given. */
  readonly gamma?: number
}

/** lr gamma^k after k milestones: PyTorch's MultiStepLR. */
export function multiStepDecay(options: MultiStepDecayOptions): Schedule {
  const { lr, milestones, gamma = 0.1 } = options
  const checks = checkRate('multiStepDecay', options, ['milestones', 'gamma'])
  for (const [i, milestone] of milestones.entries()) checks.whole(`milestones[${i}]`, milestone, 0)
  checks.within('gamma', gamma, 0, Number.POSITIVE_INFINITY)
  const at = (epoch: number) => lr * gamma ** milestones.filter((milestone) => milestone <= epoch).length
  return {
    name: 'multi-step',
    options: { lr, milestones, gamma },
    at,
    stepper: () =>
      recurrence(at(0), (value, epoch) => {
        const now = milestones.filter((milestone) => milestone === epoch).length
        return now === 0 ? value : value * gamma ** now
      }),
  }
}

export interface ExponentialDecayOptions {
  readonly lr: number
  /** The factor of each epoch. */
  readonly gamma: number
}

/** lr gamma^epoch: PyTorch's ExponentialLR. */
export function exponentialDecay(options: ExponentialDecayOptions): Schedule {
  const { lr, gamma } = options
  checkRate('exponentialDecay', options, ['gamma']).within('gamma', gamma, 0, Number.POSITIVE_INFINITY)
  return {
    name: 'exponential',
    options: { lr, gamma },
    at: (epoch) => lr * gamma ** epoch,
    stepper: () => recurrence(lr, (value) => value * gamma),
  }
}

export interface PolynomialDecayOptions {
  readonly lr: number
  /** The epoch from which on the value is 0, at least 1. */
  readonly totalIters: number
  /** 1, a straight line, where not given. */
  readonly power?: number
}

/** lr (1 - epoch / totalIters)^power, 0 from totalIters on: PyTorch's PolynomialLR. */
export function polynomialDecay(options: PolynomialDecayOptions): Schedule {
  const { lr, totalIters, power = 1 } = options
  const checks = checkRate('polynomialDecay', options, ['totalIters', 'power'])
  checks.whole('totalIters', totalIters, 1)
  checks.between('power', power, 0, Number.POSITIVE_INFINITY)
  return {
    name: 'polynomial',
    options: { lr, totalIters, power },
    at: (epoch) => lr * (1 - Math.min(epoch, totalIters) / totalIters) ** power,
    stepper: () =>
      recurrence(lr, (value, epoch) => {
        if (epoch > totalIters) return value
        return value * ((1 - epoch / totalIters) / (1 - (epoch - 1) / totalIters)) ** power
      }),
  }
}

export interface LinearScheduleOptions {
  readonly lr: number
  /** Of `lr` at epoch 0, in (0, 1]; 1/3 where not given. */
  readonly startFactor?: number
  /** Of `lr` from totalIters on, at least 0; 1 where not given. */
  readonly endFactor?: number
  /** 5 where not given. */
  readonly totalIters?: number
}

/** A straight line from lr startFactor to lr endFactor, then level: PyTorch's LinearLR. */
export function linearSchedule(options: LinearScheduleOptions): Schedule {
  const { lr, startFactor = 1 / 3, endFactor = 1, totalIters = 5 } = options
  const checks = checkRate('linearSchedule', options, ['startFactor', 'endFactor', 'totalIters'])
  if (!(startFactor > 0 && startFactor <= 1)) {
    throw new InputError(`linearSchedule: startFactor is ${startFactor}; give a number above 0 up to 1.`)
  }
  checks.within('endFactor', endFactor, 0, 1)
  checks.whole('totalIters', totalIters, 1)
  const rise = endFactor - startFactor
  return {
    name: 'linear',
    options: { lr, startFactor, endFactor, totalIters },
    at: (epoch) => lr * (startFactor + (rise * Math.min(epoch, totalIters)) / totalIters),
    stepper: () =>
      recurrence(lr * startFactor, (value, epoch) => {
        if (epoch > totalIters) return value
        return value * (1 + rise / (totalIters * startFactor + (epoch - 1) * rise))
      }),
  }
}

/** Checks `lr` and that there is no option but the others. */
function checkRate(owner: string, options: { readonly lr: number }, others: readonly string[]) {
  const checks = optionsOf(owner)
  checks.allowed(options, ['lr', ...others])
  checks.within('lr', options.lr, 0, Number.POSITIVE_INFINITY)
  return checks
}
