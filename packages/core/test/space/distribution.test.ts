import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InputError } from '../../src/errors.ts'
import {
  categoricalDistribution,
  floatDistribution,
  intDistribution,
} from '../../src/space/build-distribution.ts'
import type { Distribution } from '../../src/space/distribution.ts'
import { distributionFromJson, distributionToJson } from '../../src/space/distribution-json.ts'
import { contains, countValues, snap, toExternal, toInternal, valueAt } from '../../src/space/param-value.ts'
import { checkCompatible, sameDistribution } from '../../src/space/same-distribution.ts'
import { distributions } from '../support/distributions.ts'

describe('floatDistribution', () => {
  it('takes the highest step that is not above high, by the decimal numbers as printed', () => {
    // As binary numbers 0.1 + 2 * 0.1 is above 0.3, and 0.7 / 0.1 is below 7.
    expect(floatDistribution(0.1, 0.3, { step: 0.1 }).high).toBe(0.3)
    expect(floatDistribution(0, 0.7, { step: 0.1 }).high).toBe(0.7)
    expect(floatDistribution(0, 1, { step: 0.3 }).high).toBe(0.9)
    expect(floatDistribution(-1, 1, { step: 0.75 }).high).toBe(0.5)
    expect(floatDistribution(1e-7, 3.5e-7, { step: 1e-7 }).high).toBe(3e-7)
  })

  it.each([
    [() => floatDistribution(2, 1), 'float(2, 1): low is above high; write float(1, 2).'],
    [() => floatDistribution(0, 1, { log: true }), 'low > 0'],
    [() => floatDistribution(1, 2, { log: true, step: 1 }), 'exclude each other'],
    [() => floatDistribution(0, 1, { step: 0 }), 'step is 0'],
    [() => floatDistribution(0, 1, { step: Number.NaN }), 'step is NaN'],
    [() => floatDistribution(Number.NaN, 1), 'finite'],
    [() => floatDistribution(0, Number.POSITIVE_INFINITY), 'finite'],
    [() => intDistribution(0.5, 1), 'whole numbers'],
    [() => intDistribution(0, 10, { log: true }), 'low >= 1'],
    [() => intDistribution(1, 10, { log: true, step: 2 }), 'exclude each other'],
    [() => intDistribution(0, 10, { step: 0 }), 'step is 0'],
    [() => categoricalDistribution([]), 'no choices'],
    [() => categoricalDistribution(['a', 'a']), 'a comes twice'],
    [() => categoricalDistribution([Number.NaN, Number.NaN]), 'NaN comes twice'],
    [() => categoricalDistribution([{} as never]), 'object'],
  ])('refuses %s', (build, text) => {
    expect(build).toThrow(InputError)
    expect(build).toThrow(text)
  })
})

describe('values', () => {
  it('with steps are the decimal numbers', () => {
    const d = floatDistribution(0.1, 0.9, { step: 0.1 })
    expect(Array.from({ length: countValues(d) }, (_, i) => valueAt(d, i))).toEqual([
      0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9,
    ])
    expect(snap(d, 0.31)).toBe(0.3)
    expect(snap(d, 5)).toBe(0.9)
    expect(snap(d, -5)).toBe(0.1)
  })

  it('of every place are contained, and survive the storage', () => {
    fc.assert(
      fc.property(distributions, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (d, u) => {
        const count = countValues(d)
        if (!Number.isFinite(count)) return
        const value = valueAt(d, Math.floor(u * count))
        expect(contains(d, value)).toBe(true)
        expect(toExternal(d, toInternal(d, value)!)).toEqual(value)
      }),
    )
  })

  it('keep categories that Python would take for equal apart', () => {
    const d = categoricalDistribution([1, true, 0, false, null, 'null'])
    expect([1, true, 0, false, null, 'null'].map((value) => toInternal(d, value))).toEqual([0, 1, 2, 3, 4, 5])
    expect(toInternal(d, '1')).toBeUndefined()
  })

  it('are contained within bounds and on steps only', () => {
    const d = floatDistribution(0, 1, { step: 0.25 })
    expect([0, 0.25, 1].every((value) => contains(d, value))).toBe(true)
    expect([-0.25, 0.3, 1.25, Number.NaN, '0', null].some((value) => contains(d, value))).toBe(false)
    expect(contains(intDistribution(0, 10), 2.5)).toBe(false)
  })
})

