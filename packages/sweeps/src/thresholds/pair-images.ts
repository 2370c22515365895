import { InputError } from '@thresher/core'
import { type GroundTruth, type Protocol, packGroundTruth } from '@thresher/native'
import { findImage } from '../files/image-name.js'
import type { MapEntry } from '../maps/types.js'
import type { PolygonFile } from '../polygons/types.js'
import { checkClockwise } from '../score/icdar2015-input.js'

const NAMES_SHOWN = 3

/**
 * The ground truth of each map, by image name. A map without ground truth is an InputError, because leaving it out
 * would change the score; so is what the protocol refuses. Ground truth without a map is left out, with one notice.
 */
export function pairImages(
  entries: readonly MapEntry[],
  groundTruth: PolygonFile,
  protocol: Protocol,
  onNotice?: (line: string) => void,
): GroundTruth[] {
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
  return annotations.map((objects) => {
    if (protocol === 'icdar2015') checkClockwise(objects!)
    return packGroundTruth(objects!)
  })
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SHOWN).join(', ')
  return names.length > NAMES_SHOWN ? `${shown} and ${names.length - NAMES_SHOWN} more` : shown || 'nothing'
}
