import { parseStrokes, place, type Stroke } from './strokes.js'

/** Basic consonants on a grid of 4 x 4. */
const CONSONANTS: Readonly<Record<string, string>> = {
  ㄱ: '004044',
  ㄴ: '000444',
  ㄷ: '40000444',
  ㄹ: '004042020444',
  ㅁ: '0040440400',
  ㅂ: '00044440 0242',
  ㅅ: '2004 2144',
  ㅇ: '103041433414030110',
  ㅈ: '0040 2004 2144',
  ㅊ: '1030 0141 2104 2244',
  ㅋ: '004044 0242',
  ㅌ: '40000444 0242',
  ㅍ: '0040 1014 3034 0444',
  ㅎ: '1030 0141 1232341412',
}

/** Upright vowels, which stand to the right of the first consonant. */
const UPRIGHT: Readonly<Record<string, string>> = {
  ㅏ: '1014 1232',
  ㅐ: '1014 1232 3034',
  ㅑ: '1014 1131 1333',
  ㅒ: '1014 1131 1333 3034',
  ㅓ: '3034 1232',
  ㅔ: '2024 0222 4044',
  ㅕ: '3034 1131 1333',
  ㅖ: '2024 0121 0323 4044',
  ㅣ: '2024',
}

/** Level vowels, which lie under it. */
const LEVEL: Readonly<Record<string, string>> = {
  ㅗ: '0242 2022',
  ㅛ: '0242 1012 3032',
  ㅜ: '0242 2224',
  ㅠ: '0242 1214 3234',
  ㅡ: '0242',
}

// In Unicode's order (The Unicode Standard, section 3.12), compounds by their parts.
const LEADS = 'ㄱ ㄱㄱ ㄴ ㄷ ㄷㄷ ㄹ ㅁ ㅂ ㅂㅂ ㅅ ㅅㅅ ㅇ ㅈ ㅈㅈ ㅊ ㅋ ㅌ ㅍ ㅎ'.split(' ')
const VOWELS = 'ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ'.split(' ')
const TAILS =
  'ㄱ ㄱㄱ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅅㅅ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ'.split(
    ' ',
  )

const FIRST = 0xac00
const LAST = 0xd7a3

/** The strokes of a Hangul syllable in the unit square; undefined for any other character. */
export function hangulStrokes(char: string): Stroke[] | undefined {
  const code = char.codePointAt(0) ?? 0
  if (code < FIRST || code > LAST) return undefined
  const index = code - FIRST
  const tail = TAILS[(index % 28) - 1]
  const vowel = Array.from(VOWELS[Math.floor(index / 28) % 21]!)
  const lead = LEADS[Math.floor(index / 588)]!
  const level = vowel.find((part) => part in LEVEL)
  const upright = vowel.find((part) => part in UPRIGHT)
  const width = upright === undefined ? 0.8 : 0.45
  const bottom = tail === undefined ? 0.9 : 0.55
  const leadHeight = level === undefined ? bottom - 0.1 : (bottom - 0.1) * 0.52
  const strokes = consonants(lead, [0.1, 0.1, width, leadHeight])
  if (level !== undefined) {
    const top = 0.1 + leadHeight + 0.06
    strokes.push(...place(parseStrokes(LEVEL[level]!, 4, 4), [0.06, top, width + 0.08, bottom - top]))
  }
  if (upright !== undefined) {
    strokes.push(...place(parseStrokes(UPRIGHT[upright]!, 4, 4), [0.6, 0.06, 0.34, bottom - 0.06]))
  }
  if (tail !== undefined) strokes.push(...consonants(tail, [0.15, 0.64, 0.7, 0.28]))
  return strokes
}

/** One consonant, or two side by side, in a box. */
function consonants(parts: string, [left, top, width, height]: [number, number, number, number]): Stroke[] {
  const share = width / parts.length
  return Array.from(parts).flatMap((part, i) =>
    place(parseStrokes(CONSONANTS[part]!, 4, 4), [left + i * share, top, share * 0.9, height]),
  )
}
