import * as tf from '@tensorflow/tfjs-core'
import { createRandom } from '@thresher/core'
import type { TargetTensors } from '../loss.js'
import type { LabelledImage } from './data-set.js'

/** Training images in the order of an epoch, `size` at a time, the last batch with what is left. */
export function* batchesOf<T>(images: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < images.length; start += size) yield images.slice(start, start + size)
}

/** A random order that depends on seed and epoch alone, so that a run that goes on sees what it would have seen. */
export function shuffled<T>(items: readonly T[], seed: number, epoch: number): T[] {
  const random = createRandom(seed * 4096 + epoch)
  const order = [...items]
  for (let i = order.length - 1; i > 0; i--) {
    const other = random.int(i + 1)
    ;[order[i], order[other]] = [order[other]!, order[i]!]
  }
  return order
}

/** One array of all images' values, batch x side x side x 1. */
export function stack(arrays: readonly Float32Array[], size: number): tf.Tensor4D {
  const area = size * size
  const joined = new Float32Array(arrays.length * area)
  for (const [i, array] of arrays.entries()) joined.set(array, i * area)
  return tf.tensor4d(joined, [arrays.length, size, size, 1])
}

export function stackTargets(images: readonly LabelledImage[], size: number): TargetTensors {
  const of = (name: keyof TargetTensors) =>
    stack(
      images.map(({ targets }) => targets[name]),
      size,
    )
  return { shrunk: of('shrunk'), judged: of('judged'), threshold: of('threshold'), border: of('border') }
}
