import type { Fate, ImageScore } from '@thresher/native'
import type { Annotation } from '../polygons/types.js'
import type { PolygonOutcome } from './types.js'

/**
 * What became of each polygon of an image, ground truth and detections each in the file's order. The score lists
 * detections as `ordered`, a permutation of `found`, does.
 */
export function outcomesOf(
  { gtFates, detFates, links }: ImageScore,
  found: readonly Annotation[],
  ordered: readonly Annotation[],
): { objects: PolygonOutcome[]; detections: PolygonOutcome[] } {
  const places = new Map(found.map((annotation, place) => [annotation, place]))
  const placeOf = ordered === found ? (i: number) => i : (i: number) => places.get(ordered[i]!)!
  const objects = withoutLinks(gtFates)
  const detections = new Array<{ fate: Fate; with: number[] }>(detFates.length)
  for (const [i, fate] of detFates.entries()) detections[placeOf(i)] = { fate, with: [] }
  for (const { gt, det } of links) {
    objects[gt]!.with.push(placeOf(det))
    detections[placeOf(det)]!.with.push(gt)
  }
  for (const outcome of [...objects, ...detections]) outcome.with.sort((a, b) => a - b)
  return { objects, detections }
}

function withoutLinks(fates: readonly Fate[]): { fate: Fate; with: number[] }[] {
  return fates.map((fate) => ({ fate, with: [] }))
}
