import type { Random } from '../../random.js'
import type { Distribution, ParamValue } from '../../space/distribution.js'
import { indexOfChoice } from '../../space/param-value.js'
import { fromUnit, toUnit } from '../../space/transform.js'

/**
 * A value near another one: a normal step of `step` of the range, on the parameter's scale, mirrored at the bounds; at
 * least one step of a stepped parameter; of a category another one, all as likely.
 */
export function mutate(
  distribution: Distribution,
  value: ParamValue,
  step: number,
  random: Random,
): ParamValue {
  if (distribution.kind === 'categorical') {
    const { choices } = distribution
    const others = choices.length - 1
    const place = random.int(others)
    return choices[place < indexOfChoice(choices, value) ? place : place + 1]!
  }
  const place = toUnit(distribution, value)
  const direction = random.next() < 0.5 ? -1 : 1
  const distance = Math.abs(random.normal()) * step
  const moved = fromUnit(distribution, mirrored(place + direction * distance))
  if (moved !== value || distribution.step === null) return moved
  const next = (value as number) + direction * distribution.step
  const inside = next >= distribution.low && next <= distribution.high
  return fromUnit(
    distribution,
    toUnit(distribution, inside ? next : (value as number) - direction * distribution.step),
  )
}

/** A place on the line, folded into [0, 1]. */
export function mirrored(place: number): number {
  const folded = Math.abs(place) % 2
  return folded > 1 ? 2 - folded : folded
}
