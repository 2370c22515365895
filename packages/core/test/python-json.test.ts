import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePythonJson, stringifyPythonJson } from '../src/python-json.ts'

describe("Python's JSON", () => {
  it('has tokens for numbers that are not finite, and text stays text', () => {
    expect(parsePythonJson('[NaN, Infinity, -Infinity, "NaN", "a \\" NaN", {"Infinity": -0.0}]')).toEqual([
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      'NaN',
      'a " NaN',
      { Infinity: -0 },
    ])
    expect(stringifyPythonJson({ a: [Number.NaN, -0], b: null, c: 'ü' })).toBe(
      '{"a": [NaN, -0.0], "b": null, "c": "ü"}',
    )
    expect(() => parsePythonJson('[nan]')).toThrow(SyntaxError)
    expect(() => parsePythonJson('[NaN')).toThrow(SyntaxError)
  })

  it('comes back as it was', () => {
    const number = fc.oneof(fc.double(), fc.integer())
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        number,
        fc.string({ unit: 'binary' }),
        fc.constantFrom('NaN', '"Infinity"', '\\NaN'),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value')),
        fc.dictionary(fc.string(), tie('value'), { noNullPrototype: true }),
      ),
    }))
    fc.assert(
      fc.property(value, (given) => {
        expect(parsePythonJson(stringifyPythonJson(given))).toEqual(given)
      }),
    )
  })

  it('is what JSON.parse reads where every number is finite', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (given) => {
        expect(JSON.parse(stringifyPythonJson(given))).toEqual(given)
      }),
    )
  })
})
