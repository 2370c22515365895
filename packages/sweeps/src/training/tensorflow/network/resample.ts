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
 * transposed convolution whose stride is its size.
 *
 * @param x batch x height x width x (factor² channels)
 */
export function blocks(x: tf.Tensor4D, factor: number): tf.Tensor4D {
  const operation = tf.customGrad((...args) => {
    const [input] = args as unknown as [tf.Tensor4D]
    return {
      value: toBlocks(input, factor),
      gradFunc: (dy: tf.Tensor) => [fromBlocks(dy as tf.Tensor4D, factor)],
    }
  })
  return operation(x) as tf.Tensor4D
}

/** As DepthToSpace, whose kernel takes sixty times as long on the WebAssembly backend: rows change places, whole. */
export function toBlocks(x: tf.Tensor4D, factor: number): tf.Tensor4D {
  return tf.tidy(() => {
    const [batch, height, width, deep] = x.shape
    const rows = tf.reshape(x, [batch * height, width, factor, deep / factor])
    const shape: [number, number, number, number] = [
      batch,
      height * factor,
      width * factor,
      deep / factor ** 2,
    ]
    return tf.reshape(tf.transpose(rows, [0, 2, 1, 3]), shape)
  })
}

function fromBlocks(x: tf.Tensor4D, factor: number): tf.Tensor4D {
  return tf.tidy(() => {
    const [batch, height, width, channels] = x.shape
    const rows = tf.reshape(x, [(batch * height) / factor, factor, width / factor, factor * channels])
    const shape: [number, number, number, number] = [
      batch,
      height / factor,
      width / factor,
      factor ** 2 * channels,
    ]
    return tf.reshape(tf.transpose(rows, [0, 2, 1, 3]), shape)
  })
}
