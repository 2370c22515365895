import * as tf from '@tensorflow/tfjs-core'

type Attributes = Readonly<Record<string, unknown>>

/**
 * Teaches TensorFlow.js the derivatives of the operations that the network and its loss are made of. Its core has none
 * until a file of it is loaded that Node cannot load (an ES module in a package of CommonJS); the whole `tfjs`, which
 * brings them along, is ten times as large. What is known already, as with tfjs-node, stays.
 */
export function registerGradients(): void {
  for (const config of GRADIENTS) {
    if (tf.getGradient(config.kernelName) == null) tf.registerGradient(config)
  }
}

const GRADIENTS: readonly tf.GradConfig[] = [
  binary(tf.Add, (dy) => [() => dy, () => dy]),
  binary(tf.Sub, (dy) => [() => dy, () => tf.neg(dy)]),
  binary(tf.Multiply, (dy, a, b) => [() => tf.mul(dy, b), () => tf.mul(dy, a)]),
  binary(tf.RealDiv, (dy, a, b) => [() => tf.div(dy, b), () => tf.neg(tf.div(tf.mul(dy, a), tf.square(b)))]),
  unary(tf.Relu, 'inputs', (dy, x) => tf.mul(dy, tf.step(x))),
  unary(tf.Abs, 'inputs', (dy, x) => tf.mul(dy, tf.sign(x))),
  unary(tf.Softplus, 'inputs', (dy, x) => tf.mul(dy, tf.sigmoid(x))),
  unary(tf.Sigmoid, 'outputs', (dy, y) => tf.mul(dy, tf.mul(y, tf.sub(1, y)))),
  {
    kernelName: tf.Sum,
    inputsToSave: ['x'],
    // Sums to one number alone; sums along axes would have to know them.
    gradFunc: (dy, [x]) => ({ x: () => tf.mul(tf.onesLike(x!), single(dy)) }),
  },
  {
    kernelName: tf.Concat,
    saveAllInputs: true,
    gradFunc: (dy, saved, attributes) => {
      const axis = (attributes as Attributes).axis as number
      const pieces = tf.split(
        single(dy),
        saved.map((x) => x.shape.at(axis)!),
        axis,
      )
      return Object.fromEntries(pieces.map((piece, i) => [i, () => piece]))
    },
  },
]

function binary(
  kernelName: string,
  derivatives: (dy: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => [() => tf.Tensor, () => tf.Tensor],
): tf.GradConfig {
  return {
    kernelName,
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, [a, b]) => {
      const [toA, toB] = derivatives(single(dy), a!, b!)
      return { a: () => reduced(toA(), a!.shape), b: () => reduced(toB(), b!.shape) }
    },
  }
}

function unary(
  kernelName: string,
  saved: 'inputs' | 'outputs',
  derivative: (dy: tf.Tensor, value: tf.Tensor) => tf.Tensor,
): tf.GradConfig {
  return {
    kernelName,
    ...(saved === 'inputs' ? { inputsToSave: ['x'] } : { outputsToSave: [true] }),
    gradFunc: (dy, [value]) => ({ x: () => derivative(single(dy), value!) }),
  }
}

/** The gradient of what was repeated to a larger shape: the sum over its copies. */
function reduced(gradient: tf.Tensor, shape: number[]): tf.Tensor {
  const axes = gradient.shape.flatMap((side, i) => {
    const own = shape[i - (gradient.rank - shape.length)]
    return own === undefined || (own === 1 && side > 1) ? [i] : []
  })
  return tf.reshape(axes.length === 0 ? gradient : tf.sum(gradient, axes), shape)
}

function single(dy: tf.Tensor | tf.Tensor[]): tf.Tensor {
  return Array.isArray(dy) ? dy[0]! : dy
}
