import type { CellTable, Row } from './cell-table.js'
import { roughExp } from './rough-exp.js'
import type { AgeWeights } from './weights.js'

/**
 * The inner loops of {@link AboveDensity}: the logarithms of a block of kernels at one point, added up axis after axis,
 * each time without the kernels that have fallen below a cut. Kernels are named by their slots in a leaf. No branch
 * depends on a kernel before the sum, which is what makes it quick: every function returns how many are left.
 */

/** Kernels a block at most. */
export const BLOCK = 128

/** The kernels of a block that are not negligible yet: their slots, and their logarithms so far. */
const slots = new Int32Array(BLOCK)
const logs = new Float64Array(BLOCK)

/** The kernels of a part of a leaf, by their factors. */
export function collect(from: number, to: number, cut: number, factor: Float64Array): number {
  let left = 0
  for (let i = from; i < to; i++) {
    const log = factor[i]!
    slots[left] = i
    logs[left] = log
    left += Number(log >= cut)
  }
  return left
}

/** The same with a continuous axis: minus the squared distance in units of the kernel. */
export function collectNear(
  from: number,
  to: number,
  cut: number,
  factor: Float64Array,
  x: number,
  centres: Float64Array,
  scales: Float64Array,
): number {
  let left = 0
  for (let i = from; i < to; i++) {
    const z = (x - centres[i]!) * scales[i]!
    const log = factor[i]! - z * z
    slots[left] = i
    logs[left] = log
    left += Number(log >= cut)
  }
  return left
}

/** Adds a continuous axis. */
export function addDensity(
  count: number,
  cut: number,
  x: number,
  centres: Float64Array,
  scales: Float64Array,
): number {
  let left = 0
  for (let k = 0; k < count; k++) {
    const i = slots[k]!
    const z = (x - centres[i]!) * scales[i]!
    const log = logs[k]! - z * z
    slots[left] = i
    logs[left] = log
    left += Number(log >= cut)
  }
  return left
}

export function addCategory(count: number, cut: number, categories: Float64Array, ids: Int32Array): number {
  let left = 0
  for (let k = 0; k < count; k++) {
    const i = slots[k]!
    const log = logs[k]! + categories[ids[i]!]!
    slots[left] = i
    logs[left] = log
    left += Number(log >= cut)
  }
  return left
}

export function addCell(count: number, cut: number, row: Row, ids: Int32Array, table: CellTable): number {
  let left = 0
  for (let k = 0; k < count; k++) {
    const i = slots[k]!
    const id = ids[i]!
    const known = row.logMasses[id]!
    const log = logs[k]! + (Number.isNaN(known) ? table.fill(row, id) : known)
    slots[left] = i
    logs[left] = log
    left += Number(log >= cut)
  }
  return left
}

/** A density so far: `value` times exp(`reference`). */
export interface Sum {
  reference: number
  value: number
}

/** Adds the kernels that are left to a sum; `rank` is by trial, the place among the observations by age. */
export function addUp(
  sum: Sum,
  left: number,
  weights: AgeWeights,
  rank: Int32Array,
  trials: Int32Array,
): void {
  const { ramp, first, slope } = weights
  let { reference, value } = sum
  for (let k = 0; k < left; k++) {
    let e = logs[k]! - reference
    if (e > HIGHEST) {
      value *= Math.exp(-e)
      reference = logs[k]!
      e = 0
    }
    const place = rank[trials[slots[k]!]!]!
    value += (place < ramp ? first + place * slope : 1) * Math.exp(e)
  }
  sum.value = value
  sum.reference = reference
}

/** The same by {@link roughExp}: what is added falls short by the factor exp(-{@link ROUGHNESS}) at most. */
export function addUpRoughly(
  sum: Sum,
  left: number,
  weights: AgeWeights,
  rank: Int32Array,
  trials: Int32Array,
): void {
  const { ramp, first, slope } = weights
  const { reference } = sum
  let { value } = sum
  for (let k = 0; k < left; k++) {
    const e = logs[k]! - reference
    if (e > HIGHEST) {
      addUp(sum, left, weights, rank, trials)
      return
    }
    const place = rank[trials[slots[k]!]!]!
    value += (place < ramp ? first + place * slope : 1) * roughExp(e)
  }
  sum.value = value
}

/** Logarithms beyond this are not added but become the reference. */
const HIGHEST = 600
