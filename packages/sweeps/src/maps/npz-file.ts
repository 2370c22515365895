import { InputError } from '@thresher/core'
import { listZip, openZipEntry } from '../files/zip-archive.js'
import { describeArray, type MapArray } from './map-array.js'

const EXTENSION = '.npy'

/** Reads the headers of all arrays in an npz archive, in the archive's order; other members are left alone. */
export async function openNpz(file: string): Promise<MapArray[]> {
  const entries = await listZip(file)
  const arrays: MapArray[] = []
  for (const entry of entries) {
    if (!entry.name.endsWith(EXTENSION)) continue
    const key = entry.name.slice(0, -EXTENSION.length)
    arrays.push(await describeArray(file, key, entry.size, async () => openZipEntry(entry)))
  }
  if (arrays.length === 0) {
    throw new InputError(
      `${file}: no array in the archive. Save one with np.savez_compressed(path, prob=prob).`,
    )
  }
  return arrays
}
