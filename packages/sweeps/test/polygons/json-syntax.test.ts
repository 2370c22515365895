import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkSyntax } from '../../src/polygons/json-syntax.js'

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('checkSyntax', () => {
  it('finds an error exactly where JSON.parse fails', () => {
    const piece = fc.constantFrom(
      ...'{}[],:"\\ \n0123456789.-+eEutrfalsn'.split(''),
      ...['true', 'null', '"a"', '1.5e3', '\\u00e9', '"b":', '\u0001', '\u007f', '가'],
    )
    const text = fc.oneof(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
      fc.json(),
      fc.tuple(fc.json(), fc.nat(), piece).map(([json, at, change]) => {
        const position = at % (json.length + 1)
        return json.slice(0, position) + change + json.slice(position + 1)
      }),
    )
    fc.assert(
      fc.property(text, (tried) => {
        expect(checkSyntax(tried).errorAt === undefined, tried).toBe(parses(tried))
      }),
      { numRuns: 20_000 },
    )
  })

  it('says where the first error stands', () => {
    const cases: [text: string, at: number][] = [
      ['', 0],
      ['{"a": [1, 2', 11],
      ['{"a": [1, 2}', 11],
      ['{"a" 1}', 5],
      ['{a: 1}', 1],
      ['[1,]', 3],
      ['[01]', 2],
      ['["a\nb"]', 3],
      ['["\\x"]', 2],
      ['[] []', 3],
    ]
    for (const [text, at] of cases) expect(checkSyntax(text).errorAt, text).toBe(at)
  })

  it("takes Python's numbers that are not finite, and says where they are", () => {
    const text = '{"NaN": NaN, "b": [-Infinity, Infinity, "NaN"]}'
    const { errorAt, notFinite } = checkSyntax(text)
    expect(errorAt).toBeUndefined()
    expect(notFinite.map(([start, end]) => text.slice(start, end))).toEqual(['NaN', '-Infinity', 'Infinity'])
    expect(checkSyntax('[nan]').errorAt).toBe(1)
    expect(checkSyntax('{NaN: 1}').errorAt).toBe(1)
  })

  it('follows any depth', () => {
    const depth = 300_000
    expect(checkSyntax('['.repeat(depth) + ']'.repeat(depth)).errorAt).toBeUndefined()
    expect(checkSyntax('['.repeat(depth)).errorAt).toBe(depth)
  })
})
