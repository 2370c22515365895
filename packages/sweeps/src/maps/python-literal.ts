import { quote } from '../files/quote.js'

/** What a Python literal in an npy header can be. */
export type Literal = string | number | boolean | null | LiteralSequence | Map<string, Literal>

interface LiteralSequence {
  kind: 'tuple' | 'list'
  items: Literal[]
}

/** Text that is no literal of the kinds above; `at` counts characters from 0. */
export class LiteralError extends Error {
  readonly at: number

  constructor(message: string, at: number) {
    super(message)
    this.name = 'LiteralError'
    this.at = at
  }
}

const DEEPEST = 16
const SPACE = /[ \t\r\n\f]*/y
/** Python 2 wrote long integers with an L. */
const INTEGER = /[+-]?\d+L?/y
const WORD = /[A-Za-z_]+/y
const WORDS = new Map<string, Literal>([
  ['True', true],
  ['False', false],
  ['None', null],
])

/**
 * Parses one Python literal of strings, integers, booleans, None, tuples, lists and dictionaries with string
 * keys: all that an npy header may hold (NEP 1). Nothing is evaluated.
 *
 * @throws LiteralError on anything else, integers beyond 2^53 and nesting deeper than 16 included.
 */
export function parseLiteral(text: string): Literal {
  let at = 0
  const value = parseValue(0)
  skipSpace()
  if (at < text.length) fail(`unexpected ${quote(text[at]!)}`)
  return value

  function parseValue(depth: number): Literal {
    if (depth > DEEPEST) fail('nested too deeply')
    skipSpace()
    const first = text[at]
    if (first === '{') return parseDictionary(depth)
    if (first === '(') return parseSequence(')', depth)
    if (first === '[') return parseSequence(']', depth)
    if (first === "'" || first === '"') return parseString(first)
    const integer = match(INTEGER)
    if (integer !== undefined) return toInteger(integer)
    const word = match(WORD)
    const value = word === undefined ? undefined : WORDS.get(word)
    if (value === undefined) {
      fail(first === undefined ? 'it ends too early' : `unexpected ${quote(word ?? first)}`)
    }
    return value
  }

  function parseDictionary(depth: number): Map<string, Literal> {
    const entries = new Map<string, Literal>()
    at++
    while (!accept('}')) {
      const start = at
      const key = parseValue(depth + 1)
      if (typeof key !== 'string') fail('a key is no string', start)
      if (entries.has(key)) fail(`the key ${quote(key)} stands twice`, start)
      expect(':')
      entries.set(key, parseValue(depth + 1))
      if (!accept(',')) {
        expect('}')
        break
      }
    }
    return entries
  }

  function parseSequence(close: ')' | ']', depth: number): Literal {
    const items: Literal[] = []
    at++
    let commas = 0
    while (!accept(close)) {
      items.push(parseValue(depth + 1))
      if (!accept(',')) {
        expect(close)
        break
      }
      commas++
    }
    // Parentheses around a single value without a comma only group it.
    if (close === ')' && items.length === 1 && commas === 0) return items[0]!
    return { kind: close === ')' ? 'tuple' : 'list', items }
  }

  function parseString(quote: string): string {
    const start = at++
    let value = ''
    for (; at < text.length; at++) {
      const char = text[at]!
      if (char === quote) {
        at++
        return value
      }
      if (char === '\n') break
      if (char === '\\') {
        const escaped = text[++at]
        if (escaped !== '\\' && escaped !== "'" && escaped !== '"') fail('an unknown escape in a string')
        value += escaped
      } else value += char
    }
    return fail('a string does not end', start)
  }

  function toInteger(digits: string): number {
    const value = Number(digits.replace('L', ''))
    if (!Number.isSafeInteger(value)) fail(`the number ${quote(digits, 30)} is too large`, at - digits.length)
    return value
  }

  function match(pattern: RegExp): string | undefined {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    if (found !== undefined) at += found.length
    return found
  }

  function skipSpace(): void {
    match(SPACE)
  }

  function accept(char: string): boolean {
    skipSpace()
    if (text[at] !== char) return false
    at++
    return true
  }

  function expect(char: string): void {
    if (!accept(char)) fail(at < text.length ? `expected ${char}` : 'it ends too early')
  }

  function fail(message: string, where = at): never {
    throw new LiteralError(message, where)
  }
}
