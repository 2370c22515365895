import { optionsOf } from '../options.js'
import { recurrence, type Schedule } from './schedule.js'

export interface WarmupOptions {
  /** Epochs before the schedule begins, at least 1. */
  readonly epochs: number
  /** Of the schedule's first value, at epoch 0, in [0, 1]; 0 where not given. */
  readonly startFactor?: number
  /** `linear` where not given. */
  readonly shape?: 'linear' | 'cos'
}

/**
 * A warm-up before any schedule: from startFactor times its first value up to that value, which is reached at epoch
 * `epochs`, where the schedule begins with its epoch 0 (PyTorch's SequentialLR of LinearLR and the schedule). P. Goyal
 * et al., "Accurate, large minibatch SGD", 2017, section 2.2.
 */
export function withWarmup(schedule: Schedule, options: WarmupOptions): Schedule {
  const { epochs, startFactor = 0, shape = 'linear' } = options
  const checks = optionsOf('withWarmup')
  checks.allowed(options, ['epochs', 'startFactor', 'shape'])
  checks.whole('epochs', epochs, 1)
  checks.within('startFactor', startFactor, 0, 1)
  checks.oneOf('shape', shape, ['linear', 'cos'])
  const top = schedule.at(0)
  const warm = (epoch: number) => {
    const part = shape === 'linear' ? epoch / epochs : (1 - Math.cos((Math.PI * epoch) / epochs)) / 2
    return top * (startFactor + (1 - startFactor) * part)
  }
  return {
    name: 'warmup',
    options: { epochs, startFactor, shape, schedule: { name: schedule.name, options: schedule.options } },
    at: (epoch) => (epoch < epochs ? warm(epoch) : schedule.at(epoch - epochs)),
    stepper() {
      const after = schedule.stepper()
      return recurrence(warm(0), (_, epoch) => {
        if (epoch < epochs) return warm(epoch)
        return epoch === epochs ? after.value : after.step()
      })
    },
  }
}
