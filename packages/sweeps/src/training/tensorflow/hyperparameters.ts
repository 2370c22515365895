import {
  cosineAnnealing,
  cosineWarmRestarts,
  exponentialDecay,
  InputError,
  type ParamValue,
  polynomialDecay,
  type Schedule,
  stepDecay,
  withWarmup,
} from '@thresher/core'
import type { TensorflowTrainerSettings } from '../sweep-plan.js'
import type { OptimizerOptions } from './optimizers.js'

const OPTIMIZERS = ['adamw', 'sgd'] as const
const SCHEDULERS = ['cosine', 'constant', 'step', 'exponential', 'polynomial', 'warm-restarts'] as const

/** What a run of the built-in trainer can be told, with what holds where nothing is said; see docs. */
const DEFAULTS = {
  lr: 0.006,
  weight_decay: 1e-4,
  optimizer: 'adamw',
  momentum: 0.9,
  nesterov: false,
  beta1: 0.9,
  beta2: 0.99,
  eps: 1e-8,
  scheduler: 'cosine',
  T_max: Number.NaN,
  eta_min: 0,
  step_size: 4,
  gamma: 0.5,
  power: 1,
  T_0: 5,
  T_mult: 1,
  warmup_epochs: 0,
  batch_size: Number.NaN,
  epochs: Number.NaN,
} as const satisfies Record<string, ParamValue>

type Name = keyof typeof DEFAULTS

/** Names of other trainers' files for the same thing. */
const ALIASES: Readonly<Record<string, Name>> = {
  learning_rate: 'lr',
  wd: 'weight_decay',
  t_max: 'T_max',
  etaMin: 'eta_min',
  batchSize: 'batch_size',
  batch: 'batch_size',
}

export interface Hyperparameters {
  readonly epochs: number
  readonly batchSize: number
  readonly optimizer: OptimizerOptions
  /** The learning rate of each epoch, from 0. */
  readonly schedule: Schedule
}

/**
 * Reads a run's parameters. Nested names count by their last part: `models.optimizer.lr` is `lr`.
 * @throws InputError for a name that the trainer does not know, one that is given twice, and a value out of range
 */
export function hyperparametersOf(
  params: ReadonlyMap<string, ParamValue>,
  settings: Pick<TensorflowTrainerSettings, 'epochs' | 'batchSize'>,
): Hyperparameters {
  const given = new Map<Name, { name: string; value: ParamValue }>()
  for (const [name, value] of params) {
    const last = name.split('.').at(-1)!
    const known = ALIASES[last] ?? last
    if (!(known in DEFAULTS)) {
      throw new InputError(
        `${name}: the TensorFlow.js trainer has no such parameter; it has ${Object.keys(DEFAULTS).join(', ')}. Leave it out.`,
      )
    }
    const earlier = given.get(known as Name)
    if (earlier) {
      throw new InputError(`${name}: means ${known}, which ${earlier.name} gives already. Leave one out.`)
    }
    given.set(known as Name, { name, value })
  }
  const raw = (name: Name) => given.get(name) ?? { name, value: DEFAULTS[name] }

  function number(name: Name, low: number, high: number, fallback?: number): number {
    const { name: label, value } = raw(name)
    const read = given.has(name) || fallback === undefined ? value : fallback
    if (typeof read === 'number' && read >= low && read <= high) return read
    const range = high === Number.POSITIVE_INFINITY ? `from ${low} up` : `from ${low} to ${high}`
    throw new InputError(`${label} is ${shown(read)}; give a number ${range}.`)
  }
  function whole(name: Name, fallback?: number): number {
    const value = number(name, 1, Number.MAX_SAFE_INTEGER, fallback)
    if (Number.isInteger(value)) return value
    throw new InputError(`${raw(name).name} is ${value}; give a whole number.`)
  }
  function oneOf<T extends string>(name: Name, choices: readonly T[]): T {
    const { name: label, value } = raw(name)
    const word = String(value).toLowerCase().replaceAll('_', '-') as T
    if (choices.includes(word)) return word
    throw new InputError(`${label} is ${shown(value)}; give ${choices.join(' or ')}.`)
  }
  function flag(name: Name): boolean {
    const { name: label, value } = raw(name)
    if (typeof value === 'boolean') return value
    throw new InputError(`${label} is ${shown(value)}; give true or false.`)
  }

  const unlimited = Number.POSITIVE_INFINITY
  const epochs = whole('epochs', settings.epochs)
  const lr = number('lr', 0, unlimited)
  const weightDecay = number('weight_decay', 0, unlimited)
  const etaMin = number('eta_min', 0, unlimited)
  const below = 1 - Number.EPSILON
  const schedules: Record<(typeof SCHEDULERS)[number], () => Schedule> = {
    cosine: () => cosineAnnealing({ lr, tMax: whole('T_max', epochs), etaMin }),
    constant: () => exponentialDecay({ lr, gamma: 1 }),
    step: () => stepDecay({ lr, stepSize: whole('step_size'), gamma: number('gamma', 0, unlimited) }),
    exponential: () => exponentialDecay({ lr, gamma: number('gamma', 0, unlimited) }),
    polynomial: () => polynomialDecay({ lr, totalIters: epochs, power: number('power', 0, unlimited) }),
    'warm-restarts': () => cosineWarmRestarts({ lr, t0: whole('T_0'), tMult: whole('T_mult'), etaMin }),
  }
  const schedule = schedules[oneOf('scheduler', SCHEDULERS)]()
  const warmup = number('warmup_epochs', 0, unlimited)
  return {
    epochs,
    batchSize: whole('batch_size', settings.batchSize),
    optimizer:
      oneOf('optimizer', OPTIMIZERS) === 'adamw'
        ? {
            kind: 'adamw',
            weightDecay,
            beta1: number('beta1', 0, below),
            beta2: number('beta2', 0, below),
            epsilon: number('eps', 0, unlimited),
          }
        : { kind: 'sgd', weightDecay, momentum: number('momentum', 0, below), nesterov: flag('nesterov') },
    // A start at 0 would waste the first epoch of ten.
    schedule: warmup === 0 ? schedule : withWarmup(schedule, { epochs: warmup, startFactor: 0.1 }),
  }
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value)
}
