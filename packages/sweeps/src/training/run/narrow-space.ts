import {
  type Distribution,
  type FloatDistribution,
  floatDistribution,
  type IntDistribution,
  intDistribution,
  type ParamValue,
} from '@thresher/core'

type Numeric = FloatDistribution | IntDistribution

/**
 * The part of a distribution around a value: `share` of its range, on a logarithmic scale where that is how it is
 * searched, moved inwards where it would reach beyond an end. Steps stay where they are. Categories stay, and so does
 * everything where the value is no number or the share is 1.
 */
export function narrowDistribution(
  distribution: Distribution,
  value: ParamValue | undefined,
  share: number,
): Distribution {
  if (distribution.kind === 'categorical' || typeof value !== 'number' || share >= 1) return distribution
  const { log } = distribution
  const scale = log ? Math.log : (x: number) => x
  const unscale = log ? Math.exp : (x: number) => x
  const low = scale(distribution.low)
  const high = scale(distribution.high)
  const half = ((high - low) * share) / 2
  const centre = Math.min(high - half, Math.max(low + half, scale(value)))
  return between(distribution, unscale(centre - half), unscale(centre + half), value)
}

/** The distribution cut to these ends, which are moved to its steps, outwards from `value`, which stays within. */
function between(distribution: Numeric, from: number, to: number, value: number): Distribution {
  const { low, high, log } = distribution
  const within = (x: number) => Math.min(high, Math.max(low, x))
  if (distribution.kind === 'float' && distribution.step === null) {
    return floatDistribution(within(from), within(to), { log })
  }
  const step = distribution.step ?? 1
  const inside = within(value)
  const below = Math.floor((inside - low) / step + 1e-9)
  // At least one step on either side: a range of one value is nothing to search.
  const first = Math.max(0, Math.min(below - 1, Math.ceil((from - low) / step - 1e-9)))
  const most = Math.floor((high - low) / step + 1e-9)
  const last = Math.min(most, Math.max(below + 1, Math.floor((to - low) / step + 1e-9)))
  const at = (steps: number) => within(Number((low + steps * step).toPrecision(12)))
  return distribution.kind === 'int'
    ? intDistribution(at(first), at(last), log ? { log } : { step })
    : floatDistribution(at(first), at(last), { step })
}
