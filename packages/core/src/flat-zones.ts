import type { Grid } from './grid.js'
import { gridAxes, placeOn } from './neighbours.js'
import type { ParameterName } from './parameter.js'
import { type ImageStatistics, sameStatistics } from './statistics.js'

/** Neighbouring values of a parameter that score alike on every image: one setting under several names. */
export interface FlatZone {
  readonly name: ParameterName
  readonly low: number
  readonly high: number
  /** How many values of the grid. */
  readonly values: number
}

/** The flat zones of every parameter, the others as in the setting at `index`; parameters in the order given. */
export function flatZones(grid: Grid, stats: ImageStatistics, index: number): FlatZone[] {
  return gridAxes(grid).flatMap((axis) => {
    const { name, values, stride } = axis
    const first = index - placeOn(axis, index) * stride
    const zones: FlatZone[] = []
    let start = 0
    for (let place = 1; place <= values.length; place++) {
      const before = first + (place - 1) * stride
      if (place < values.length && sameStatistics(stats, before, before + stride)) continue
      if (place - start > 1) {
        zones.push({ name, low: values[start]!, high: values[place - 1]!, values: place - start })
      }
      start = place
    }
    return zones
  })
}
