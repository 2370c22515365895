/** A point in pixels, x to the right, y down. */
export interface Point {
  x: number
  y: number
}

/** A quadrilateral, clockwise from its top left corner. */
export type Quad = readonly [Point, Point, Point, Point]

/** Area and perimeter of a simple quadrilateral. */
export function measure(quad: Quad): { area: number; perimeter: number } {
  let twice = 0
  let perimeter = 0
  for (const [i, a] of quad.entries()) {
    const b = quad[(i + 1) % 4]!
    twice += a.x * b.y - b.x * a.y
    perimeter += length(b.x - a.x, b.y - a.y)
  }
  return { area: Math.abs(twice) / 2, perimeter }
}

/**
 * The length of a vector. Math.hypot may differ in its last bit between engines; a square root may not, and the
 * sample is the same bytes everywhere.
 */
export function length(x: number, y: number): number {
  return Math.sqrt(x * x + y * y)
}
