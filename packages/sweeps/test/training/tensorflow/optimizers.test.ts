import '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { createOptimizer, type OptimizerOptions } from '../../../src/training/tensorflow/optimizers.js'

beforeAll(() => tf.setBackend('wasm'))

const GRADIENTS = [0.5, -0.25, 1]
const RATES = [0.1, 0.05, 0.02]

function walk(options: OptimizerOptions): number[] {
  const weight = tf.variable(tf.scalar(2))
  const optimizer = createOptimizer(options, new Map([['w', weight]]))
  const path = GRADIENTS.map((gradient, i) => {
    optimizer.apply({ w: tf.scalar(gradient) }, RATES[i]!)
    return weight.dataSync()[0]!
  })
  expect(optimizer.steps).toBe(GRADIENTS.length)
  return path
}

describe('AdamW', () => {
  it('follows algorithm 2 of Loshchilov and Hutter', () => {
    const found = walk({ kind: 'adamw', weightDecay: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8 })
    let [w, m, v] = [2, 0, 0]
    for (const [i, g] of GRADIENTS.entries()) {
      m = 0.9 * m + 0.1 * g
      v = 0.99 * v + 0.01 * g * g
      const corrected = m / (1 - 0.9 ** (i + 1)) / (Math.sqrt(v / (1 - 0.99 ** (i + 1))) + 1e-8)
      w -= RATES[i]! * (corrected + 0.1 * w)
      expect(found[i]).toBeCloseTo(w, 5)
    }
  })
})

describe('SGD', () => {
  it.each([false, true])("follows PyTorch's momentum, nesterov %s", (nesterov) => {
    const found = walk({ kind: 'sgd', weightDecay: 0.1, momentum: 0.9, nesterov })
    let w = 2
    let velocity: number | undefined
    for (const [i, gradient] of GRADIENTS.entries()) {
      const g = gradient + 0.1 * w
      velocity = velocity === undefined ? g : 0.9 * velocity + g
      w -= RATES[i]! * (nesterov ? g + 0.9 * velocity : velocity)
      expect(found[i]).toBeCloseTo(w, 5)
    }
  })
})
