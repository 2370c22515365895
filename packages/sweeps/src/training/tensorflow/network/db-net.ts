import * as tf from '@tensorflow/tfjs-core'
import { createRandom } from '@thresher/core'
import { SIDE_STEP } from '../constants.js'
import { Parameters } from './parameters.js'
import { blocks, upsample } from './resample.js'

/** Channels after each halving. */
const WIDTHS = [8, 16, 32, 48, 64] as const
/** Channels of the pyramid's levels, and of each as it goes to the heads. */
const NECK = 24
const LEVEL = 12
const HEAD = [16, 8] as const

/** Answers before the sigmoid, batch x side x side x 1. */
export interface Logits {
  readonly probability: tf.Tensor4D
  readonly threshold: tf.Tensor4D
}

/**
 * A small DBNet (Liao et al. 2020, figure 3): a convolutional backbone, a feature pyramid whose levels are brought to a
 * quarter of the picture's side and joined, and two heads that bring them to the full side by transposed convolutions
 * of 2 x 2. About 90,000 weights, where ResNet-18 has 12 million.
 */
export class DbNet {
  readonly parameters: Parameters

  /** @param seed of the starting weights */
  constructor(seed: number) {
    this.parameters = new Parameters(createRandom(seed))
    // Makes the variables, in an order that is always the same.
    tf.tidy(() => {
      this.answer(tf.zeros([1, SIDE_STEP, SIDE_STEP, 1]), false)
    })
  }

  /**
   * @param images batch x side x side x 1, values around 0
   * @param training normalises by the batch, and follows its statistics
   */
  answer(images: tf.Tensor4D, training: boolean): Logits {
    const { parameters } = this
    const layer = (
      name: string,
      x: tf.Tensor4D,
      channels: number,
      options: { stride?: 1 | 2; data?: boolean } = {},
    ) => parameters.activation(name, parameters.convolution(name, x, channels, options), training)
    const stem = layer('stem', images, WIDTHS[0], { stride: 2, data: true })
    const half = layer('half', stem, WIDTHS[1])
    const quarter = layer('quarter.1', layer('quarter.0', half, WIDTHS[2], { stride: 2 }), WIDTHS[2])
    const eighth = layer('eighth.1', layer('eighth.0', quarter, WIDTHS[3], { stride: 2 }), WIDTHS[3])
    const sixteenth = layer('sixteenth', eighth, WIDTHS[4], { stride: 2 })

    const lateral = (name: string, x: tf.Tensor4D) => parameters.convolution(name, x, NECK, { size: 1 })
    const top = lateral('neck.sixteenth', sixteenth)
    const middle = tf.add(lateral('neck.eighth', eighth), upsample(top, 2)) as tf.Tensor4D
    const bottom = tf.add(lateral('neck.quarter', quarter), upsample(middle, 2)) as tf.Tensor4D
    const joined = tf.concat(
      [
        parameters.convolution('level.quarter', bottom, LEVEL),
        upsample(parameters.convolution('level.eighth', middle, LEVEL), 2),
        upsample(parameters.convolution('level.sixteenth', top, LEVEL), 4),
      ],
      3,
    )
    // Text is a small part of a picture: to begin with a quarter, as hard negative mining leaves it.
    return {
      probability: this.#head('probability', joined, training, Math.log(1 / 3)),
      threshold: this.#head('threshold', joined, training, 0),
    }
  }

  dispose(): void {
    this.parameters.dispose()
  }

  #head(name: string, x: tf.Tensor4D, training: boolean, start: number): tf.Tensor4D {
    const { parameters } = this
    const first = parameters.activation(
      `${name}.0`,
      parameters.convolution(`${name}.0`, x, HEAD[0]),
      training,
    )
    const wide = blocks(parameters.convolution(`${name}.1`, first, 4 * HEAD[1], { size: 1 }), 2)
    const second = parameters.activation(`${name}.1`, wide, training)
    const last = blocks(parameters.convolution(`${name}.2`, second, 4, { size: 1 }), 2)
    return parameters.bias(`${name}.2`, last, start)
  }
}
