import { InputError } from '../errors.js'
import type { Schedule } from './schedule.js'

/** The values of epochs 0 to `epochs` - 1. */
export function curveOf(schedule: Pick<Schedule, 'at'>, epochs: number): Float64Array {
  if (!Number.isSafeInteger(epochs) || epochs < 0) {
    throw new InputError(`curveOf: epochs is ${epochs}; give a whole number from 0 up.`)
  }
  return Float64Array.from({ length: epochs }, (_, epoch) => schedule.at(epoch))
}

const BLOCKS = '▁▂▃▄▅▆▇█'

/**
 * Values as a line of block characters, from the lowest of them to the highest; more values than `width` are averaged
 * by cell, fewer give a shorter line. A cell without a finite value is blank; equal values lie in the middle.
 *
 * @param width cells, at least 1
 */
export function sparkline(values: ArrayLike<number>, width: number): string {
  if (!Number.isSafeInteger(width) || width < 1) {
    throw new InputError(`sparkline: width is ${width}; give a whole number from 1 up.`)
  }
  const cells = Array.from({ length: Math.min(width, values.length) }, (_, cell) => {
    const from = Math.floor((cell * values.length) / Math.min(width, values.length))
    const to = Math.floor(((cell + 1) * values.length) / Math.min(width, values.length))
    return meanOfFinite(values, from, to)
  })
  const finite = cells.filter(Number.isFinite)
  const low = Math.min(...finite)
  const range = Math.max(...finite) - low
  return cells
    .map((value) => {
      if (!Number.isFinite(value)) return ' '
      const height = range === 0 ? 3 : Math.min(7, Math.floor(((value - low) / range) * 8))
      return BLOCKS[height]
    })
    .join('')
}

function meanOfFinite(values: ArrayLike<number>, from: number, to: number): number {
  let sum = 0
  let count = 0
  for (let i = from; i < to; i++) {
    if (!Number.isFinite(values[i]!)) continue
    sum += values[i]!
    count++
  }
  return count === 0 ? Number.NaN : sum / count
}
