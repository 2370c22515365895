import type { Grid } from './grid.js'
import { PARAMETERS, type ParameterName } from './parameter.js'

/** A parameter of a grid with several values, and where they lie among the settings' indices. */
export interface GridAxis {
  readonly name: ParameterName
  readonly values: readonly number[]
  /** What the index grows by from one value to the next. */
  readonly stride: number
}

/** The axes that vary, in the order given. */
export function gridAxes(grid: Grid): GridAxis[] {
  return grid.axes
    .filter(({ values }) => values.length > 1)
    .map(({ name, values }) => {
      const faster = PARAMETERS.slice(PARAMETERS.indexOf(name) + 1)
      return {
        name,
        values,
        stride: faster.reduce((product, other) => product * grid.values[other].length, 1),
      }
    })
}

/** The place of a setting's value on an axis. */
export function placeOn({ values, stride }: GridAxis, index: number): number {
  return Math.floor(index / stride) % values.length
}
