import { InputError, type ParamValue } from '@thresher/core'
import { describe, expect, it } from 'vitest'
import { hyperparametersOf } from '../../../src/training/tensorflow/hyperparameters.js'

const read = (params: Record<string, ParamValue>) =>
  hyperparametersOf(new Map(Object.entries(params)), { epochs: 10, batchSize: 4 })

describe('hyperparametersOf', () => {
  it('anneals over T_max down to eta_min, epoch by epoch', () => {
    const { schedule, epochs } = read({ lr: 0.0004, T_max: 22, eta_min: 1e-5, epochs: 22 })
    expect(epochs).toBe(22)
    expect(schedule.at(0)).toBe(0.0004)
    expect(schedule.at(11)).toBeCloseTo((0.0004 + 1e-5) / 2, 12)
    expect(schedule.at(22)).toBeCloseTo(1e-5, 15)
  })

  it('reads nested names by their last part, and other spellings', () => {
    const { optimizer, batchSize } = read({
      'models.optimizer.weight_decay': 0.01,
      'models.optimizer.optimizer': 'AdamW',
      batch: 8,
    })
    expect(optimizer).toMatchObject({ kind: 'adamw', weightDecay: 0.01 })
    expect(batchSize).toBe(8)
    expect(read({ optimizer: 'sgd', momentum: 0.5, nesterov: true }).optimizer).toEqual({
      kind: 'sgd',
      weightDecay: 1e-4,
      momentum: 0.5,
      nesterov: true,
    })
  })

  it('has the schedules of the core', () => {
    const rates = (params: Record<string, ParamValue>) => {
      const { schedule } = read({ lr: 1, ...params })
      return [0, 1, 2, 3, 4].map((epoch) => schedule.at(epoch))
    }
    expect(rates({ scheduler: 'constant' })).toEqual([1, 1, 1, 1, 1])
    expect(rates({ scheduler: 'step', step_size: 2, gamma: 0.1 })).toEqual([1, 1, 0.1, 0.1, 0.1 ** 2])
    expect(rates({ scheduler: 'exponential', gamma: 0.5 })).toEqual([1, 0.5, 0.25, 0.125, 0.0625])
    expect(rates({ scheduler: 'polynomial', epochs: 4 })).toEqual([1, 0.75, 0.5, 0.25, 0])
    expect(rates({ scheduler: 'warm_restarts', T_0: 2 })).toEqual([1, 0.5, 1, 0.5, 1])
    expect(rates({ scheduler: 'constant', warmup_epochs: 2 })).toEqual([0.1, 0.55, 1, 1, 1])
  })

  it.each<[Record<string, ParamValue>, string]>([
    [{ lrr: 1 }, 'lrr: the TensorFlow.js trainer has no such parameter'],
    [{ lr: 0.1, 'model.lr': 0.2 }, 'model.lr: means lr, which lr gives already'],
    [{ lr: -1 }, 'lr is -1; give a number from 0 up.'],
    [{ lr: 'fast' }, "lr is 'fast'; give a number"],
    [{ 'a.T_max': 2.5 }, 'a.T_max is 2.5; give a whole number.'],
    [{ optimizer: 'lion' }, "optimizer is 'lion'; give adamw or sgd."],
    [{ nesterov: 1, optimizer: 'sgd' }, 'nesterov is 1; give true or false.'],
    [{ beta2: 1 }, 'beta2 is 1'],
  ])('refuses %o', (params, message) => {
    expect(() => read(params)).toThrow(InputError)
    expect(() => read(params)).toThrow(message)
  })
})
