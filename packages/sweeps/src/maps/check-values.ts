import { InputError } from '@thresher/core'
import type { ProbabilityMap } from '@thresher/native'

export interface ValueRange {
  low: number
  high: number
}

/**
 * Checks that every value is finite and returns the range of the values where it leaves 0 to 1.
 *
 * @param subject The map, for the message.
 * @throws InputError naming row and column of the first NaN or infinity.
 */
export function checkValues(map: ProbabilityMap, subject: string): ValueRange | undefined {
  const { data } = map
  let outside: ValueRange | undefined
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!
    if (value >= 0 && value <= 1) continue
    if (!Number.isFinite(value)) throw notFinite(map, i, subject)
    outside ??= { low: 0, high: 1 }
    if (value < outside.low) outside.low = value
    if (value > outside.high) outside.high = value
  }
  return outside
}

function notFinite(map: ProbabilityMap, index: number, subject: string): InputError {
  const row = Math.floor(index / map.width)
  const value = map.data[index]!
  const name = Number.isNaN(value) ? 'NaN' : value > 0 ? 'infinity' : '-infinity'
  return new InputError(
    `${subject} is ${name} at row ${row}, column ${index - row * map.width} (from 0); a probability is a finite number. Check the network's output with np.isfinite before saving.`,
  )
}
