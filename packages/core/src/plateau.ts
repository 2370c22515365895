import { type BootstrapOptions, pairedBootstrap } from './bootstrap.js'
import type { Grid } from './grid.js'
import { gridAxes, placeOn } from './neighbours.js'
import type { ParameterName } from './parameter.js'
import { type ImageStatistics, statisticsOf } from './statistics.js'

/** Settings around the best one that the data cannot tell from it. */
export interface Plateau {
  /** Indices in the grid, ascending; the best one is among them. */
  readonly settings: readonly number[]
  /** For every parameter that varies, in the order given, the least and the largest value among them. */
  readonly ranges: readonly { readonly name: ParameterName; readonly low: number; readonly high: number }[]
}

/**
 * The settings joined to `best` by steps of one value of one parameter, none of which differs from it beyond noise: the
 * max-statistic test of {@link pairedBootstrap} with `best` in the baseline's place. What is tied but lies apart is
 * another plateau.
 */
export async function plateauAround(
  grid: Grid,
  stats: ImageStatistics,
  best: number,
  options: BootstrapOptions = {},
): Promise<Plateau> {
  const { statistic, criticalValue } = await pairedBootstrap(stats, statisticsOf(stats, best), options)
  const tied = (setting: number) => Math.abs(statistic[setting]!) <= criticalValue
  const axes = gridAxes(grid)
  const found = new Set([best])
  for (const setting of found) {
    for (const axis of axes) {
      const place = placeOn(axis, setting)
      if (place > 0 && tied(setting - axis.stride)) found.add(setting - axis.stride)
      if (place + 1 < axis.values.length && tied(setting + axis.stride)) found.add(setting + axis.stride)
    }
  }
  const settings = [...found].sort((a, b) => a - b)
  const ranges = axes.map((axis) => {
    const places = settings.map((setting) => placeOn(axis, setting))
    const [least, most] = places.reduce(
      ([low, high], place) => [Math.min(low, place), Math.max(high, place)],
      [Number.POSITIVE_INFINITY, 0],
    )
    return { name: axis.name, low: axis.values[least]!, high: axis.values[most]! }
  })
  return { settings, ranges }
}
