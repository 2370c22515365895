import { createRequire } from 'node:module'
import type * as ClipperModule from 'js-angusj-clipper'
import { type Ring, ringSignedArea } from './ring.js'

/** Outward offset of closed polygons by `delta` pixels; integer vertices, one ring a result path. */
export type Offset = (polygon: Ring, delta: number) => Ring[]

/**
 * Clipper 6.4.2 compiled to WebAssembly, used as pyclipper uses it: coordinates truncated toward zero, round joins,
 * miter limit 2, arc tolerance 0.25.
 */
export async function loadOffset(): Promise<Offset> {
  const require = createRequire(import.meta.url)
  const clipper = require('js-angusj-clipper') as typeof ClipperModule
  const library = await clipper.loadNativeClipperLibInstanceAsync(
    clipper.NativeClipperLibRequestedFormat.WasmOnly,
  )
  return (polygon, delta) => {
    const data = []
    for (let i = 0; i < polygon.length; i += 2) {
      data.push({ x: Math.trunc(polygon[i]!), y: Math.trunc(polygon[i + 1]!) })
    }
    const paths = library.offsetToPaths({
      delta,
      miterLimit: 2,
      arcTolerance: 0.25,
      offsetInputs: [{ joinType: clipper.JoinType.Round, endType: clipper.EndType.ClosedPolygon, data }],
    })
    if (paths === undefined) throw new Error(`Clipper failed to offset ${polygon.join(' ')} by ${delta}`)
    return paths.map((path) => path.flatMap((point) => [point.x, point.y]))
  }
}

/**
 * Whether Clipper's answer for a polygon is the same everywhere. Clipper sorts local minima and crossings with
 * std::sort, whose order of equal elements is the library's own choice: Debian's pyclipper has libstdc++'s, the
 * WebAssembly build has libc++'s. Both leave equal elements in order (insertion sort) up to 16 of them, so the path
 * that Clipper untangles may have as many minima: those of the polygon, and those of the turns back to the corner
 * that it makes at every notch.
 */
export function isOffsetPortable(polygon: Ring): boolean {
  const count = polygon.length / 2
  const edges = Array.from({ length: count }, (_, i) => {
    const next = (i + 1) % count
    return { dx: polygon[2 * next]! - polygon[2 * i]!, dy: polygon[2 * next + 1]! - polygon[2 * i + 1]! }
  }).filter(({ dx, dy }) => dx !== 0 || dy !== 0)
  const corners = edges.map((edge, i) => {
    const before = edges.at(i - 1)!
    return { before, edge, turn: before.dx * edge.dy - before.dy * edge.dx }
  })
  const orientation = Math.sign(ringSignedArea(polygon)) || 1
  const rises = corners
    .flatMap(({ before, edge, turn }) =>
      turn * orientation < 0 ? [before.dx * orientation, -edge.dx * orientation, edge.dy] : [edge.dy],
    )
    .filter((dy) => dy !== 0)
  return rises.filter((dy, i) => dy < 0 && rises.at(i - 1)! > 0).length <= 16
}
