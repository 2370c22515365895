import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { entriesInOrder, parseJson } from '../../src/polygons/json-text.js'
import { failure } from '../support/failure.js'

const origin = { path: 'a.json' }

describe('parseJson', () => {
  it('names line and column of the first error', async () => {
    const message = (text: string, where = {}) => failure(() => parseJson(text, { ...origin, ...where }))
    expect(await message('{\n  "a": [1,\n  2}')).toBe(
      'a.json:3: not JSON (unexpected "}" at column 4). Save or export the file again.',
    )
    expect(await message('{"a": [1')).toBe(
      'a.json:1: not JSON (it ends too early at column 9). Save or export the file again.',
    )
    expect(await message('[1 가]', { line: 7, skipped: 10 })).toBe(
      'a.json:7: not JSON (unexpected "가" at column 14). Save or export the file again.',
    )
  })

  it('takes NaN and Infinity as null, texts left alone', () => {
    expect(parseJson('{"a": [NaN, -Infinity, "NaN, Infinity"], "b": Infinity}', origin)).toEqual({
      a: [null, null, 'NaN, Infinity'],
      b: null,
    })
  })

  it('of equal keys takes the last, as json.loads does', () => {
    expect(parseJson('{"a": 1, "b": 2, "a": 3}', origin)).toEqual({ a: 3, b: 2 })
  })
})

describe('entriesInOrder', () => {
  it('keeps the order of the file, which JavaScript itself does not', () => {
    const key = fc.oneof(
      fc.nat(12).map(String),
      fc.string({ maxLength: 4 }).filter((text) => !text.startsWith('\0')),
      fc.constantFrom('007', '-1', '1.5', '"1":', '\\"1":', '가', '4294967296'),
    )
    fc.assert(
      fc.property(fc.uniqueArray(key, { maxLength: 8 }), fc.constantFrom('', ' ', '\n\t'), (keys, blank) => {
        const members = keys.map((name, i) => `${JSON.stringify(name)}${blank}:${blank}[${i}, "1\\": 2"]`)
        const value = parseJson(`{${blank}${members.join(`,${blank}`)}}`, origin) as object
        expect(entriesInOrder(value)).toEqual(keys.map((name, i) => [name, [i, '1": 2']]))
      }),
      { numRuns: 2000 },
    )
  })
})
