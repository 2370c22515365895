import { countValues, type Distribution, type ParamValue, valueAt } from '@thresher/core'

/** A grid of more cells is refused; there is no use in listing them. */
const MOST_CELLS = 5_000_000

/** Every value of a distribution; undefined where it is continuous, or there are over 5,000,000. */
export function cellsOf(distribution: Distribution): readonly ParamValue[] | undefined {
  const count = countValues(distribution)
  return count > MOST_CELLS
    ? undefined
    : Array.from({ length: count }, (_, place) => valueAt(distribution, place))
}
