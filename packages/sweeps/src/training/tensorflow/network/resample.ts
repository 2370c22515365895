import * as tf from '@tensorflow/tfjs-core'

/** Repeats every pixel `factor` times in both directions. The gradient is the mean over each block times its area. */
export function upsample(x: tf.Tensor4D, factor: number): tf.Tensor4D {
  const operation = tf.customGrad((...args) => {
    const [input] = args as unknown as [tf.Tensor4D]
    const [, height, width] = input.shape
    return {
      value: tf.image.resizeNearestNeighbor(input, [height * factor, width * factor]),
      gradFunc: (dy: tf.Tensor) => [
        tf.mul(tf.avgPool(dy as tf.Tensor4D, factor, factor, 'valid'), factor * factor),
      ],
    }
  })
  return operation(x) as tf.Tensor4D
}

/**
 * Makes blocks of `factor` x `factor` pixels of channels, those of a pixel together: with a convolution before it, a
 * transposed convolution whose stride is its size. The gradient takes blocks apart by a convolution with a filter of
 * zeros and ones, for which every backend has a fast kernel.
 *
 * @param x batch x height x width x (factor² channels)
 */
export function blocks(x: tf.Tensor4D, factor: number): tf.Tensor4D {
  const operation = tf.customGrad((...args) => {
    const [input] = args as unknown as [tf.Tensor4D]
    const deep = input.shape[3]
    return {
      value: tf.depthToSpace(input, factor, 'NHWC'),
      gradFunc: (dy: tf.Tensor) => {
        const apart = tf.reshape(tf.eye(deep), [
          factor,
          factor,
          deep / (factor * factor),
          deep,
        ]) as tf.Tensor4D
        return [tf.conv2d(dy as tf.Tensor4D, apart, factor, 'valid')]
      },
    }
  })
  return operation(x) as tf.Tensor4D
}
