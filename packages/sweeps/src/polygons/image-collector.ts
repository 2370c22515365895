import { InputError } from '@thresher/core'
import type { Size } from '@thresher/native'
import { quote } from '../files/quote.js'
import type { ParsedPolygons } from './polygon-format.js'
import type { Annotation } from './types.js'

/** Gathers the images of a set of files, each of which may be described once. */
export interface ImageCollector {
  /**
   * @param place Where the image is described, for messages.
   * @throws InputError where the name is empty or was described before.
   */
  add(image: string, annotations: Annotation[], place: string, size?: Size): void
  parsed(): ParsedPolygons
}

export function collectImages(): ImageCollector {
  const images = new Map<string, Annotation[]>()
  const sizes = new Map<string, Size>()
  const places = new Map<string, string>()
  return {
    add(image, annotations, place, size) {
      if (image === '') throw new InputError(`${place}: the image's name is empty. Give it one.`)
      const first = places.get(image)
      if (first !== undefined) {
        throw new InputError(`${first} and ${place} both describe image ${quote(image)}. Keep one of them.`)
      }
      places.set(image, place)
      images.set(image, annotations)
      if (size !== undefined) sizes.set(image, size)
    },
    parsed: () => (sizes.size === 0 ? { images } : { images, sizes }),
  }
}
