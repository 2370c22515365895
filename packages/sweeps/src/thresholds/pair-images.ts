import { InputError } from '@thresher/core'
import type { GroundTruth, Scoring } from '@thresher/native'
import { findImage } from '../files/image-name.js'
import type { MapEntry } from '../maps/types.js'
import type { Annotation, PolygonFile } from '../polygons/types.js'
import { groundTruthFor } from '../score/protocol-input.js'

const NAMES_SHOWN = 3

/** Ground truth of one image as it was read, and as native code takes it. */
export interface PairedTruth {
  readonly objects: readonly Annotation[]
  readonly packed: GroundTruth
}

/**
 * The ground truth of each map, by image name. A map without ground truth is an InputError, because leaving it out
 * would change the score; so is what the protocol refuses. Ground truth without a map is left out, with one notice.
 */
export function pairImages(
  entries: readonly MapEntry[],
  groundTruth: PolygonFile,
  scoring: Scoring,
  onNotice?: (line: string) => void,
): PairedTruth[] {
  const annotations = entries.map((entry) => findImage(groundTruth.images, entry.image))
  const unlabelled = entries.filter((_, i) => annotations[i] === undefined)
  if (unlabelled.length > 0) {
    throw new InputError(
      `${unlabelled[0]!.file}: ${groundTruth.path} has no ground truth for ${listed(unlabelled.map((entry) => entry.image))}. ` +
        `It names ${listed([...groundTruth.images.keys()])}. Names must agree: give --index to name maps, or leave these maps out.`,
    )
  }
  const paired = new Set(annotations)
  const unmapped = [...groundTruth.images]
    .filter(([, objects]) => !paired.has(objects))
    .map(([image]) => image)
  if (unmapped.length > 0) {
    onNotice?.(`${groundTruth.path}: no map for ${listed(unmapped)}; left out.`)
  }
  return annotations.map((objects) => ({ objects: objects!, packed: groundTruthFor(scoring, objects!) }))
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SHOWN).join(', ')
  return names.length > NAMES_SHOWN ? `${shown} and ${names.length - NAMES_SHOWN} more` : shown || 'nothing'
}
