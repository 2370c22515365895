import { InputError } from '@thresher/core'
import type { Size } from '@thresher/native'
import { findImage } from '../files/image-name.js'
import { quote } from '../files/quote.js'
import { type IndexEntry, LARGEST_SIDE } from './index-file.js'
import type { MapEntry } from './types.js'

/**
 * Parses an image size such as `1280x720`, width first, in pixels.
 *
 * @throws InputError on anything else.
 */
export function parseSize(text: string): Size {
  const parts = /^\s*(\d{1,10})\s*[xX×]\s*(\d{1,10})\s*$/.exec(text)
  const [width, height] = [Number(parts?.[1]), Number(parts?.[2])]
  if (width >= 1 && height >= 1 && width <= LARGEST_SIDE && height <= LARGEST_SIDE) return { width, height }
  throw new InputError(
    `${quote(text)} is not an image size. Write width x height in pixels, such as 1280x720.`,
  )
}

/**
 * The size of every map's image: from the index by name, the one size given for all, or, without either, the
 * map's own.
 *
 * Where the index does not know a name, one that differs only in folder or picture extension is taken.
 *
 * @throws InputError naming the map whose image the index lacks.
 */
export function imageSizes(
  entries: readonly MapEntry[],
  source?: readonly IndexEntry[] | Size,
): Map<string, Size> {
  if (source === undefined) return sizesBy(entries, ({ width, height }) => ({ width, height }))
  if (!isIndex(source)) return sizesBy(entries, () => source)
  const index = new Map(source.map(({ image, width, height }) => [image, { width, height }]))
  return sizesBy(entries, (entry) => {
    const size = findImage(index, entry.image)
    if (size !== undefined) return size
    throw new InputError(
      `${entry.file}: the index has no entry for image ${quote(entry.image)} among its ${index.size}. Add {"image": ${quote(entry.image)}, "width": ..., "height": ...}.`,
    )
  })
}

function sizesBy(entries: readonly MapEntry[], size: (entry: MapEntry) => Size): Map<string, Size> {
  return new Map(entries.map((entry) => [entry.image, size(entry)]))
}

function isIndex(source: readonly IndexEntry[] | Size): source is readonly IndexEntry[] {
  return Array.isArray(source)
}
