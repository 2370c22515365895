import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import { createRandom } from '@thresher/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  conv2d,
  conv2dOfData,
  filterGradient,
  inputGradient,
} from '../../../../src/training/tensorflow/network/conv2d.js'
import { registerGradients } from '../../../../src/training/tensorflow/network/gradients.js'

const CASES = [
  { side: 6, size: 3, stride: 1, inner: 2, outer: 3 },
  { side: 8, size: 3, stride: 2, inner: 3, outer: 2 },
  { side: 5, size: 1, stride: 1, inner: 4, outer: 2 },
  { side: 7, size: 5, stride: 1, inner: 1, outer: 2 },
] as const

/** Whole numbers, with which all of this is exact in single precision. */
function numbers(seed: number, shape: [number, number, number, number]): tf.Tensor4D {
  const random = createRandom(seed)
  const count = shape.reduce((a, b) => a * b, 1)
  return tf.tensor4d(
    Float32Array.from({ length: count }, () => random.int(9) - 4),
    shape,
  )
}

function operands({ side, size, stride, inner, outer }: (typeof CASES)[number]) {
  return {
    x: numbers(1, [2, side, side, inner]),
    filter: numbers(2, [size, size, inner, outer]),
    dy: numbers(3, [2, Math.ceil(side / stride), Math.ceil(side / stride), outer]),
  }
}

beforeAll(registerGradients)
afterAll(async () => {
  await tf.setBackend('wasm')
})

describe.each(['wasm', 'cpu'])('on the %s backend', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend)
  })

  it.each(CASES)('the gradients are those of the CPU backend: %o', async (shape) => {
    const { x, filter, dy } = operands(shape)
    const own = [
      await filterGradient(x, dy, shape.size, shape.stride).data(),
      await inputGradient(dy, filter, shape.stride).data(),
    ]
    await tf.setBackend('cpu')
    // The kernels behind tf.conv2d's gradient, plain loops on this backend.
    const backprop = {
      strides: shape.stride,
      pad: 'same',
      dataFormat: 'NHWC',
      dimRoundingMode: undefined,
    } as never
    const [byFilter, byInput] = [
      tf
        .engine()
        .runKernel(tf.Conv2DBackpropFilter, { x, dy }, {
          ...(backprop as object),
          filterShape: filter.shape,
        } as never) as tf.Tensor,
      tf
        .engine()
        .runKernel(tf.Conv2DBackpropInput, { dy, filter }, {
          ...(backprop as object),
          inputShape: x.shape,
        } as never) as tf.Tensor,
    ]
    const reference = [await byFilter.data(), await byInput.data()]
    await tf.setBackend(backend)
    expect(own).toEqual(reference)
  })

  it.each(CASES)('the gradients are slopes: %o', (shape) => {
    const { x, filter, dy } = operands(shape)
    const { stride } = shape
    const loss = (image: tf.Tensor4D, weights: tf.Tensor4D) =>
      tf.sum(tf.mul(conv2d(image, weights, stride), dy)) as tf.Scalar
    const [byImage, byFilter] = tf.grads(loss as never)([x, filter]) as [tf.Tensor, tf.Tensor]
    // The loss is linear in each operand alone, so the difference over a whole step is the slope, exactly.
    const slope = (operand: 'x' | 'filter', at: number) => {
      const moved = (step: number) => {
        const { [operand]: tensor } = { x, filter }
        const values = tensor.dataSync().slice() as Float32Array
        values[at]! += step
        const other = tf.tensor4d(values, tensor.shape)
        return (operand === 'x' ? loss(other, filter) : loss(x, other)).dataSync()[0]!
      }
      return (moved(1) - moved(-1)) / 2
    }
    for (const at of [0, 1, Math.floor(x.size / 2), x.size - 1]) {
      expect(byImage.dataSync()[at]).toBe(slope('x', at))
    }
    for (const at of [0, 1, Math.floor(filter.size / 2), filter.size - 1]) {
      expect(byFilter.dataSync()[at]).toBe(slope('filter', at))
    }
    const ofData = tf.grad((weights) => tf.sum(tf.mul(conv2dOfData(x, weights as tf.Tensor4D, stride), dy)))(
      filter,
    )
    expect(ofData.dataSync()).toEqual(byFilter.dataSync())
  })
})

describe('conv2d', () => {
  it('refuses a stride of 2 that its gradient does not know', () => {
    const filter = numbers(1, [3, 3, 1, 1])
    expect(() => conv2d(numbers(1, [1, 7, 8, 1]), filter, 2)).toThrow(RangeError)
    expect(() => conv2d(numbers(1, [1, 8, 8, 1]), numbers(1, [1, 1, 1, 1]), 2)).toThrow(RangeError)
  })
})
