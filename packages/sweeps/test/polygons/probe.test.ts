import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { probeText } from '../../src/polygons/probe.js'

const keysOf = (text: string) => [...probeText(text).keys]

describe('probeText', () => {
  it('lists the keys of the first object, as JSON.parse sees them', () => {
    const key = fc.oneof(fc.string({ maxLength: 5 }), fc.constantFrom('images', '\\', '"', '{', '},'))
    const object = fc.dictionary(key, fc.jsonValue({ maxDepth: 3 }), { noNullPrototype: true })
    fc.assert(
      fc.property(
        object,
        fc.constantFrom(0, 1, 2),
        fc.constantFrom('', '\n{"later": 1}'),
        (value, indent, rest) => {
          const text = JSON.stringify(value, undefined, indent) + rest
          expect(new Set(keysOf(text))).toEqual(new Set(Object.keys(value)))
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('gives what it saw of a damaged file', () => {
    expect(keysOf('{"a": {"b": 1}, "c": ["d", {"e"')).toEqual(['a', 'c'])
    expect(keysOf('{"images": "unfinished')).toEqual(['images'])
    expect(keysOf('["a", {"b": 1}]')).toEqual([])
    expect(keysOf('img.jpg\t[{"a": 1}]')).toEqual([])
    expect(keysOf('')).toEqual([])
  })

  it('gives the first line without carriage return', () => {
    expect(probeText('a,b\r\nc').line).toBe('a,b')
  })
})
