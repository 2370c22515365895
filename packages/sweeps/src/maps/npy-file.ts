import { openFileReader, openInput } from '../files/byte-reader.js'
import { describeArray, type MapArray } from './map-array.js'

/** Reads the header of an npy file. */
export async function openNpy(file: string): Promise<MapArray> {
  const handle = await openInput(file)
  const { size } = await handle.stat()
  await handle.close()
  return describeArray(file, '', size, () => openFileReader(file))
}