describe('JSON', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(distributions, (d) => {
        expect(sameDistribution(distributionFromJson(distributionToJson(d)), d)).toBe(true)
      }),
    )
  })

  it("is Optuna's, floats with a point", () => {
    expect(distributionToJson(floatDistribution(1, 5))).toBe(
      '{"name": "FloatDistribution", "attributes": {"step": null, "low": 1.0, "high": 5.0, "log": false}}',
    )
    expect(distributionToJson(intDistribution(1, 5))).toBe(
      '{"name": "IntDistribution", "attributes": {"log": false, "step": 1, "low": 1, "high": 5}}',
    )
    expect(distributionToJson(categoricalDistribution(['a', null, true, 0.5]))).toBe(
      '{"name": "CategoricalDistribution", "attributes": {"choices": ["a", null, true, 0.5]}}',
    )
  })

  it.each([
    ['{"name": "UniformDistribution", "attributes": {"low": 0.0, "high": 1.0}}', floatDistribution(0, 1)],
    [
      '{"name": "LogUniformDistribution", "attributes": {"low": 1e-05, "high": 1.0}}',
      floatDistribution(1e-5, 1, { log: true }),
    ],
    [
      '{"name": "DiscreteUniformDistribution", "attributes": {"low": 0.0, "high": 1.0, "q": 0.25}}',
      floatDistribution(0, 1, { step: 0.25 }),
    ],
    [
      '{"name": "IntUniformDistribution", "attributes": {"low": 1, "high": 9, "step": 2}}',
      intDistribution(1, 9, { step: 2 }),
    ],
    [
      '{"name": "IntLogUniformDistribution", "attributes": {"low": 1, "high": 9, "step": 1}}',
      intDistribution(1, 9, { log: true }),
    ],
    ['{"type": "float", "low": 1, "high": 2}', floatDistribution(1, 2)],
    ['{"type": "int", "low": 1, "high": 2}', intDistribution(1, 2)],
    ['{"type": "categorical", "choices": ["a", NaN]}', categoricalDistribution(['a', Number.NaN])],
  ])('reads the older names and the short form: %s', (text, expected) => {
    expect(distributionFromJson(text)).toEqual(expected)
  })

  it.each([
    '',
    'null',
    '[]',
    '{"name": "X", "attributes": {"low": 0, "high": 1}}',
    '{"type": "float", "low": 1}',
  ])('refuses %j', (text) => {
    expect(() => distributionFromJson(text)).toThrow(InputError)
  })
})

describe('checkCompatible', () => {
  it('lets bounds and steps change, and nothing else', () => {
    const check = (a: Distribution, b: Distribution) => () => checkCompatible('x', a, b)
    expect(check(floatDistribution(0, 1), floatDistribution(-1, 5, { step: 0.5 }))).not.toThrow()
    expect(check(floatDistribution(0, 1), intDistribution(0, 1))).toThrow('x is an int here but a float')
    expect(check(floatDistribution(1, 2), floatDistribution(1, 2, { log: true }))).toThrow('not logarithmic')
    expect(check(categoricalDistribution(['a', 'b']), categoricalDistribution(['a', 'b', 'c']))).toThrow(
      'has the choices [a, b, c] here but [a, b]',
    )
    expect(check(categoricalDistribution(['a', 'b']), categoricalDistribution(['b', 'a']))).toThrow(
      InputError,
    )
  })
})
