import { InputError } from '@thresher/core'
import type { Protocol } from '@thresher/native'
import type { Annotation } from '../polygons/types.js'

/**
 * Throws InputError at the first quad that runs against the clock (y points down), where the ICDAR 2015 script, and
 * what descends from it, ends the whole evaluation. Other polygons are not checked: that script reads none.
 */
export function checkClockwise(annotations: Iterable<Annotation>, protocol: Protocol): void {
  for (const { points, place } of annotations) {
    if (points.length === 8 && turn(points) > 0) {
      throw new InputError(
        `${place}: the corners run counterclockwise; ${protocol} takes quads clockwise only. List them from top left to top right.`,
      )
    }
  }
}

/** Detections by descending confidence where all have one, as the script sorts them; ties keep their order. */
export function byConfidence(detections: readonly Annotation[]): readonly Annotation[] {
  if (detections.some(({ confidence }) => confidence === undefined)) return detections
  return [...detections].sort((a, b) => b.confidence! - a.confidence!)
}

/** Twice the signed area, as the script sums it: above 0 where the quad runs against the clock. */
function turn(points: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < points.length; i += 2) {
    const next = (i + 2) % points.length
    sum += (points[next]! - points[i]!) * (points[next + 1]! + points[i + 1]!)
  }
  return sum
}
