import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Literal, LiteralError, parseLiteral } from '../../src/maps/python-literal.js'

function tuple(...items: Literal[]): Literal {
  return { kind: 'tuple', items }
}

function list(...items: Literal[]): Literal {
  return { kind: 'list', items }
}

describe('parseLiteral', () => {
  it.each<[string, Literal]>([
    ["'<f4'", '<f4'],
    ['"it\'s"', "it's"],
    [String.raw`'a\'b\\c\"'`, 'a\'b\\c"'],
    ['-12', -12],
    ['640L', 640],
    ['True', true],
    [' False ', false],
    ['None', null],
    ['()', tuple()],
    ['(3,)', tuple(3)],
    ['( 2 , 3 , )', tuple(2, 3)],
    ['(3)', 3],
    ['[]', list()],
    ["[('a', '<f4'), ('b', '|O', (2,))]", list(tuple('a', '<f4'), tuple('b', '|O', tuple(2)))],
    ['{}', new Map()],
    [
      "{'a': 1, 'b': (1,),}\n",
      new Map<string, Literal>([
        ['a', 1],
        ['b', tuple(1)],
      ]),
    ],
  ])('reads %s', (text, value) => {
    expect(parseLiteral(text)).toEqual(value)
  })

  it.each([
    ['', 'it ends too early', 0],
    ['{', 'it ends too early', 1],
    ["{'a'", 'it ends too early', 4],
    ["{'a': 1} x", 'unexpected "x"', 9],
    ['{1: 2}', 'a key is no string', 1],
    ["{'a': 1, 'a': 2}", 'the key "a" stands twice', 9],
    ['(1 2)', 'expected )', 3],
    ['[1,,2]', 'unexpected ","', 3],
    ["'abc", 'a string does not end', 0],
    ["'a\nb'", 'a string does not end', 0],
    [String.raw`'\x41'`, 'an unknown escape in a string', 2],
    ['99999999999999999999', 'the number "99999999999999999999" is too large', 0],
    ['1.5', 'unexpected "."', 1],
    ["__import__('os')", 'unexpected "__import__"', 10],
    ['('.repeat(1000), 'nested too deeply', 17],
  ])('refuses %j', (text, message, at) => {
    const thrown = (() => {
      try {
        return parseLiteral(text)
      } catch (error) {
        return error
      }
    })()
    expect(thrown).toBeInstanceOf(LiteralError)
    expect(thrown).toMatchObject({ message, at })
  })

  it('reads back what it is given in Python notation', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '<', "'", '"', '\\', ' ', 'é') })
    const { value } = fc.letrec<{ value: Literal; items: Literal[] }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.maxSafeInteger(),
        fc.boolean(),
        fc.constant(null),
        tie('items').map((items) => tuple(...items)),
        tie('items').map((items) => list(...items)),
        fc
          .uniqueArray(fc.tuple(text, tie('value')), { selector: ([key]) => key, maxLength: 3 })
          .map((e) => new Map(e)),
      ),
      items: fc.array(tie('value'), { maxLength: 3 }),
    }))
    fc.assert(
      fc.property(value, (expected) => {
        expect(parseLiteral(written(expected))).toEqual(expected)
      }),
    )
  })

  it('never fails in any other way', () => {
    const text = fc.string({
      unit: fc.constantFrom(...'{}()[],:\'"\\\n 0123456789LTrueFalseNone-+<f4'),
      maxLength: 40,
    })
    fc.assert(
      fc.property(text, (input) => {
        try {
          parseLiteral(input)
        } catch (error) {
          expect(error).toBeInstanceOf(LiteralError)
        }
      }),
      { numRuns: 3000 },
    )
  })
})

/** As Python's repr would write it. */
function written(value: Literal): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
  if (value instanceof Map)
    return `{${[...value].map(([key, item]) => `${written(key)}: ${written(item)}`).join(', ')}}`
  const items = value.items.map(written).join(', ')
  if (value.kind === 'list') return `[${items}]`
  return value.items.length === 1 ? `(${items},)` : `(${items})`
}
