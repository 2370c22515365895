import type { Scores } from '@thresher/core'
import type { Tally } from '@thresher/native'

/**
 * The mean of images' scores as the receipt competition's code computes it: torch keeps an image's scores as 32-bit
 * floats, and NumPy sums those pairwise in 32 bits. Differs from the mean in doubles by about 1e-7.
 */
export function float32Scores(tallies: readonly Tally[]): Scores {
  const images = tallies.map(imageScores)
  const mean = (name: keyof Scores) =>
    images.length === 0
      ? 0
      : Math.fround(pairwiseSum(Float32Array.from(images, (image) => image[name])) / images.length)
  return { precision: mean('precision'), recall: mean('recall'), hmean: mean('hmean') }
}

function imageScores({ recallHits, recallTotal, precisionHits, precisionTotal }: Tally): Scores {
  const { fround } = Math
  const ratio = (hits: number, total: number) =>
    total === 0 ? 0 : fround(fround(Math.max(0, hits)) / fround(total))
  const recall = ratio(recallHits, recallTotal)
  const precision = ratio(precisionHits, precisionTotal)
  const sum = fround(recall + precision)
  const hmean = sum === 0 ? 0 : fround(fround(fround(2 * recall) * precision) / sum)
  return { precision, recall, hmean }
}

const UNROLLED = 8
const LARGEST_BLOCK = 128

/** NumPy's pairwise summation of float32 (numpy/_core/src/umath/loops_utils.h.src): eight sums side by side. */
function pairwiseSum(values: Float32Array): number {
  const { length } = values
  const add = (a: number, b: number) => Math.fround(a + b)
  if (length < UNROLLED) return values.reduce(add, 0)
  if (length > LARGEST_BLOCK) {
    const half = Math.floor(length / 2)
    const split = half - (half % UNROLLED)
    return add(pairwiseSum(values.subarray(0, split)), pairwiseSum(values.subarray(split)))
  }
  const sums = values.slice(0, UNROLLED)
  const whole = length - (length % UNROLLED)
  for (let i = UNROLLED; i < whole; i++) sums[i % UNROLLED] = add(sums[i % UNROLLED]!, values[i]!)
  const [a, b, c, d, e, f, g, h] = sums as unknown as readonly [
    ...[number, number, number, number],
    ...[number, number, number, number],
  ]
  const blocks = add(add(add(a, b), add(c, d)), add(add(e, f), add(g, h)))
  return values.subarray(whole).reduce(add, blocks)
}
