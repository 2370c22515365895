import type { ExactValues } from './exact-values.js'
import type { Pacer } from './pacer.js'
import { addWeighted, type Resamples } from './resamples.js'

/** One value of one setting on every image, to be summed over the images of every resample. */
export interface Column {
  /** Holds the setting's values, one an image, from `offset` on. */
  readonly values: ExactValues
  readonly offset: number
  /** The baseline's values, one an image, and their sums, one a resample. */
  readonly baseline: ExactValues
  readonly baselineSums: Float64Array
  /** Receives the sums, one a resample. */
  readonly sums: Float64Array
}

/** Amounts of several columns on some images each: those of column i stand from offsets[i] to offsets[i + 1] - 1. */
export interface SparseColumns {
  readonly which: Uint32Array
  readonly amounts: Float64Array
  readonly offsets: Uint32Array
}

/**
 * Sums every column over the images of every resample, at [column * count + resample], as {@link addWeighted} does, bit
 * for bit: for a program that can do it faster than this package.
 */
export type ResampleSummer = (
  resamples: Resamples,
  columns: SparseColumns,
  options: { signal?: AbortSignal | undefined },
) => Promise<Float64Array>

/** As {@link createColumnSummer}, with the sums done elsewhere. */
export function delegatedColumnSummer(
  resamples: Resamples,
  sumResamples: ResampleSummer,
  signal: AbortSignal | undefined,
): (columns: readonly Column[]) => Promise<void> {
  return async (columns) => {
    const totals = await sumResamples(resamples, differences(columns, resamples.images), { signal })
    for (const [i, { baselineSums, sums }] of columns.entries()) {
      const first = i * resamples.count
      for (let b = 0; b < resamples.count; b++) sums[b] = baselineSums[b]! + totals[first + b]!
    }
  }
}

/** What each column differs from the baseline by, on the images where it does. */
function differences(columns: readonly Column[], images: number): SparseColumns {
  const which = new Uint32Array(columns.length * images)
  const amounts = new Float64Array(columns.length * images)
  const offsets = new Uint32Array(columns.length + 1)
  let count = 0
  for (const [i, { values, offset, baseline }] of columns.entries()) {
    for (let image = 0; image < images; image++) {
      const difference = values[offset + image]! - baseline[image]!
      if (difference === 0) continue
      which[count] = image
      amounts[count] = difference
      count++
    }
    offsets[i + 1] = count
  }
  return { which: which.slice(0, count), amounts: amounts.slice(0, count), offsets }
}

/** Whole numbers below 2^52 in size, their sums and their products with counts are exact in a double. */
const EXACT_BITS = 52

/**
 * A function that sums columns over the images of every resample.
 *
 * Sums differ from the baseline's only by the images on which the setting differs, so only those are added up.
 * Several columns share a pass: where differences are whole numbers, a double holds a few of them side by side, each
 * in a lane wide enough for any resample's sum. That is exact, so sums do not depend on which columns are summed
 * together. A column with fractions has a pass of its own.
 */
export function createColumnSummer(
  resamples: Resamples,
  pacer: Pacer,
): (columns: readonly Column[]) => Promise<void> {
  const { images, count } = resamples
  const which = new Int32Array(images)
  const amounts = new Float64Array(images)
  const totals = new Float64Array(count)

  async function addAll(differing: number): Promise<void> {
    totals.fill(0)
    const slice = sliceLength(count)
    for (let from = 0; from < differing; from += slice) {
      addWeighted(totals, resamples, which, amounts, from, Math.min(from + slice, differing))
      if (pacer.due()) await pacer.pause()
    }
  }

  return async (columns) => {
    const widths = columns.map((column) => laneWidth(column, images))
    let next = 0
    while (next < columns.length) {
      const end = laneEnd(widths, next)
      const lanes = columns.slice(next, end)
      const laneWidths = widths.slice(next, end)
      await addAll(packDifferences(lanes, laneWidths, which, amounts))
      for (const [lane, column] of lanes.entries()) {
        const width = lane + 1 < lanes.length ? laneWidths[lane]! : Number.POSITIVE_INFINITY
        unpackLane(totals, width, column)
      }
      next = end
    }
  }
}

/** How many images go into one uninterrupted call: about four million multiplications. */
function sliceLength(resamples: number): number {
  return Math.max(4, Math.floor(2 ** 22 / resamples / 4) * 4)
}

/**
 * The bits of a signed lane that holds any resample's sum of the column's differences, at most images times the
 * largest in size; infinity where differences are not whole.
 */
function laneWidth({ values, offset, baseline }: Column, images: number): number {
  let largest = 0
  for (let image = 0; image < images; image++) {
    const difference = Math.abs(values[offset + image]! - baseline[image]!)
    if (!Number.isInteger(difference)) return Number.POSITIVE_INFINITY
    if (difference > largest) largest = difference
  }
  let width = 1
  while (2 ** (width - 1) <= images * largest) width++
  return width
}

/** Where the pass that starts with column `start` ends: as many columns as fit, but at least one. */
function laneEnd(widths: readonly number[], start: number): number {
  let end = start + 1
  let bits = widths[start]!
  while (end < widths.length && bits + widths[end]! <= EXACT_BITS) {
    bits += widths[end]!
    end++
  }
  return end
}

/** Lists the images on which any of the columns differs from the baseline, with all differences in one number. */
function packDifferences(
  lanes: readonly Column[],
  widths: readonly number[],
  which: Int32Array,
  amounts: Float64Array,
): number {
  let count = 0
  for (let image = 0; image < which.length; image++) {
    let packed = 0
    let scale = 1
    for (let lane = 0; lane < lanes.length; lane++) {
      const { values, offset, baseline } = lanes[lane]!
      packed += (values[offset + image]! - baseline[image]!) * scale
      scale *= 2 ** widths[lane]!
    }
    if (packed !== 0) {
      which[count] = image
      amounts[count] = packed
      count++
    }
  }
  return count
}

/** Adds the lowest lane of `totals` to the baseline's sums, and shifts the rest down. The last lane has no end. */
function unpackLane(totals: Float64Array, width: number, { baselineSums, sums }: Column): void {
  if (width === Number.POSITIVE_INFINITY) {
    for (let b = 0; b < totals.length; b++) sums[b] = baselineSums[b]! + totals[b]!
    return
  }
  const scale = 2 ** width
  for (let b = 0; b < totals.length; b++) {
    const above = Math.round(totals[b]! / scale)
    sums[b] = baselineSums[b]! + (totals[b]! - above * scale)
    totals[b] = above
  }
}
