import fc from 'fast-check'
import {
  categoricalDistribution,
  floatDistribution,
  intDistribution,
} from '../../src/space/build-distribution.ts'
import type { Distribution } from '../../src/space/distribution.ts'

const bound = fc.double({ min: -1e6, max: 1e6, noNaN: true })
const floats = fc.tuple(bound, bound).map(([a, b]) => floatDistribution(Math.min(a, b), Math.max(a, b)))
const logFloats = fc
  .tuple(fc.double({ min: 1e-9, max: 1e6, noNaN: true }), fc.double({ min: 1, max: 1e6, noNaN: true }))
  .map(([low, factor]) => floatDistribution(low, low * factor, { log: true }))
const hundredths = fc.integer({ min: -1000, max: 1000 })
const steppedFloats = fc
  .tuple(hundredths, fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 1, max: 300 }))
  .map(([low, range, step]) => floatDistribution(low / 100, (low + range) / 100, { step: step / 100 }))
const ints = fc
  .tuple(fc.integer({ min: -1e6, max: 1e6 }), fc.nat(1e6), fc.integer({ min: 1, max: 1000 }))
  .map(([low, range, step]) => intDistribution(low, low + range, { step }))
const logInts = fc
  .tuple(fc.integer({ min: 1, max: 1e6 }), fc.nat(1e6))
  .map(([low, range]) => intDistribution(low, low + range, { log: true }))
const choices = fc
  .uniqueArray(fc.oneof(fc.string(), fc.boolean(), fc.double(), fc.constant(null)), {
    minLength: 1,
    maxLength: 8,
    comparator: 'SameValueZero',
  })
  .map((list) => categoricalDistribution(list))

/** Any distribution that can be built. */
export const distributions: fc.Arbitrary<Distribution> = fc.oneof(
  floats,
  logFloats,
  steppedFloats,
  ints,
  logInts,
  choices,
)
