import * as tf from '@tensorflow/tfjs-core'
import type { Logits } from './network/db-net.js'

/** The slope of differentiable binarisation, k (Liao et al. 2020, section 3.3). */
const SLOPE = 50
/** Negatives a positive in the probability map's loss. */
const NEGATIVE_RATIO = 3
/** As the authors' code has them; the paper writes Ls + 1 Lb + 10 Lt, with cross entropy for Lb too. */
const LOSS_WEIGHTS = { probability: 5, binary: 1, threshold: 10 } as const
const EPSILON = 1e-6

/** Targets of a batch, each batch x side x side x 1; see data/targets.ts. */
export interface TargetTensors {
  readonly shrunk: tf.Tensor4D
  readonly judged: tf.Tensor4D
  readonly threshold: tf.Tensor4D
  readonly border: tf.Tensor4D
}

export interface DbLoss {
  readonly total: tf.Scalar
  readonly probability: tf.Scalar
  readonly binary: tf.Scalar
  readonly threshold: tf.Scalar
}

/**
 * The loss of DBNet: 5 times the cross entropy of the probability map with hard negatives mined 3 to 1, plus the dice
 * loss of the binary map 1 / (1 + exp(-k (P - T))), plus 10 times the mean absolute error of the threshold map in the
 * grown regions.
 *
 * @param hardest which negatives count, of {@link hardNegatives}
 */
export function dbLoss(logits: Logits, targets: TargetTensors, hardest: tf.Tensor4D): DbLoss {
  const { shrunk, judged } = targets
  const positives = tf.mul(shrunk, judged)
  const counted = tf.add(positives, hardest)
  const probability = tf.div(
    tf.sum(tf.mul(crossEntropy(logits.probability, shrunk), counted)),
    tf.add(tf.sum(counted), EPSILON),
  ) as tf.Scalar

  const map = tf.sigmoid(logits.probability)
  const limit = tf.sigmoid(logits.threshold)
  const binary = tf.mul(tf.sigmoid(tf.mul(tf.sub(map, limit), SLOPE)), judged)
  const both = tf.sum(tf.mul(binary, positives))
  const dice = tf.sub(
    1,
    tf.div(tf.mul(both, 2), tf.add(tf.add(tf.sum(binary), tf.sum(positives)), EPSILON)),
  ) as tf.Scalar

  const error = tf.mul(tf.abs(tf.sub(limit, targets.threshold)), targets.border)
  const threshold = tf.div(tf.sum(error), tf.add(tf.sum(targets.border), EPSILON)) as tf.Scalar

  const total = tf.add(
    tf.add(tf.mul(probability, LOSS_WEIGHTS.probability), tf.mul(dice, LOSS_WEIGHTS.binary)),
    tf.mul(threshold, LOSS_WEIGHTS.threshold),
  ) as tf.Scalar
  return { total, probability, binary: dice, threshold }
}

/** Cross entropy of sigmoid(z) with y, pixel by pixel: log(1 + exp(z)) - y z, which never overflows. */
function crossEntropy(logits: tf.Tensor4D, labels: tf.Tensor4D): tf.Tensor4D {
  return tf.sub(tf.softplus(logits), tf.mul(labels, logits))
}

/**
 * Marks the hardest negatives of a batch, three a positive: those with the highest answers, because a negative's cross
 * entropy rises with its logit. Among equals the first are taken.
 *
 * @param logits of the probability map
 * @param shrunk 1 at positives
 * @param judged 0 at what counts for nothing
 */
export function hardNegatives(
  logits: Float32Array,
  shrunk: Float32Array,
  judged: Float32Array,
): Float32Array {
  const marks = new Float32Array(logits.length)
  let positives = 0
  const negatives: number[] = []
  for (let i = 0; i < logits.length; i++) {
    if (judged[i] === 0) continue
    if (shrunk[i] === 1) positives++
    else negatives.push(logits[i]!)
  }
  const wanted = Math.min(negatives.length, NEGATIVE_RATIO * positives)
  if (wanted === 0) return marks
  const sorted = Float32Array.from(negatives).sort()
  const least = sorted[sorted.length - wanted]!
  let ties = wanted
  for (let i = sorted.length - 1; i >= 0 && sorted[i]! > least; i--) ties--
  for (let i = 0; i < logits.length; i++) {
    if (judged[i] === 0 || shrunk[i] === 1 || logits[i]! < least) continue
    if (logits[i] === least && ties-- <= 0) continue
    marks[i] = 1
  }
  return marks
}
