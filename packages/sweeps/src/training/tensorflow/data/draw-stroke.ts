import type { Canvas } from '../../../sample/canvas.js'
import { length, type Point } from '../../../sample/point.js'

/**
 * Darkens a canvas along a segment with round ends and an edge one pixel soft; `ink` of 1 takes all the light.
 * Pixel (x, y) is the point (x, y).
 *
 * @param radius half the line's width in pixels
 */
export function drawSegment(canvas: Canvas, a: Point, b: Point, radius: number, ink: number): void {
  const reach = radius + 1
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const square = dx * dx + dy * dy
  const x0 = Math.max(0, Math.ceil(Math.min(a.x, b.x) - reach))
  const x1 = Math.min(canvas.width - 1, Math.floor(Math.max(a.x, b.x) + reach))
  const y0 = Math.max(0, Math.ceil(Math.min(a.y, b.y) - reach))
  const y1 = Math.min(canvas.height - 1, Math.floor(Math.max(a.y, b.y) + reach))
  for (let y = y0; y <= y1; y++) {
    for (let x = x0; x <= x1; x++) {
      const along = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / square))
      const distance = length(x - a.x - along * dx, y - a.y - along * dy)
      const cover = Math.min(1, Math.max(0, radius + 0.5 - distance))
      canvas.data[y * canvas.width + x]! *= 1 - ink * cover
    }
  }
}
