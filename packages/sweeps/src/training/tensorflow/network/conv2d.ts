import * as tf from '@tensorflow/tfjs-core'
import { toBlocks } from './resample.js'

/**
 * A convolution with TensorFlow's `same` padding, whose gradients use forward kernels alone.
 *
 * TensorFlow.js gives conv2d's gradients by the kernels Conv2DBackpropFilter, which the WebAssembly backend lacks, and
 * Conv2DBackpropInput, which is a plain loop there, ten times slower than the convolution (XNNPACK). Both are
 * convolutions themselves:
 *
 * - the filter's: image channels as the batch, the batch as channels, and dy as the filter, dilated by the stride;
 * - the input's: dy with the filter turned by half a turn, its channels exchanged. For stride 2 every second row and
 *   column of the result meets other taps; the four cases are channels of one convolution, put into place afterwards.
 *
 * @param x batch x height x width x channels
 * @param filter height x width x channels x channels of the result; odd sides
 * @param stride 1, or 2 for a filter of 3 x 3 over even sides
 */
export function conv2d(x: tf.Tensor4D, filter: tf.Tensor4D, stride: 1 | 2 = 1): tf.Tensor4D {
  const [size] = filter.shape
  if (stride === 2 && (size !== 3 || x.shape[1] % 2 !== 0 || x.shape[2] % 2 !== 0)) {
    throw new RangeError(`conv2d: stride 2 goes with a filter of 3 x 3 and even sides; x is ${x.shape}`)
  }
  const operation = tf.customGrad((...args) => {
    const [image, weights, save] = args as unknown as [tf.Tensor4D, tf.Tensor4D, tf.GradSaveFunc]
    save([image, weights])
    return {
      value: tf.conv2d(image, weights, stride, 'same'),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [image, weights] = saved as [tf.Tensor4D, tf.Tensor4D]
        const grad = dy as tf.Tensor4D
        return [inputGradient(grad, weights, stride), filterGradient(image, grad, weights.shape[0], stride)]
      },
    }
  })
  return operation(x, filter) as tf.Tensor4D
}

/** The same for an x that is data: only the filter has a gradient. */
export function conv2dOfData(x: tf.Tensor4D, filter: tf.Tensor4D, stride: 1 | 2 = 1): tf.Tensor4D {
  const operation = tf.customGrad((...args) => {
    const [weights] = args as unknown as [tf.Tensor4D]
    return {
      value: tf.conv2d(x, weights, stride, 'same'),
      gradFunc: (dy: tf.Tensor) => [filterGradient(x, dy as tf.Tensor4D, filter.shape[0], stride)],
    }
  })
  return operation(filter) as tf.Tensor4D
}

/** The gradient with respect to a square filter of side `size`. */
export function filterGradient(x: tf.Tensor4D, dy: tf.Tensor4D, size: number, stride: number): tf.Tensor4D {
  return tf.tidy(() => {
    const padded =
      size === 1
        ? x
        : tf.pad(x, [[0, 0], padding(x.shape[1], size, stride), padding(x.shape[2], size, stride), [0, 0]])
    const images = tf.transpose(padded, [3, 1, 2, 0]) as tf.Tensor4D
    const filters = tf.transpose(dy, [1, 2, 0, 3]) as tf.Tensor4D
    const taps = tf.conv2d(images, filters, 1, 'valid', 'NHWC', stride)
    const channels = x.shape[3]
    return tf.transpose(tf.slice(taps, [0, 0, 0, 0], [channels, size, size, dy.shape[3]]), [1, 2, 0, 3])
  })
}

/** The gradient with respect to x. */
export function inputGradient(dy: tf.Tensor4D, filter: tf.Tensor4D, stride: 1 | 2): tf.Tensor4D {
  return tf.tidy(() => {
    if (stride === 1) {
      const turned = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]) as tf.Tensor4D
      return tf.conv2d(dy, turned, 1, 'same')
    }
    // With even sides `same` pads after the picture alone, so row 2u + p of x meets row i = 2t + p of the filter at
    // row u - t of dy.
    const [, , inner, outer] = filter.shape
    const even = tf.pad(filter, [
      [0, 1],
      [0, 1],
      [0, 0],
      [0, 0],
    ])
    const cases = tf.reverse(tf.reshape(even, [2, 2, 2, 2, inner * outer]), [0, 2])
    const filters = tf.reshape(
      tf.transpose(tf.reshape(cases, [2, 2, 2, 2, inner, outer]), [0, 2, 5, 1, 3, 4]),
      [2, 2, outer, 4 * inner],
    ) as tf.Tensor4D
    const before = tf.pad(dy, [
      [0, 0],
      [1, 0],
      [1, 0],
      [0, 0],
    ])
    return toBlocks(tf.conv2d(before, filters, 1, 'valid'), 2)
  })
}

/** What `same` puts before and after a side. */
function padding(side: number, size: number, stride: number): [number, number] {
  const total = Math.max(0, (Math.ceil(side / stride) - 1) * stride + size - side)
  return [Math.floor(total / 2), Math.ceil(total / 2)]
}
