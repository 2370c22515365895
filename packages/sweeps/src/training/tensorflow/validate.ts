import * as tf from '@tensorflow/tfjs-core'
import { micro, type Scores } from '@thresher/core'
import { postprocess, scoreImage } from '@thresher/native'
import { addTallies, NO_TALLY } from '../../score/tallies.js'
import { batchesOf, stack } from './data/batches.js'
import type { DataSet, LabelledImage } from './data/data-set.js'
import type { DbNet } from './network/db-net.js'
import { VALIDATION, VALIDATION_POSTPROCESS } from './validation-setting.js'

export interface Validation {
  readonly scores: Scores
  /** One a validation image, row by row. */
  readonly maps: readonly Float32Array[]
}

/** Scores the network on the validation images; undefined where it answers NaN. */
export async function validate(
  network: DbNet,
  { validation, size }: DataSet,
  batchSize: number,
): Promise<Validation | undefined> {
  const maps: Float32Array[] = []
  for (const batch of batchesOf(validation, batchSize)) maps.push(...probabilityMaps(network, batch, size))
  if (maps.some((map) => map.some(Number.isNaN))) return undefined
  const tallies = await Promise.all(
    maps.map(async (data, i) => {
      const boxes = await postprocess(
        { data, width: size, height: size },
        { ...VALIDATION.mode, ...VALIDATION_POSTPROCESS },
      )
      return (await scoreImage({ protocol: VALIDATION.protocol }, validation[i]!.truth, boxes)).levels[0]!
    }),
  )
  const { recallHits, recallTotal, precisionHits, precisionTotal } = tallies.reduce(addTallies, NO_TALLY)
  return { scores: micro(recallHits, recallTotal, precisionHits, precisionTotal), maps }
}

function probabilityMaps(network: DbNet, images: readonly LabelledImage[], size: number): Float32Array[] {
  const values = tf.tidy(() => {
    const pixels = stack(
      images.map((image) => image.pixels),
      size,
    )
    return tf.sigmoid(network.answer(pixels, false).probability).dataSync()
  })
  return images.map((_, i) => Float32Array.from(values.subarray(i * size * size, (i + 1) * size * size)))
}
