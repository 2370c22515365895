import { minimizeBrent } from '../../mathematics/brent.js'
import { minimizeLbfgsb } from '../../mathematics/lbfgs-b.js'
import type { Acquisition } from './acquisition.js'
import type { UnitSpace } from './unit-space.js'

/** Discrete parameters of at most so many values are tried one by one. */
const EXHAUSTIVE = 16
const ROUNDS = 100

export interface Candidate {
  readonly x: Float64Array
  readonly value: number
}

/**
 * Climbs from a point of the space to where neither the continuous parameters together nor any discrete one alone
 * improve the acquisition: L-BFGS-B over the former, exhaustive or Brent's search over each of the latter, in turn.
 */
export function climb(acquisition: Acquisition, space: UnitSpace, start: Candidate): Candidate {
  const continuous: number[] = []
  const discrete: number[] = []
  for (let i = 0; i < space.dimension; i++) (space.sizes[i] === 0 ? continuous : discrete).push(i)
  let best = start
  for (let round = 0; round < ROUNDS; round++) {
    if (continuous.length > 0) best = climbContinuous(acquisition, continuous, best)
    const settled = best
    for (const i of discrete) {
      best =
        space.categorical[i] === 1 || space.sizes[i]! <= EXHAUSTIVE
          ? tryAll(acquisition, space, i, best)
          : searchLine(acquisition, space, i, best)
    }
    if (best === settled) break
  }
  return best
}

/** In units of the length-scales, in which the acquisition is about as steep in every direction. */
function climbContinuous(
  acquisition: Acquisition,
  continuous: readonly number[],
  start: Candidate,
): Candidate {
  const scales = Float64Array.from(continuous, (i) => acquisition.lengthScales[i]!)
  const x = start.x.slice()
  const gradient = new Float64Array(x.length)
  const minimum = minimizeLbfgsb(
    (scaled, scaledGradient) => {
      for (const [k, i] of continuous.entries()) x[i] = Math.min(1, scaled[k]! * scales[k]!)
      const value = acquisition.evaluate(x, gradient)
      for (const [k, i] of continuous.entries()) scaledGradient[k] = -gradient[i]! * scales[k]!
      return -value
    },
    Float64Array.from(continuous, (i, k) => start.x[i]! / scales[k]!),
    {
      lower: new Float64Array(continuous.length),
      upper: scales.map((scale) => 1 / scale),
      gradientTolerance: 1e-2,
      iterations: 200,
    },
  )
  if (!(-minimum.value > start.value)) return start
  for (const [k, i] of continuous.entries()) x[i] = Math.min(1, minimum.x[k]! * scales[k]!)
  return { x, value: -minimum.value }
}

function tryAll(acquisition: Acquisition, space: UnitSpace, i: number, start: Candidate): Candidate {
  let best = start
  for (let k = 0; k < space.sizes[i]!; k++) best = better(acquisition, start, i, space.coordinate(i, k), best)
  return best
}

/** Along the parameter as if it were continuous, then the steps around the optimum. */
function searchLine(acquisition: Acquisition, space: UnitSpace, i: number, start: Candidate): Candidate {
  const last = space.sizes[i]! - 1
  const x = start.x.slice()
  const along = (coordinate: number) => {
    x[i] = coordinate
    return -acquisition.evaluate(x)
  }
  const low = space.coordinate(i, 0)
  const high = space.coordinate(i, last)
  const nearest = space.nearest(i, minimizeBrent(along, low, high, start.x[i]!, (high - low) / last / 4))
  let best = start
  for (const k of [nearest - 1, nearest, nearest + 1]) {
    if (k >= 0 && k <= last) best = better(acquisition, start, i, space.coordinate(i, k), best)
  }
  return best
}

/** `best`, or `start` with another coordinate where that is better. */
function better(
  acquisition: Acquisition,
  start: Candidate,
  i: number,
  coordinate: number,
  best: Candidate,
): Candidate {
  if (coordinate === start.x[i]) return best
  const x = start.x.slice()
  x[i] = coordinate
  const value = acquisition.evaluate(x)
  return value > best.value ? { x, value } : best
}
