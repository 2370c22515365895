import { type Column, createColumnSummer, delegatedColumnSummer, type ResampleSummer } from './column-sums.js'
import { rowsEqual } from './distinct.js'
import type { Channel } from './estimator.js'
import type { Pacer } from './pacer.js'
import type { Resamples } from './resamples.js'

/** Sums every channel over the images of every resample, a few settings at a time. */
export interface SettingSummer {
  /** The most settings that one call of `sum` takes. */
  readonly groupSize: number
  /** The baseline's sums: a channel, then a resample. */
  readonly baselineSums: readonly Float64Array[]
  /** The settings' sums: a setting of the group, a channel, a resample. They hold until the next call. */
  sum(group: Int32Array): Promise<readonly Float64Array[][]>
}

// Enough for columns to share passes, few enough for their sums to stay in the cache.
const GROUP_SIZE = 8
// What is summed elsewhere pays for the way there.
const DELEGATED_GROUP_SIZE = 64

/** A summer for `channels`, which are those of one estimator; the sums are done by `delegate` where it is given. */
export async function createSettingSummer(
  channels: readonly Channel[],
  resamples: Resamples,
  pacer: Pacer,
  delegate?: { readonly sumResamples: ResampleSummer; readonly signal: AbortSignal | undefined },
): Promise<SettingSummer> {
  const { images, count } = resamples
  const sumColumns = delegate
    ? delegatedColumnSummer(resamples, delegate.sumResamples, delegate.signal)
    : createColumnSummer(resamples, pacer)
  const groupSize = delegate ? DELEGATED_GROUP_SIZE : GROUP_SIZE
  const newSums = () => channels.map(() => new Float64Array(count))

  const baselineSums = newSums()
  const nothing = { baseline: new Float64Array(images), baselineSums: new Float64Array(count) }
  await sumColumns(
    channels.map(({ baseline }, c) => ({ ...nothing, values: baseline, offset: 0, sums: baselineSums[c]! })),
  )

  const twins = channels.map((_, c) => twinOf(channels, c))
  const buffers = Array.from({ length: groupSize }, newSums)

  async function sum(group: Int32Array): Promise<readonly Float64Array[][]> {
    const columns: Column[] = []
    const sums = Array.from(group, (setting, place) => {
      const ofSetting: Float64Array[] = []
      for (const [c, { values, baseline }] of channels.entries()) {
        const twin = twins[c]
        if (twin !== undefined && rowsEqual(values, setting, channels[twin]!.values, setting, images)) {
          ofSetting.push(ofSetting[twin]!)
          continue
        }
        const buffer = buffers[place]![c]!
        columns.push({
          values,
          offset: setting * images,
          baseline,
          baselineSums: baselineSums[c]!,
          sums: buffer,
        })
        ofSetting.push(buffer)
      }
      return ofSetting
    })
    await sumColumns(columns)
    return sums
  }

  return { groupSize, baselineSums, sum }
}

/**
 * The first channel before `c` with the same baseline values: where a setting's values are the same too, as the hits
 * of recall and of precision are in one-to-one matching, so are their sums.
 */
function twinOf(channels: readonly Channel[], c: number): number | undefined {
  const { baseline } = channels[c]!
  const twin = channels
    .slice(0, c)
    .findIndex((other) => rowsEqual(other.baseline, 0, baseline, 0, baseline.length))
  return twin < 0 ? undefined : twin
}
