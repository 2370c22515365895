const BLANK = /[ \t\n\r]*/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /true|false|null/y
const NOT_FINITE = /NaN|-?Infinity/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y
/** Anything from the space on but the quote and the backslash. */
const PLAIN = /[ !#-[\]-\uffff]{1,65536}/y

type Wanted = 'value' | 'value or end' | 'key' | 'key or end' | 'comma or end' | 'nothing'

/** What is wrong with a text as JSON, or what Python writes there although JSON has no such thing. */
export interface JsonSyntax {
  /** Where the first error stands; undefined where there is none. */
  errorAt: number | undefined
  /** Where `NaN`, `Infinity` or `-Infinity` stand as values: start and end. */
  notFinite: [start: number, end: number][]
}

/** Walks over a JSON text (RFC 8259), however deep, to find its first error. */
export function checkSyntax(text: string): JsonSyntax {
  const notFinite: [number, number][] = []
  const open: ('{' | '[')[] = []
  let at = 0
  let wanted = 'value' as Wanted

  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at
    if (!pattern.test(text)) return false
    at = pattern.lastIndex
    return true
  }
  const takeChar = (char: string): boolean => {
    if (text[at] !== char) return false
    at++
    return true
  }
  const takeString = (): boolean => {
    if (!takeChar('"')) return false
    while (take(PLAIN) || take(ESCAPE)) {
      // The next piece.
    }
    return takeChar('"')
  }
  const closed = () => {
    wanted = open.length === 0 ? 'nothing' : 'comma or end'
  }
  const takeEnd = (): boolean => {
    if (!takeChar(open.at(-1) === '{' ? '}' : ']')) return false
    open.pop()
    closed()
    return true
  }
  const takeValue = (): boolean => {
    if (takeChar('{')) {
      open.push('{')
      wanted = 'key or end'
      return true
    }
    if (takeChar('[')) {
      open.push('[')
      wanted = 'value or end'
      return true
    }
    const start = at
    if (take(NOT_FINITE)) notFinite.push([start, at])
    else if (!takeString() && (at > start || (!take(NUMBER) && !take(WORD)))) return false
    closed()
    return true
  }
  const takeKey = (): boolean => {
    if (!takeString()) return false
    take(BLANK)
    wanted = 'value'
    return takeChar(':')
  }

  for (;;) {
    take(BLANK)
    let taken: boolean
    if (wanted === 'nothing') return { errorAt: at < text.length ? at : undefined, notFinite }
    if (wanted === 'value') taken = takeValue()
    else if (wanted === 'value or end') taken = takeEnd() || takeValue()
    else if (wanted === 'key') taken = takeKey()
    else if (wanted === 'key or end') taken = takeEnd() || takeKey()
    else if (takeChar(',')) {
      wanted = open.at(-1) === '{' ? 'key' : 'value'
      taken = true
    } else taken = takeEnd()
    if (!taken) return { errorAt: at, notFinite }
  }
}
