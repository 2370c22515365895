import type { ProbabilityMap } from '../../src/index.js'

/** A map with bright rectangles on a dark ground. */
export function mapOf(
  width: number,
  height: number,
  ...rectangles: [x: number, y: number, w: number, h: number][]
): ProbabilityMap {
  const data = new Float32Array(width * height).fill(0.1)
  for (const [x, y, w, h] of rectangles) {
    for (let row = y; row < y + h; row++) data.fill(0.9, row * width + x, row * width + x + w)
  }
  return { data, width, height }
}

/** The corners of a rectangle, from the top left with the clock. */
export function rectangle(x: number, y: number, w: number, h: number): number[] {
  return [x, y, x + w, y, x + w, y + h, x, y + h]
}
