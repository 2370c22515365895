import * as tf from '@tensorflow/tfjs-core'

/** What takes a step along a gradient; its state by name, to be kept with a checkpoint. */
export interface Optimizer {
  readonly state: ReadonlyMap<string, tf.Variable>
  /** Steps taken. */
  steps: number
  /** @param rate the learning rate of this step */
  apply(gradients: Readonly<Record<string, tf.Tensor>>, rate: number): void
  dispose(): void
}

interface AdamWOptions {
  readonly kind: 'adamw'
  readonly weightDecay: number
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
}

interface SgdOptions {
  readonly kind: 'sgd'
  readonly weightDecay: number
  readonly momentum: number
  readonly nesterov: boolean
}

export type OptimizerOptions = AdamWOptions | SgdOptions

export function createOptimizer(
  options: OptimizerOptions,
  trained: ReadonlyMap<string, tf.Variable>,
): Optimizer {
  return options.kind === 'adamw' ? new AdamW(options, trained) : new Sgd(options, trained)
}

/** Variables of an optimizer, as large as those that it trains. */
class Slots {
  readonly state = new Map<string, tf.Variable>()

  slot(kind: string, name: string, like: tf.Variable): tf.Variable {
    const zeros = tf.zerosLike(like)
    const slot = tf.variable(zeros, false)
    zeros.dispose()
    this.state.set(`${kind}.${name}`, slot)
    return slot
  }

  dispose(): void {
    for (const slot of this.state.values()) slot.dispose()
  }
}

/**
 * Adam with decoupled weight decay: I. Loshchilov, F. Hutter, "Decoupled weight decay regularization", ICLR 2019,
 * algorithm 2, as PyTorch's AdamW: every weight shrinks by rate times weightDecay, then steps by the corrected moments.
 */
class AdamW extends Slots implements Optimizer {
  steps = 0
  readonly #options: AdamWOptions
  readonly #slots: { name: string; weight: tf.Variable; first: tf.Variable; second: tf.Variable }[]

  constructor(options: AdamWOptions, trained: ReadonlyMap<string, tf.Variable>) {
    super()
    this.#options = options
    this.#slots = [...trained].map(([name, weight]) => ({
      name,
      weight,
      first: this.slot('first', name, weight),
      second: this.slot('second', name, weight),
    }))
  }

  apply(gradients: Readonly<Record<string, tf.Tensor>>, rate: number): void {
    const { beta1, beta2, epsilon, weightDecay } = this.#options
    this.steps++
    const step = rate / (1 - beta1 ** this.steps)
    const spread = Math.sqrt(1 - beta2 ** this.steps)
    for (const { name, weight, first, second } of this.#slots) {
      const gradient = gradients[name]!
      tf.tidy(() => {
        first.assign(tf.add(tf.mul(first, beta1), tf.mul(gradient, 1 - beta1)))
        second.assign(tf.add(tf.mul(second, beta2), tf.mul(tf.square(gradient), 1 - beta2)))
        const scale = tf.add(tf.div(tf.sqrt(second), spread), epsilon)
        const shrunk = tf.mul(weight, 1 - rate * weightDecay)
        weight.assign(tf.sub(shrunk, tf.mul(tf.div(first, scale), step)))
      })
    }
  }
}

/**
 * Gradient descent with momentum as PyTorch's SGD: weight decay is added to the gradient, momentum has no dampening,
 * and the first step is the plain gradient.
 */
class Sgd extends Slots implements Optimizer {
  steps = 0
  readonly #options: SgdOptions
  readonly #slots: { name: string; weight: tf.Variable; velocity: tf.Variable }[]

  constructor(options: SgdOptions, trained: ReadonlyMap<string, tf.Variable>) {
    super()
    this.#options = options
    this.#slots = [...trained].map(([name, weight]) => ({
      name,
      weight,
      velocity: this.slot('velocity', name, weight),
    }))
  }

  apply(gradients: Readonly<Record<string, tf.Tensor>>, rate: number): void {
    const { momentum, weightDecay, nesterov } = this.#options
    this.steps++
    for (const { name, weight, velocity } of this.#slots) {
      tf.tidy(() => {
        const gradient = tf.add(gradients[name]!, tf.mul(weight, weightDecay))
        // From a velocity of 0 this is the gradient itself.
        velocity.assign(tf.add(tf.mul(velocity, momentum), gradient))
        const direction = nesterov ? tf.add(gradient, tf.mul(velocity, momentum)) : velocity
        weight.assign(tf.sub(weight, tf.mul(direction, rate)))
      })
    }
  }
}
