import '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import { createRandom } from '@thresher/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { batchNorm, EPSILON } from '../../../../src/training/tensorflow/network/batch-norm.js'
import { DbNet } from '../../../../src/training/tensorflow/network/db-net.js'
import { registerGradients } from '../../../../src/training/tensorflow/network/gradients.js'
import { blocks, upsample } from '../../../../src/training/tensorflow/network/resample.js'

beforeAll(async () => {
  await tf.setBackend('wasm')
  registerGradients()
})

function normals(seed: number, shape: number[]): tf.Tensor {
  const random = createRandom(seed)
  return tf.tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()),
    shape,
  )
}

/** The steepest relative difference between a gradient and central differences of the function in double steps. */
function worstSlope(f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor, step: number): number {
  const gradient = tf.grad(f)(x).dataSync()
  const values = x.dataSync() as Float32Array
  const at = (i: number, by: number) => {
    const moved = values.slice()
    moved[i]! += by
    return f(tf.tensor(moved, x.shape)).dataSync()[0]!
  }
  const scale = Math.max(...gradient.map(Math.abs))
  return Math.max(
    ...Array.from(
      gradient,
      (slope, i) => Math.abs((at(i, step) - at(i, -step)) / (2 * step) - slope) / scale,
    ),
  )
}

describe('batchNorm', () => {
  const x = () => normals(1, [2, 3, 2, 2]) as tf.Tensor4D
  const gamma = () => tf.tensor1d([1.5, -0.5])
  const beta = () => tf.tensor1d([0.25, 2])

  it('gives each channel the mean beta and the spread gamma', () => {
    const y = batchNorm(x(), gamma(), beta(), () => {})
    const { mean, variance } = tf.moments(y, [0, 1, 2])
    expect(mean.dataSync()[0]).toBeCloseTo(0.25, 5)
    expect(mean.dataSync()[1]).toBeCloseTo(2, 5)
    expect(variance.dataSync()[0]).toBeCloseTo(1.5 ** 2, 3)
  })

  it('tells the statistics of the batch', () => {
    let told: number[] = []
    batchNorm(x(), gamma(), beta(), (mean, variance) => {
      told = [...mean.dataSync(), ...variance.dataSync()]
    })
    const { mean, variance } = tf.moments(x(), [0, 1, 2])
    const expected = [...mean.dataSync(), ...variance.dataSync()]
    for (const [i, value] of expected.entries()) expect(told[i]).toBeCloseTo(value, 5)
  })

  it('has the slopes that TensorFlow finds for the same, step by step', () => {
    const weights = normals(2, [2, 3, 2, 2])
    const whole = (a: tf.Tensor, g: tf.Tensor, b: tf.Tensor) =>
      tf.sum(
        tf.mul(
          batchNorm(a as tf.Tensor4D, g as tf.Tensor1D, b as tf.Tensor1D, () => {}),
          weights,
        ),
      )
    const [byX, byGamma, byBeta] = tf.grads(whole)([x(), gamma(), beta()])
    expect(worstSlope((a) => whole(a, gamma(), beta()), x(), 1e-2)).toBeLessThan(2e-3)
    // By hand: normal values are (x - mean) / sqrt(variance + epsilon).
    const { mean, variance } = tf.moments(x(), [0, 1, 2])
    const normal = tf.div(tf.sub(x(), mean), tf.sqrt(tf.add(variance, EPSILON)))
    const expected = [...tf.sum(tf.mul(normal, weights), [0, 1, 2]).dataSync()]
    for (const [i, value] of expected.entries()) expect(byGamma!.dataSync()[i]).toBeCloseTo(value, 4)
    for (const [i, value] of [...tf.sum(weights, [0, 1, 2]).dataSync()].entries()) {
      expect(byBeta!.dataSync()[i]).toBeCloseTo(value, 4)
    }
    expect(byX!.shape).toEqual([2, 3, 2, 2])
  })
})

describe('resampling', () => {
  it('repeats pixels, and sums over the copies on the way back', () => {
    const x = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1])
    expect([...upsample(x, 2).dataSync()]).toEqual([1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4])
    const dy = tf.reshape(tf.range(0, 16), [1, 4, 4, 1])
    const gradient = tf.grad((a) => tf.sum(tf.mul(upsample(a as tf.Tensor4D, 2), dy)))(x)
    expect([...gradient.dataSync()]).toEqual([
      0 + 1 + 4 + 5,
      2 + 3 + 6 + 7,
      8 + 9 + 12 + 13,
      10 + 11 + 14 + 15,
    ])
  })

  it('makes blocks as depthToSpace does, and takes them apart again', () => {
    const x = normals(3, [2, 3, 2, 12]) as tf.Tensor4D
    expect([...blocks(x, 2).dataSync()]).toEqual([...tf.depthToSpace(x, 2, 'NHWC').dataSync()])
    const dy = blocks(normals(4, [2, 3, 2, 12]) as tf.Tensor4D, 2)
    const gradient = tf.grad((a) => tf.sum(tf.mul(blocks(a as tf.Tensor4D, 2), dy)))(x)
    expect([...gradient.dataSync()]).toEqual([...normals(4, [2, 3, 2, 12]).dataSync()])
  })
})

describe('registerGradients', () => {
  it('knows the slopes of what the loss is made of', () => {
    // Away from 0, where some of these have a corner.
    const x = () => tf.tensor2d([-1.2, -0.5, 0.3, 0.9, 1.4, -0.2], [2, 3])
    const row = normals(6, [3])
    const column = normals(7, [2, 1])
    const functions: ((a: tf.Tensor) => tf.Tensor)[] = [
      (a) => tf.sum(tf.mul(tf.add(a, row), tf.sub(column, a))),
      (a) => tf.sum(tf.div(a, tf.add(tf.square(row), 1))),
      (a) => tf.div(3, tf.add(tf.sum(tf.sigmoid(a)), 1)),
      (a) => tf.sum(tf.mul(tf.softplus(a), row)),
      (a) => tf.sum(tf.mul(tf.concat([a, tf.relu(a), tf.abs(a)], 1), normals(8, [2, 9]))),
    ]
    expect(functions.map((f) => worstSlope(f, x(), 1e-2) < 3e-3)).toEqual(functions.map(() => true))
    // The operand that is repeated.
    expect(worstSlope((a) => tf.sum(tf.mul(x(), a)), row, 1e-2)).toBeLessThan(1e-3)
    expect(worstSlope((a) => tf.sum(tf.div(x(), tf.add(tf.abs(a), 1))), column, 1e-2)).toBeLessThan(1e-3)
  })
})

describe('DbNet', () => {
  it('answers at the size of the picture, the same for the same seed', () => {
    const images = normals(9, [2, 32, 32, 1]) as tf.Tensor4D
    const answers = [1, 1, 2].map((seed) => {
      const network = new DbNet(seed)
      const { probability, threshold } = network.answer(images, true)
      expect(threshold.shape).toEqual([2, 32, 32, 1])
      const values = [...probability.dataSync()]
      network.dispose()
      return values
    })
    expect(answers[0]).toHaveLength(2 * 32 * 32)
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).not.toEqual(answers[0])
  })
})
