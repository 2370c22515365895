import * as tf from '@tensorflow/tfjs-core'
import type { Random } from '@thresher/core'
import { batchNorm, EPSILON } from './batch-norm.js'
import { conv2d, conv2dOfData } from './conv2d.js'

/** The share of the batch's statistics in the running ones at each step, as PyTorch's default. */
const MOMENTUM = 0.1

/** A network's variables by name, made on first use, so that a layer is one line where it is used. */
export class Parameters {
  /** What training changes. */
  readonly trained = new Map<string, tf.Variable>()
  /** Running means and variances of normalisations. */
  readonly running = new Map<string, tf.Variable>()
  readonly #random: Random

  constructor(random: Random) {
    this.#random = random
  }

  /**
   * A convolution without bias, weights from a normal of variance 2 / inputs (K. He et al., "Delving deep into
   * rectifiers", ICCV 2015).
   */
  convolution(
    name: string,
    x: tf.Tensor4D,
    channels: number,
    { size = 3, stride = 1, data = false }: { size?: number; stride?: 1 | 2; data?: boolean } = {},
  ): tf.Tensor4D {
    const inner = x.shape[3]
    const spread = Math.sqrt(2 / (size * size * inner))
    const filter = this.#variable(
      this.trained,
      `${name}.weight`,
      [size, size, inner, channels],
      () => spread * this.#random.normal(),
    ) as tf.Variable<tf.Rank.R4>
    if (tf.getBackend() !== 'wasm') return tf.conv2d(x, filter, stride, 'same')
    return data ? conv2dOfData(x, filter, stride) : conv2d(x, filter, stride)
  }

  /** One value a channel, added. */
  bias(name: string, x: tf.Tensor4D, start: number): tf.Tensor4D {
    return tf.add(
      x,
      this.#variable(this.trained, `${name}.bias`, [x.shape[3]], () => start),
    )
  }

  /** Batch normalisation and what is above 0 of it. */
  activation(name: string, x: tf.Tensor4D, training: boolean): tf.Tensor4D {
    const shape = [x.shape[3]]
    const gamma = this.#variable(this.trained, `${name}.gamma`, shape, () => 1) as tf.Variable<tf.Rank.R1>
    const beta = this.#variable(this.trained, `${name}.beta`, shape, () => 0) as tf.Variable<tf.Rank.R1>
    const mean = this.#variable(this.running, `${name}.mean`, shape, () => 0) as tf.Variable<tf.Rank.R1>
    const variance = this.#variable(
      this.running,
      `${name}.variance`,
      shape,
      () => 1,
    ) as tf.Variable<tf.Rank.R1>
    if (!training) return tf.relu(tf.batchNorm(x, mean, variance, beta, gamma, EPSILON)) as tf.Tensor4D
    const count = x.size / x.shape[3]
    const unbiased = count / Math.max(1, count - 1)
    const normal = batchNorm(x, gamma, beta, (batchMean, batchVariance) => {
      follow(mean, batchMean, 1)
      follow(variance, batchVariance, unbiased)
    })
    return tf.relu(normal)
  }

  dispose(): void {
    for (const variable of [...this.trained.values(), ...this.running.values()]) variable.dispose()
  }

  #variable(into: Map<string, tf.Variable>, name: string, shape: number[], start: () => number): tf.Variable {
    const known = into.get(name)
    if (known !== undefined) return known
    const values = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, start)
    const variable = tf.variable(tf.tensor(values, shape), into === this.trained)
    into.set(name, variable)
    return variable
  }
}

function follow(running: tf.Variable, value: tf.Tensor, factor: number): void {
  running.assign(tf.add(tf.mul(running, 1 - MOMENTUM), tf.mul(value, MOMENTUM * factor)))
}
