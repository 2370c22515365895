/** A line through points of the unit square, x to the right, y down: x0, y0, x1, y1, ... */
export type Stroke = readonly number[]

/**
 * Reads strokes written as pairs of digits, one a grid point: `062046 1434` is an A on a grid of 4 x 6.
 */
export function parseStrokes(text: string, columns: number, rows: number): Stroke[] {
  return text
    .split(' ')
    .map((stroke) => Array.from(stroke, (digit, i) => Number(digit) / (i % 2 === 0 ? columns : rows)))
}

/** Strokes moved from the unit square into a box. */
export function place(
  strokes: readonly Stroke[],
  [left, top, width, height]: readonly [number, number, number, number],
): Stroke[] {
  return strokes.map((stroke) =>
    stroke.map((value, i) => (i % 2 === 0 ? left + width * value : top + height * value)),
  )
}
