import { type Argument, callFunction } from './functions.js'
import { type HydraElement, HydraError, type HydraScalar, type HydraValue, isSweep } from './hydra-value.js'

const INT = /^[+-]?(?:0|[1-9](?:_?\d)*)$/
const FLOAT =
  /^[+-]?(?:(?:0|[1-9](?:_?\d)*)\.|(?:0|[1-9](?:_?\d)*)?\.\d(?:_?\d)*|(?:(?:0|[1-9](?:_?\d)*)\.?|(?:0|[1-9](?:_?\d)*)?\.\d(?:_?\d)*)[eE][+-]?\d(?:_?\d)*|inf|nan)$/i
const UNQUOTED = /[A-Za-z0-9_/\-+.$%*@?|: \t]/
const ESCAPABLE = '\\()[]{}:=, \t'
const MOST_NESTED = 100

/**
 * Reads a value of Hydra's override grammar (1.4, hydra/grammar/OverrideParser.g4): values, quoted texts, lists, maps,
 * functions, and several elements with commas between them, which are a choice.
 * @throws HydraError for what is no such value
 */
export function parseHydra(text: string): HydraValue {
  const parser = new Parser(text)
  return parser.whole()
}

class Parser {
  readonly #text: string
  #at = 0
  #depth = 0

  constructor(text: string) {
    this.#text = text
  }

  whole(): HydraValue {
    const items = [this.#element()]
    while (this.#take(',')) items.push(this.#element())
    this.#skip()
    if (this.#at < this.#text.length) this.#unexpected()
    if (items.length === 1) return items[0]!
    return { kind: 'choice', items: items.map((item) => plain(item, 'a list with commas')), tags: [] }
  }

  #element(): HydraValue {
    if (++this.#depth > MOST_NESTED) throw new HydraError('is nested too deeply. Flatten it.')
    try {
      this.#skip()
      if (this.#take('[')) return { kind: 'list', items: this.#items(']') }
      if (this.#take('{')) return { kind: 'map', entries: this.#entries() }
      const call = /^([A-Za-z_][\w-]*)[ \t]*\(/.exec(this.#text.slice(this.#at, this.#at + 200))
      if (call === null) return this.#primitive()
      this.#at += call[0].length
      return callFunction(call[1]!, this.#arguments())
    } finally {
      this.#depth--
    }
  }

  #arguments(): Argument[] {
    const found: Argument[] = []
    if (this.#take(')')) return found
    do {
      this.#skip()
      const named = /^([A-Za-z_][\w-]*)[ \t]*=[ \t]*/.exec(this.#text.slice(this.#at, this.#at + 200))
      if (named !== null) this.#at += named[0].length
      found.push({ name: named?.[1], value: this.#element() })
    } while (this.#take(','))
    this.#expect(')')
    return found
  }

  #items(end: string): HydraElement[] {
    const items: HydraElement[] = []
    if (this.#take(end)) return items
    do items.push(plain(this.#element(), 'a list'))
    while (this.#take(','))
    this.#expect(end)
    return items
  }

  #entries(): (readonly [string, HydraElement])[] {
    const entries: (readonly [string, HydraElement])[] = []
    if (this.#take('}')) return entries
    do {
      this.#skip()
      const key = this.#unquoted(':')
      this.#expect(':')
      entries.push([key.text, plain(this.#element(), 'a map')])
    } while (this.#take(','))
    this.#expect('}')
    return entries
  }

  #primitive(): HydraScalar {
    const first = this.#text[this.#at]
    if (first === '"' || first === "'") return this.#quoted(first)
    const { text, literal } = this.#unquoted('')
    return literal ? { kind: 'scalar', form: 'text', value: text } : scalarOf(text)
  }

  /** Up to the first character that cannot be part of it, blanks at its ends left out. */
  #unquoted(end: string): { readonly text: string; readonly literal: boolean } {
    const start = this.#at
    let text = ''
    let kept = 0
    let literal = false
    for (; this.#at < this.#text.length; this.#at++) {
      const char = this.#text[this.#at]!
      const next = this.#text[this.#at + 1]
      if (char === '\\' && next !== undefined && ESCAPABLE.includes(next)) {
        text += next
        this.#at++
        literal = true
        kept = text.length
      } else if (char === '$' && next === '{') {
        const close = this.#text.indexOf('}', this.#at)
        if (close < 0) throw new HydraError(`has \${ without }. Close it.`)
        text += this.#text.slice(this.#at, close + 1)
        this.#at = close
        literal = true
        kept = text.length
      } else if ((UNQUOTED.test(char) || char === '\\') && char !== end) {
        text += char
        if (char !== ' ' && char !== '\t') kept = text.length
      } else break
    }
    if (kept === 0) {
      this.#at = start
      this.#skip()
      this.#unexpected()
    }
    return { text: text.slice(0, kept), literal }
  }

  #quoted(quote: string): HydraScalar {
    let text = ''
    let slashes = 0
    for (let i = this.#at + 1; i < this.#text.length; i++) {
      const char = this.#text[i]!
      if (char === '\\') {
        slashes++
        continue
      }
      if (char !== quote) {
        text += '\\'.repeat(slashes) + char
        slashes = 0
        continue
      }
      // Before a quote backslashes are doubled, and one more escapes it.
      text += '\\'.repeat(slashes >> 1)
      if (slashes % 2 === 0) {
        this.#at = i + 1
        return { kind: 'scalar', form: 'quoted', value: text }
      }
      text += quote
      slashes = 0
    }
    throw new HydraError(`has a ${quote} that is not closed. Close it.`)
  }

  #skip(): void {
    while (this.#text[this.#at] === ' ' || this.#text[this.#at] === '\t') this.#at++
  }

  #take(char: string): boolean {
    this.#skip()
    if (this.#text[this.#at] !== char) return false
    this.#at++
    return true
  }

  #expect(char: string): void {
    if (!this.#take(char)) this.#unexpected(char)
  }

  #unexpected(wanted?: string): never {
    const code = this.#text.codePointAt(this.#at)
    if (code === undefined) {
      throw new HydraError(
        wanted === undefined ? 'ends where a value should be. Add it.' : `ends without a ${wanted}. Add it.`,
      )
    }
    const place = `at character ${this.#at + 1}`
    const found = String.fromCodePoint(code)
    const instead = wanted === undefined ? '' : ` and not ${wanted}`
    throw new HydraError(`has ${found}${instead} ${place}. Quote a text that holds it, or mend it.`)
  }
}

function plain(value: HydraValue, where: string): HydraElement {
  if (!isSweep(value)) return value
  throw new HydraError(`has ${value.kind}() within ${where}. Write it alone.`)
}

function scalarOf(text: string): HydraScalar {
  const lower = text.toLowerCase()
  if (lower === 'null') return { kind: 'scalar', form: 'null', value: null }
  if (lower === 'true' || lower === 'false') return { kind: 'scalar', form: 'bool', value: lower === 'true' }
  const digits = lower.replaceAll('_', '')
  if (INT.test(text)) return { kind: 'scalar', form: 'int', value: Number(digits) }
  if (FLOAT.test(text)) return { kind: 'scalar', form: 'float', value: floatOf(digits) }
  return { kind: 'scalar', form: 'text', value: text }
}

function floatOf(text: string): number {
  if (text.endsWith('nan')) return Number.NaN
  if (text.endsWith('inf')) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return Number(text)
}
