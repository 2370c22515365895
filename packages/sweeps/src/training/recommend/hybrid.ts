import type { Direction, ParamValue } from '@thresher/core'
import { leadingGroup, type ParameterGroups } from '../analysis/parameter-groups.js'
import { readableBetween } from './readable.js'

/** Two means of numbers within this factor of each other are nearly alike. */
const NEAR = 2

/**
 * A setting between the baseline and the leader, which nobody ran. Of each parameter in which the two differ:
 *
 * - one with few values takes that of the two whose group has the better mean, the baseline's where they are level;
 * - a number takes the middle of the two, geometric where they are more than a factor of 2 apart (and have a sign),
 *   rounded to a digit and a half (0.00045), or finer where that is not between them; whole numbers stay whole;
 * - anything else, and what one of the two does not have, is as in the baseline.
 *
 * @returns undefined where nothing lies between the two
 */
export function hybridOf(
  baseline: Readonly<Record<string, ParamValue>>,
  leader: Readonly<Record<string, ParamValue>>,
  groups: readonly ParameterGroups[],
  direction: Direction,
): Record<string, ParamValue> | undefined {
  const hybrid: Record<string, ParamValue> = { ...leader, ...baseline }
  for (const [name, own] of Object.entries(baseline)) {
    const other = leader[name]
    if (other === undefined || other === own) continue
    const grouped = groups.find((each) => each.name === name)
    hybrid[name] =
      grouped?.kind === 'values'
        ? byGroup(own, other, grouped, direction)
        : typeof own === 'number' && typeof other === 'number'
          ? between(own, other)
          : own
  }
  const like = (setting: Readonly<Record<string, ParamValue>>) =>
    Object.entries(hybrid).every(([name, value]) => setting[name] === undefined || setting[name] === value)
  return like(baseline) || like(leader) ? undefined : hybrid
}

function byGroup(
  own: ParamValue,
  other: ParamValue,
  { groups }: ParameterGroups,
  direction: Direction,
): ParamValue {
  const two = groups.filter(({ value }) => value === own || value === other)
  if (two.length < 2) return own
  const ordered = two.toSorted((a, b) => Number(b.value === own) - Number(a.value === own))
  return leadingGroup(ordered, direction).value
}

function between(a: number, b: number): number {
  const whole = Number.isInteger(a) && Number.isInteger(b)
  const geometric = a * b > 0 && Math.max(a / b, b / a) > NEAR
  const middle = geometric ? Math.sign(a) * Math.sqrt(a * b) : a + (b - a) / 2
  if (whole) {
    const rounded = Math.round(middle)
    return rounded === b ? a : rounded
  }
  return middle === 0 ? 0 : readableBetween(middle, a, b)
}
