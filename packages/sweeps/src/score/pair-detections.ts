import { InputError } from '@thresher/core'
import { findImage } from '../files/image-name.js'
import { quote } from '../files/quote.js'
import type { Annotation, PolygonFile } from '../polygons/types.js'

/**
 * The detections of each image, by the ground truth's name for it.
 * @throws InputError where an image of the detections is not in the ground truth, or two of them are the same one.
 */
export function pairDetections(
  groundTruth: PolygonFile,
  detections: PolygonFile,
): Map<string, readonly Annotation[]> {
  const truthNames = new Map([...groundTruth.images.keys()].map((name) => [name, name]))
  const found = new Map<string, readonly Annotation[]>()
  const givenAs = new Map<string, string>()
  for (const [image, annotations] of detections.images) {
    const name = findImage(truthNames, image)
    if (name === undefined) {
      const [first] = groundTruth.images.keys()
      throw new InputError(
        `${detections.path}: image ${quote(image)} is not in the ground truth ${groundTruth.path} (${truthNames.size} images, the first is ${first === undefined ? 'none' : quote(first)}). Names must agree; remove it or rename it.`,
      )
    }
    const other = givenAs.get(name)
    if (other !== undefined) {
      throw new InputError(
        `${detections.path}: images ${quote(other)} and ${quote(image)} are both ${quote(name)} of the ground truth. Remove one.`,
      )
    }
    givenAs.set(name, image)
    found.set(name, annotations)
  }
  return found
}
