const PICTURE = /\.(jpe?g|png|bmp|gif|tiff?|webp)$/i

/** Names by their bare form, for each map that was asked; undefined where several names share it. */
const bareIndices = new WeakMap<ReadonlyMap<string, unknown>, Map<string, string | undefined>>()

/**
 * Looks an image up by name. A name that is absent stands for the only one that is the same without folder and
 * picture extension: `img_1`, `img_1.jpg` and `val/img_1.png` are one image unless the data say otherwise.
 *
 * @param images Must not change once it was asked.
 */
export function findImage<T>(images: ReadonlyMap<string, T>, name: string): T | undefined {
  const match = images.has(name) ? name : bareIndex(images).get(bareName(name))
  return match === undefined ? undefined : images.get(match)
}

function bareIndex(images: ReadonlyMap<string, unknown>): Map<string, string | undefined> {
  const known = bareIndices.get(images)
  if (known !== undefined) return known
  const index = new Map<string, string | undefined>()
  for (const name of images.keys()) {
    const bare = bareName(name)
    index.set(bare, index.has(bare) ? undefined : name)
  }
  bareIndices.set(images, index)
  return index
}

/** The name without folder and picture extension; without a picture extension, as it is. */
export function bareName(name: string): string {
  return PICTURE.test(name) ? name.replace(PICTURE, '').replace(/^.*[\\/]/, '') : name
}
