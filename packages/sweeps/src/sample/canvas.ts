import type { Random } from '@thresher/core'
import { length } from './point.js'
import type { Response } from './response.js'

/** A probability map while it is drawn, row by row. */
export interface Canvas {
  data: Float64Array
  width: number
  height: number
}

export function createCanvas(width: number, height: number): Canvas {
  return { data: new Float64Array(width * height), width, height }
}

/** Draws a network's answer; where answers meet, the stronger one stands. */
export function drawResponse(canvas: Canvas, response: Response): void {
  const { quad, inset, softness, confidence, dip } = response
  const edges = quad.map((a, i) => {
    const b = quad[(i + 1) % 4]!
    const span = length(b.x - a.x, b.y - a.y)
    // Inside lies to the right of an edge that runs clockwise, y down.
    return { a, nx: -(b.y - a.y) / span, ny: (b.x - a.x) / span }
  })
  const [left, right] = [edges[3]!, edges[1]!]
  const reach = Math.max(0, softness - inset) + 1
  const xs = quad.map((point) => point.x)
  const ys = quad.map((point) => point.y)
  const x1 = Math.min(canvas.width - 1, Math.ceil(Math.max(...xs) + reach))
  const y1 = Math.min(canvas.height - 1, Math.ceil(Math.max(...ys) + reach))
  for (let y = Math.max(0, Math.floor(Math.min(...ys) - reach)); y <= y1; y++) {
    for (let x = Math.max(0, Math.floor(Math.min(...xs) - reach)); x <= x1; x++) {
      let inside = Number.POSITIVE_INFINITY
      for (const { a, nx, ny } of edges) inside = Math.min(inside, (x - a.x) * nx + (y - a.y) * ny)
      let value = confidence * smoothStep((inside - inset) / softness)
      if (dip !== undefined) {
        const fromLeft = (x - left.a.x) * left.nx + (y - left.a.y) * left.ny
        const fromRight = (x - right.a.x) * right.nx + (y - right.a.y) * right.ny
        const away = Math.abs(fromLeft - dip.at * (fromLeft + fromRight)) / 2
        if (away < 1) value *= dip.share + (1 - dip.share) * away
      }
      const at = y * canvas.width + x
      if (value > canvas.data[at]!) canvas.data[at] = value
    }
  }
}

/** Draws a round bump of the given radii that fades to its rim. */
export function drawBlob(canvas: Canvas, cx: number, cy: number, rx: number, ry: number, peak: number): void {
  for (let y = Math.max(0, Math.ceil(cy - ry)); y <= Math.min(canvas.height - 1, cy + ry); y++) {
    for (let x = Math.max(0, Math.ceil(cx - rx)); x <= Math.min(canvas.width - 1, cx + rx); x++) {
      const [u, v] = [(x - cx) / rx, (y - cy) / ry]
      const rest = 1 - u * u - v * v
      if (rest <= 0) continue
      const value = peak * rest * (2 - rest)
      const at = y * canvas.width + x
      if (value > canvas.data[at]!) canvas.data[at] = value
    }
  }
}

/** Multiplies by smooth noise of the given strength, adds a faint floor, and keeps the result in 0 to 1. */
export function addTexture(canvas: Canvas, random: Random, strength: number, floor: number): void {
  const { data, width, height } = canvas
  const cell = 4
  const columns = Math.ceil(width / cell) + 1
  const grid = Float64Array.from(
    { length: columns * (Math.ceil(height / cell) + 1) },
    () => 2 * random.next() - 1,
  )
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / cell)
    const v = y / cell - row
    for (let x = 0; x < width; x++) {
      const column = Math.floor(x / cell)
      const u = x / cell - column
      const at = row * columns + column
      const above = grid[at]! * (1 - u) + grid[at + 1]! * u
      const below = grid[at + columns]! * (1 - u) + grid[at + columns + 1]! * u
      const value =
        data[y * width + x]! * (1 + strength * (above * (1 - v) + below * v)) + floor * random.next()
      data[y * width + x] = Math.min(1, Math.max(0, value))
    }
  }
}

/** 0 up to -1, 1 from 1 on, a cubic between (Hermite). */
function smoothStep(value: number): number {
  const t = Math.min(1, Math.max(0, (value + 1) / 2))
  return t * t * (3 - 2 * t)
}
