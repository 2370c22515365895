import { type IcdarLine, textAfter } from './icdar-line.js'

/** How the lines of a set of ICDAR files are to be read. */
export interface IcdarLayout {
  /** 4 numbers left, top, right, bottom; 8 numbers of a quadrilateral; or any even count from 6. */
  kind: 'ltrb' | 'quad' | 'polygon'
  /** Whether a confidence follows the coordinates. */
  confidences: boolean
}

/**
 * Decides how to read a set of ICDAR files from all of its lines, since a single line cannot tell: after eight
 * coordinates `2015` and `12,000` are as good a text as `Total`.
 *
 * With c = 1 where lines carry a confidence and 0 elsewhere:
 * 1. LTRB, when most lines begin with 4 + c or 5 + c numbers;
 * 2. polygons, when no line has words, every line has an even count of coordinates and not all have eight (lines
 *    with fewer than six fit nothing and have no say); or when on at least one line in four ten or more coordinates
 *    stand before words that begin with neither digit nor dash;
 * 3. else quadrilaterals: eight coordinates, and whatever follows is the text.
 *
 * `confidences` is decided by the caller, or, where undefined, holds when `mayDetect` (the files are named
 * `res_*`) and on every line the number after the coordinates lies in 0 to 1, not all of them whole.
 */
export function decideLayout(
  lines: readonly IcdarLine[],
  confidences: boolean | undefined,
  mayDetect: boolean,
): IcdarLayout {
  if (confidences !== undefined) return { kind: kindOf(lines, confidences ? 1 : 0), confidences }
  const kind = kindOf(lines, 1)
  if (mayDetect && allConfident(lines, kind)) return { kind, confidences: true }
  return { kind: kindOf(lines, 0), confidences: false }
}

/** How many of the numbers that a line begins with are coordinates; fewer than `kind` needs if it is too short. */
export function coordinateCount(numbers: number, { kind, confidences }: IcdarLayout): number {
  const most = Math.max(0, numbers - (confidences ? 1 : 0))
  if (kind === 'polygon') return most - (most % 2)
  return Math.min(most, kind === 'ltrb' ? 4 : 8)
}

function kindOf(lines: readonly IcdarLine[], c: 0 | 1): IcdarLayout['kind'] {
  let short = 0
  let longWithWords = 0
  let even = true
  let otherThanEight = false
  for (const line of lines) {
    const { numbers, words } = line
    const count = numbers.length - c
    if (count === 4 || count === 5) short++
    if (count >= 10 && words && !goesOnAsAmount(line)) longWithWords++
    if (count < 6) continue
    if (words || count % 2 === 1) even = false
    if (count !== 8) otherThanEight = true
  }
  if (short * 2 > lines.length) return 'ltrb'
  if (even && otherThanEight) return 'polygon'
  return longWithWords > 0 && longWithWords * 4 >= lines.length ? 'polygon' : 'quad'
}

/** `1,234,567원` and `1,250,-` cut into numbers and words too. */
function goesOnAsAmount(line: IcdarLine): boolean {
  return /^\s*[-–—\d]/.test(textAfter(line, line.numbers.length) ?? '')
}

function allConfident(lines: readonly IcdarLine[], kind: IcdarLayout['kind']): boolean {
  let fractions = false
  for (const { numbers } of lines) {
    const value = numbers[coordinateCount(numbers.length, { kind, confidences: true })]
    if (value === undefined || value < 0 || value > 1) return false
    fractions ||= value % 1 !== 0
  }
  return fractions
}
