import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  categoricalDistribution,
  floatDistribution,
  intDistribution,
} from '../../src/space/build-distribution.ts'
import { contains, countValues, valueAt } from '../../src/space/param-value.ts'
import { fromUnit, toUnit, transformedBounds } from '../../src/space/transform.ts'
import { distributions } from '../support/distributions.ts'

const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('the unit scale', () => {
  it('gives values that are contained', () => {
    fc.assert(fc.property(distributions, unit, (d, u) => contains(d, fromUnit(d, u))))
  })

  it('brings discrete values back', () => {
    fc.assert(
      fc.property(distributions, unit, (d, u) => {
        const count = countValues(d)
        if (!Number.isFinite(count)) return
        const value = valueAt(d, Math.floor(u * count))
        expect(fromUnit(d, toUnit(d, value))).toEqual(value)
      }),
    )
  })

  it('gives every step the same share, the first and the last too', () => {
    const d = intDistribution(0, 4)
    const counts = new Map<unknown, number>()
    for (let i = 0; i < 1000; i++) {
      const value = fromUnit(d, (i + 0.5) / 1000)
      counts.set(value, (counts.get(value) ?? 0) + 1)
    }
    expect([...counts]).toEqual([0, 1, 2, 3, 4].map((value) => [value, 200]))
  })

  it('is logarithmic where asked, whole numbers widened by a half before the logarithm', () => {
    expect(fromUnit(floatDistribution(1e-4, 1, { log: true }), 0.5)).toBeCloseTo(1e-2, 12)
    expect(transformedBounds(intDistribution(1, 8, { log: true }))).toEqual([Math.log(0.5), Math.log(8.5)])
    expect(transformedBounds(floatDistribution(0, 1, { step: 0.5 }))).toEqual([-0.25, 1.25])
  })

  it('stays below high where continuous, and at the value where there is one', () => {
    expect(fromUnit(floatDistribution(0, 1), 1)).toBe(1 - 2 ** -53)
    expect(fromUnit(floatDistribution(-1, 0), 1)).toBe(-Number.MIN_VALUE)
    expect(fromUnit(floatDistribution(3, 3), 0.7)).toBe(3)
    expect(fromUnit(categoricalDistribution(['a', 'b']), 1)).toBe('b')
  })
})
