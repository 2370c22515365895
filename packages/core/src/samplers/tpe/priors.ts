import { lossesOf } from '../../multi-objective/losses.js'
import type { ParamValue } from '../../space/distribution.js'
import { snap } from '../../space/param-value.js'
import type { StudySnapshot } from '../../study/study-snapshot.js'
import { type Axis, toPoint } from './axis.js'
import type { FurtherPoint } from './space-model.js'

/** Parameters that were good in an earlier study. */
export interface Prior {
  readonly [name: string]: ParamValue
}

/** The attribute of a trial that was drawn from an earlier study: the place of its point there. */
export const WARM_START_KEY = 'warm_start:point'

/** What all priors together weigh at most, in observations. */
const STRENGTH = 2

/**
 * The priors as points of the axes; those that lack a parameter or have one out of reach are left out. They weigh as
 * much as earlier points have proved worth here: twice the probability, above one half, that a trial at one is better
 * than a trial that was drawn otherwise. So they count fully while all of them win, and nothing once they do not.
 */
export function priorPoints(
  priors: readonly Prior[],
  axes: readonly Axis[],
  study: StudySnapshot,
): FurtherPoint[] {
  const points = priors.flatMap((prior) => {
    const point = Float64Array.from(axes, (axis) => pointOf(axis, prior[axis.name]))
    return point.some(Number.isNaN) ? [] : [point]
  })
  if (points.length === 0) return []
  const trust = Math.max(0, 2 * winsOfWarmTrials(study) - 1)
  if (trust === 0) return []
  return points.map((point) => ({ point, weight: (trust * STRENGTH) / points.length }))
}

/** Within the bounds as they are now, at the nearest step. */
function pointOf(axis: Axis, value: ParamValue | undefined): number {
  const { distribution } = axis
  if (distribution.kind === 'categorical') return toPoint(axis, value)
  return typeof value === 'number' ? toPoint(axis, snap(distribution, value)) : Number.NaN
}

/** The probability that a trial from an earlier study's point beats another trial, ties half; 1 before there is one. */
function winsOfWarmTrials({ trials, directions }: StudySnapshot): number {
  const warm: number[] = []
  const others: number[] = []
  for (const trial of trials) {
    if (trial.state !== 'COMPLETE' || directions.length !== 1) continue
    const loss = lossesOf(trial, directions)[0]!
    if (trial.systemAttributes.has(WARM_START_KEY)) warm.push(loss)
    // Later trials are drawn from what the earlier ones taught, and say little about where those came from.
    else if (others.length < MOST_OTHERS) others.push(loss)
  }
  if (warm.length === 0 || others.length === 0) return 1
  let wins = 0
  for (const a of warm) for (const b of others) wins += a < b ? 1 : a === b ? 0.5 : 0
  return wins / (warm.length * others.length)
}

const MOST_OTHERS = 10
