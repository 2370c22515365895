/** A closed polygon as x0, y0, x1, y1, ... */
export type Ring = readonly number[]

/** Area in double, x shifted by the first vertex: GEOS 3.11 algorithm::Area, behind shapely's Polygon.area. */
export function ringArea(ring: Ring): number {
  return Math.abs(ringSignedArea(ring))
}

/** The area with its sign: positive where the vertices turn from x to y. */
export function ringSignedArea(ring: Ring): number {
  const count = ring.length / 2
  const originX = ring[0]!
  let twice = 0
  for (let i = 1; i < count; i++) {
    const x = ring[2 * i]! - originX
    const nextY = ring[2 * ((i + 1) % count) + 1]!
    twice += x * (nextY - ring[2 * i - 1]!)
  }
  return twice / 2
}

/** Perimeter in double, edge by edge from the first vertex: GEOS algorithm::Length, behind shapely's Polygon.length. */
export function ringLength(ring: Ring): number {
  const count = ring.length / 2
  let length = 0
  for (let i = 0; i < count; i++) {
    const next = (i + 1) % count
    const dx = ring[2 * next]! - ring[2 * i]!
    const dy = ring[2 * next + 1]! - ring[2 * i + 1]!
    length += Math.sqrt(dx * dx + dy * dy)
  }
  return length
}
