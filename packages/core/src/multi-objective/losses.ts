import type { Direction } from '../study/study-snapshot.js'
import type { TrialRecord } from '../trial/trial-record.js'

/** A trial's values as losses, all to be made small: negated where the direction is `maximize`. */
export function lossesOf(
  { values }: Pick<TrialRecord, 'values'>,
  directions: readonly Direction[],
): number[] {
  return directions.map((direction, i) => {
    const value = values?.[i] ?? Number.POSITIVE_INFINITY
    return direction === 'maximize' && values !== undefined ? -value : value
  })
}
