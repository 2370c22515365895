/** Numbers in one of the kinds of typed arrays that hold them as they are. */
export type ExactValues =
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Float32Array
  | Float64Array

/** The kinds, those of fewer bytes first. Files name a kind by its place here. */
export const EXACT_KINDS = [
  Uint8Array,
  Int8Array,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
] as const

/** Least and most of the first kinds. */
const WHOLE_RANGES: readonly (readonly [low: number, high: number])[] = [
  [0, 2 ** 8 - 1],
  [-(2 ** 7), 2 ** 7 - 1],
  [0, 2 ** 16 - 1],
  [-(2 ** 15), 2 ** 15 - 1],
  [0, 2 ** 32 - 1],
  [-(2 ** 31), 2 ** 31 - 1],
]

/** The place in {@link EXACT_KINDS} of the smallest kind that holds every value of every list to the bit. */
export function exactKind(lists: Iterable<ArrayLike<number>>): number {
  let low = 0
  let high = 0
  let whole = true
  let single = true
  for (const values of lists) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!
      if (value < low) low = value
      if (value > high) high = value
      whole &&= Number.isInteger(value) && !Object.is(value, -0)
      single &&= Object.is(Math.fround(value), value)
    }
  }
  const kind = whole ? WHOLE_RANGES.findIndex(([least, most]) => least <= low && high <= most) : -1
  if (kind >= 0) return kind
  return EXACT_KINDS.indexOf(single ? Float32Array : Float64Array)
}

/** The values in the smallest kind that holds them to the bit. */
export function exactValues(values: ArrayLike<number>): ExactValues {
  return EXACT_KINDS[exactKind([values])]!.from(values)
}
