import { length, type Quad } from '../../../sample/point.js'
import { shrinkDistance } from '../../../sample/response.js'
import type { TextRegion } from './text-image.js'

/** What a DBNet is to answer to an image; each array has a value a pixel, row by row. */
export interface Targets {
  /** 1 in the shrunk regions. */
  readonly shrunk: Float32Array
  /** 0 where the probability map is not judged: in regions that are ignored, or vanish when shrunk. */
  readonly judged: Float32Array
  /** The threshold map, 0.3 to 0.7, highest at the regions' edges. */
  readonly threshold: Float32Array
  /** 1 in the regions grown by the distance that they are shrunk by, where the threshold map is judged. */
  readonly border: Float32Array
}

/** Of the threshold map, as the authors' code has it. */
const LOWEST = 0.3
const HIGHEST = 0.7

/**
 * The label of DBNet (Liao et al., "Real-time scene text detection with differentiable binarization", AAAI 2020,
 * section 3.4): regions shrunk by D = A (1 - r²) / L, r = 0.4; a threshold map that falls with the distance to the
 * region's edge, from 0.7 there to 0.3 at distance D on either side; nothing is judged outside a region grown by D.
 *
 * For convex regions no polygon has to be offset: a point lies in the shrunk region where it is at least D inside
 * every edge's line, and in the grown one (with round corners) where it is no farther than D away. Pixel (x, y) is the
 * point (x, y), as for the postprocess. Where regions meet, the higher threshold stands.
 *
 * @param regions convex, clockwise; anything outside the picture is left out
 * @param size pixels a side
 */
export function targetsOf(regions: readonly TextRegion[], size: number): Targets {
  const targets = {
    shrunk: new Float32Array(size * size),
    judged: new Float32Array(size * size).fill(1),
    threshold: new Float32Array(size * size).fill(LOWEST),
    border: new Float32Array(size * size),
  }
  for (const { quad, ignore } of regions) {
    const distance = shrinkDistance(quad)
    // A region so small that nothing is left of it is not asked for.
    const lost = ignore || !marks(targets.shrunk, quad, size, distance)
    if (lost) unmark(targets, quad, size)
    else drawBorder(targets, quad, size, distance)
  }
  return targets
}

/** Whether the shrunk region has a pixel; draws it. */
function marks(shrunk: Float32Array, quad: Quad, size: number, distance: number): boolean {
  let found = false
  eachPixel(quad, size, 0, (at, x, y) => {
    if (depth(quad, x, y) < distance) return
    shrunk[at] = 1
    found = true
  })
  return found
}

function unmark({ judged }: Targets, quad: Quad, size: number): void {
  eachPixel(quad, size, 0, (at, x, y) => {
    if (depth(quad, x, y) >= 0) judged[at] = 0
  })
}

function drawBorder({ threshold, border }: Targets, quad: Quad, size: number, distance: number): void {
  eachPixel(quad, size, distance, (at, x, y) => {
    const away = toEdge(quad, x, y)
    const within = depth(quad, x, y) >= 0
    if (!within && away > distance) return
    border[at] = 1
    const height = Math.max(0, 1 - away / distance)
    threshold[at] = Math.max(threshold[at]!, LOWEST + (HIGHEST - LOWEST) * height)
  })
}

/** How far inside a clockwise convex quad a point lies: the distance to the nearest edge's line, negative outside. */
function depth(quad: Quad, x: number, y: number): number {
  let least = Number.POSITIVE_INFINITY
  for (const [i, a] of quad.entries()) {
    const b = quad[(i + 1) % 4]!
    const span = length(b.x - a.x, b.y - a.y)
    if (span === 0) continue
    least = Math.min(least, ((b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x)) / span)
  }
  return least
}

/** The distance of a point to the nearest edge. */
function toEdge(quad: Quad, x: number, y: number): number {
  let least = Number.POSITIVE_INFINITY
  for (const [i, a] of quad.entries()) {
    const b = quad[(i + 1) % 4]!
    const [dx, dy] = [b.x - a.x, b.y - a.y]
    const square = dx * dx + dy * dy
    const along = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / square))
    least = Math.min(least, length(x - a.x - along * dx, y - a.y - along * dy))
  }
  return least
}

function eachPixel(
  quad: Quad,
  size: number,
  margin: number,
  visit: (at: number, x: number, y: number) => void,
): void {
  const [xs, ys] = [quad.map(({ x }) => x), quad.map(({ y }) => y)]
  const x1 = Math.min(size - 1, Math.floor(Math.max(...xs) + margin))
  const y1 = Math.min(size - 1, Math.floor(Math.max(...ys) + margin))
  for (let y = Math.max(0, Math.ceil(Math.min(...ys) - margin)); y <= y1; y++) {
    for (let x = Math.max(0, Math.ceil(Math.min(...xs) - margin)); x <= x1; x++) visit(y * size + x, x, y)
  }
}
