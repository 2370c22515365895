import * as tf from '@tensorflow/tfjs-core'
import { stack, stackTargets } from './data/batches.js'
import type { LabelledImage } from './data/data-set.js'
import { dbLoss, hardNegatives } from './loss.js'
import type { DbNet } from './network/db-net.js'
import type { Optimizer } from './optimizers.js'

/** The losses of a step; see {@link dbLoss}. */
export interface StepLosses {
  readonly total: number
  readonly probability: number
  readonly binary: number
  readonly threshold: number
}

/**
 * One step of training on a batch.
 * @returns the losses before it; where their sum is not finite, the weights stay as they were
 */
export function trainingStep(
  network: DbNet,
  optimizer: Optimizer,
  images: readonly LabelledImage[],
  size: number,
  rate: number,
): StepLosses {
  return tf.tidy(() => {
    const pixels = stack(
      images.map((image) => image.pixels),
      size,
    )
    const targets = stackTargets(images, size)
    const { trained } = network.parameters
    let parts: tf.Tensor | undefined
    const { grads } = tf.variableGrads(() => {
      const logits = network.answer(pixels, true)
      const marks = hardNegatives(
        logits.probability.dataSync() as Float32Array,
        targets.shrunk.dataSync() as Float32Array,
        targets.judged.dataSync() as Float32Array,
      )
      const loss = dbLoss(logits, targets, tf.tensor4d(marks, logits.probability.shape))
      parts = tf.keep(tf.stack([loss.total, loss.probability, loss.binary, loss.threshold]))
      return loss.total
    }, [...trained.values()])
    const [total, probability, binary, threshold] = parts!.dataSync()
    parts!.dispose()
    if (Number.isFinite(total)) {
      optimizer.apply(
        Object.fromEntries([...trained].map(([name, variable]) => [name, grads[variable.name]!])),
        rate,
      )
    }
    return { total: total!, probability: probability!, binary: binary!, threshold: threshold! }
  })
}
