import type { GroundTruth, PolygonSet, Size } from './types.js'

/** Packs polygons, each a flat list x0, y0, x1, y1, ..., into a PolygonSet. */
export function packPolygons(polygons: readonly (readonly number[])[]): PolygonSet {
  const offsets = new Uint32Array(polygons.length + 1)
  for (const [i, polygon] of polygons.entries()) offsets[i + 1] = offsets[i]! + polygon.length / 2
  const points = new Float64Array(offsets[polygons.length]! * 2)
  for (const [i, polygon] of polygons.entries()) points.set(polygon, offsets[i]! * 2)
  return { points, offsets }
}

/** Packs ground truth: polygons as for packPolygons, each with whether it is "don't care", and its text; the image's size. */
export function packGroundTruth(
  objects: readonly { points: readonly number[]; ignore: boolean; text?: string }[],
  size?: Size,
): GroundTruth {
  return {
    ...packPolygons(objects.map((object) => object.points)),
    ignore: Uint8Array.from(objects, (object) => Number(object.ignore)),
    texts: objects.map(({ text = '' }) => text),
    longerSide: size && Math.max(size.width, size.height),
  }
}

/** The polygons of a set, each as a list of [x, y]. */
export function unpackPolygons({ points, offsets }: PolygonSet): [number, number][][] {
  return Array.from({ length: offsets.length - 1 }, (_, i) =>
    Array.from({ length: offsets[i + 1]! - offsets[i]! }, (_, k) => {
      const at = (offsets[i]! + k) * 2
      return [points[at]!, points[at + 1]!] as [number, number]
    }),
  )
}
