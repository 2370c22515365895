import type { Random } from '../../random.js'
import type { Axis } from './axis.js'
import type { SpaceModel } from './space-model.js'
import { type Division, UNUSED } from './trial-split.js'

/** A category that a draw is made for. */
export interface FixedCategory {
  /** The axis's place in the space. */
  readonly axis: number
  readonly category: number
}

/**
 * A category that was tried least, of one of the space's categorical axes, all as likely; undefined where there are
 * none. Trials that the estimators do not use do not count.
 */
export function leastTried(
  { axes, points, known }: SpaceModel,
  { roles }: Division,
  trials: number,
  random: Random,
): FixedCategory | undefined {
  const categorical = axes.flatMap(({ kind }, a) => (kind === 'categorical' ? [a] : []))
  if (categorical.length === 0) return undefined
  const axis = categorical[random.int(categorical.length)]!
  const counts = new Array<number>(axes[axis]!.categories).fill(0)
  for (let place = 0; place < trials; place++) {
    if (roles[place] !== UNUSED && known[place] === 1) counts[points[axis]![place]!]!++
  }
  const least = Math.min(...counts)
  const categories = counts.flatMap((count, category) => (count === least ? [category] : []))
  return { axis, category: categories[random.int(categories.length)]! }
}

/** The other axes as a space. */
export function withoutAxis(axes: readonly Axis[], axis: number): Map<string, Axis['distribution']> {
  return new Map(axes.flatMap((other, a) => (a === axis ? [] : [[other.name, other.distribution]])))
}
