import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom, type Random } from '../../../src/random.js'
import { AboveDensity } from '../../../src/samplers/tpe/above-density.js'
import { type Axis, axesOf, toPoint, toValue } from '../../../src/samplers/tpe/axis.js'
import { ParzenMixture } from '../../../src/samplers/tpe/parzen.js'
import { ageWeight } from '../../../src/samplers/tpe/weights.js'
import {
  categoricalDistribution,
  floatDistribution,
  intDistribution,
} from '../../../src/space/build-distribution.js'
import type { Distribution } from '../../../src/space/distribution.js'
import { fromUnit } from '../../../src/space/transform.js'

const DISTRIBUTIONS: readonly Distribution[] = [
  floatDistribution(-1, 3),
  floatDistribution(1e-5, 0.1, { log: true }),
  floatDistribution(0, 1, { step: 0.25 }),
  intDistribution(5, 50, { step: 5 }),
  intDistribution(1, 1024, { log: true }),
  categoricalDistribution(['a', 'b', 'c']),
  categoricalDistribution([true, false]),
]

const spaces = fc
  .subarray(DISTRIBUTIONS as Distribution[], { minLength: 1 })
  .map((chosen) => axesOf(new Map(chosen.map((distribution, i) => [`p${i}`, distribution]))))

describe('AboveDensity', () => {
  it('is the mixture of its members, whatever came and went before', () => {
    fc.assert(
      fc.property(spaces, fc.nat(1e6), fc.integer({ min: 1, max: 400 }), (axes, seed, count) => {
        const random = createRandom(seed)
        const points = columnsOf(axes, count, random)
        const density = new AboveDensity(axes)
        const wanted = new Uint8Array(count)
        for (let step = 0; step < 12; step++) {
          const touched = change(step, wanted, points, axes, random)
          density.update(count, wanted, points, touched)
          const mixture = mixtureOf(axes, wanted, points)
          for (let i = 0; i < 4; i++) {
            const point = Float64Array.from(axes, (axis) => anyPoint(axis, random))
            expectClose(density.logDensity(point), mixture.logDensity(point))
          }
        }
      }),
      {
        numRuns: 40,
        // Around 98 members, where the least width stops to depend on their number.
        examples: [
          [axesOf(new Map([['x', floatDistribution(-1, 3)]])), 245792, 120],
          [axesOf(new Map([['x', intDistribution(1, 1024, { log: true })]])), 43031, 119],
        ],
      },
    )
  })

  it('chooses what scoring every candidate in full would choose', () => {
    fc.assert(
      fc.property(spaces, fc.nat(1e6), fc.integer({ min: 1, max: 1500 }), (axes, seed, count) => {
        const random = createRandom(seed)
        const points = columnsOf(axes, count, random, 0.1)
        const density = new AboveDensity(axes)
        density.update(count, new Uint8Array(count).fill(1), points, [])
        const candidates = Array.from({ length: 24 }, () =>
          Float64Array.from(axes, (axis) => anyPoint(axis, random, 0.2)),
        )
        const logBelow = Float64Array.from(candidates, () => 2 * random.normal())
        const scores = candidates.map((candidate, i) => logBelow[i]! - density.logDensity(candidate))
        const best = density.best(candidates, logBelow)
        expect(scores[best]! - Math.max(...scores)).toBeGreaterThan(-1e-12)
        // Of equal ones the first, as numpy's argmax.
        const equal = candidates.map((candidate) => new Float64Array(candidate))
        expect(density.best([...candidates, ...equal], Float64Array.of(...logBelow, ...logBelow))).toBe(best)
      }),
      { numRuns: 40 },
    )
  })

  it('holds in a hundred dimensions, where one kernel is 1e200 times the prior', () => {
    const space = new Map(Array.from({ length: 100 }, (_, i) => [`x${i}`, floatDistribution(0, 1)]))
    const axes = axesOf(space)
    const random = createRandom(3)
    const points = columnsOf(axes, 300, random)
    const density = new AboveDensity(axes)
    const wanted = new Uint8Array(300).fill(1)
    density.update(300, wanted, points, [])
    const mixture = mixtureOf(axes, wanted, points)
    for (const i of [0, 7, 299]) {
      const point = Float64Array.from(points, (column) => column[i]!)
      expectClose(density.logDensity(point), mixture.logDensity(point))
    }
  })
})

/** Members come one by one, in bulk, and leave; some change their points. */
function change(
  step: number,
  wanted: Uint8Array,
  points: readonly Float64Array[],
  axes: readonly Axis[],
  random: Random,
): number[] {
  const share = step % 4 === 0 ? 0.9 : 0.02
  const touched: number[] = []
  for (let i = 0; i < wanted.length; i++) {
    if (random.next() < share) wanted[i] = random.next() < 0.8 ? 1 : 0
    if (random.next() < 0.01) {
      axes.forEach((axis, a) => {
        points[a]![i] = anyPoint(axis, random)
      })
      touched.push(i)
    }
  }
  return touched
}

function mixtureOf(
  axes: readonly Axis[],
  wanted: Uint8Array,
  points: readonly Float64Array[],
): ParzenMixture {
  const members = [...wanted.keys()].filter((i) => wanted[i] === 1)
  return new ParzenMixture(
    axes,
    points.map((column) => Float64Array.from(members, (i) => column[i]!)),
    Float64Array.from(members, (_, place) => ageWeight(place, members.length)),
  )
}

function columnsOf(axes: readonly Axis[], count: number, random: Random, spread = 1): Float64Array[] {
  return axes.map((axis) => Float64Array.from({ length: count }, () => anyPoint(axis, random, spread)))
}

function anyPoint(axis: Axis, random: Random, spread = 1): number {
  const place = 0.5 + spread * (random.next() - 0.5)
  return toPoint(axis, toValue(axis, toPoint(axis, fromUnit(axis.distribution, place))))
}

function expectClose(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(expected)))
}
