import type { Pacer } from './pacer.js'
import type { Random } from './random.js'

/** Bootstrap resamples of images, as counts: how often each image occurs in each resample. */
export interface Resamples {
  readonly images: number
  readonly count: number
  /** images x count, at [image * count + resample]. */
  readonly occurrences: Uint8Array
}

/**
 * Draws `count` resamples of `images` images with replacement, each as large as the set.
 * A byte holds an occurrence: among 256 or more images one that comes 256 times has probability below 1e-500.
 */
export async function drawResamples(
  images: number,
  count: number,
  random: Random,
  pacer: Pacer,
): Promise<Resamples> {
  const occurrences = new Uint8Array(images * count)
  let sinceCheck = 0
  for (let b = 0; b < count; b++) {
    for (let draw = 0; draw < images; draw++) {
      const at = random.int(images) * count + b
      occurrences[at] = occurrences[at]! + 1
    }
    sinceCheck += images
    if (sinceCheck >= 50_000) {
      sinceCheck = 0
      if (pacer.due()) await pacer.pause()
    }
  }
  return { images, count, occurrences }
}

/**
 * Adds to `sums[b]`, for every resample b, the sum of `amounts[j]` times the occurrences of image `which[j]`, for j
 * from `from` to `to` - 1. The order of additions depends on `from` and `to` alone, in steps of four.
 */
export function addWeighted(
  sums: Float64Array,
  { occurrences, count }: Resamples,
  which: Int32Array,
  amounts: Float64Array,
  from: number,
  to: number,
): void {
  let j = from
  // Four images a pass: the sums are read and written a quarter as often (1.2 ns an addend, 2.5 ns one at a time).
  for (; j + 3 < to; j += 4) {
    const row0 = which[j]! * count
    const row1 = which[j + 1]! * count
    const row2 = which[j + 2]! * count
    const row3 = which[j + 3]! * count
    const amount0 = amounts[j]!
    const amount1 = amounts[j + 1]!
    const amount2 = amounts[j + 2]!
    const amount3 = amounts[j + 3]!
    for (let b = 0; b < count; b++) {
      sums[b] =
        sums[b]! +
        (amount0 * occurrences[row0 + b]! +
          amount1 * occurrences[row1 + b]! +
          amount2 * occurrences[row2 + b]! +
          amount3 * occurrences[row3 + b]!)
    }
  }
  for (; j < to; j++) {
    const row = which[j]! * count
    const amount = amounts[j]!
    for (let b = 0; b < count; b++) sums[b] = sums[b]! + amount * occurrences[row + b]!
  }
}
