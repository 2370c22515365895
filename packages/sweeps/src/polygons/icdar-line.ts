/** A line of an ICDAR file, cut into the numbers that it begins with and what follows each of them. */
export interface IcdarLine {
  /** `file:line`. */
  place: string
  line: string
  numbers: number[]
  /** Where the text begins if the first `i + 1` numbers are taken; `line.length + 1` if nothing follows. */
  ends: number[]
  /** Whether something stands after the last number. */
  words: boolean
}

/** One comma-separated field that is a number. */
const NUMBER = /\s*([+-]?(?:\d+|(?=\.\d))(?:\.\d*)?(?:[eE][+-]?\d+)?)\s*(,|$)/y
/** `000` and `050` are how an amount goes on after its comma; no coordinate beyond the eighth is written so. */
const PADDED = /^[+-]?0\d/
const SURELY_COORDINATES = 8
const MOST_NUMBERS = 4096

/** Cuts a line; up to 4,096 leading numbers are looked at. */
export function cutLine(line: string, place: string): IcdarLine {
  const numbers: number[] = []
  const ends: number[] = []
  let at = 0
  while (numbers.length < MOST_NUMBERS && at <= line.length) {
    NUMBER.lastIndex = at
    const field = NUMBER.exec(line)
    if (field === null || (numbers.length >= SURELY_COORDINATES && PADDED.test(field[1]!))) break
    numbers.push(Number(field[1]))
    at = NUMBER.lastIndex + (field[2] === '' ? 1 : 0)
    ends.push(at)
  }
  return { place, line, numbers, ends, words: at <= line.length }
}

/** The text after the first `count` numbers, or undefined where the line ends with them. */
export function textAfter({ line, ends }: IcdarLine, count: number): string | undefined {
  const start = ends[count - 1]!
  return start > line.length ? undefined : unquoted(line.slice(start))
}

/**
 * A transcription in double quotes loses them, and `\\` and `\"` in it their backslash, in that order, as in the
 * evaluation script of ICDAR 2015.
 */
function unquoted(text: string): string {
  const inner = /^\s*"(.*)"\s*$/s.exec(text)?.[1]
  return inner === undefined ? text : inner.replaceAll('\\\\', '\\').replaceAll('\\"', '"')
}
