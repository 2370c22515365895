import type { ByteReader } from '../files/byte-reader.js'
import { decodeElements, elementBytes } from './decode-elements.js'
import type { MapArray } from './map-array.js'

export interface Plane {
  index: number
  data: Float32Array
}

/** Planes gathered at once from an array that interleaves them (Fortran order with N > 1). */
const GATHERED_BYTES = 1 << 28
const CHUNK_BYTES = 1 << 20

/**
 * The wanted planes of an array in order, row by row, each a buffer of its own.
 *
 * One plane is held at a time. Fortran order interleaves the planes of a stack: as many as fit into 256 MiB are
 * gathered in one pass over the array.
 *
 * The archive's checksum is compared before the last plane is handed out.
 */
export async function* readPlanes(
  array: MapArray,
  wanted: (index: number) => boolean,
  signal: AbortSignal | undefined,
): AsyncGenerator<Plane> {
  const interleaved = array.header.fortranOrder && array.count > 1
  yield* interleaved ? gatherPlanes(array, wanted, signal) : streamPlanes(array, wanted, signal)
}

async function* streamPlanes(
  array: MapArray,
  wanted: (index: number) => boolean,
  signal: AbortSignal | undefined,
): AsyncGenerator<Plane> {
  const { count, height, width, header } = array
  const last = lastWanted(count, wanted)
  if (last < 0) return
  const reader = await array.open()
  try {
    for (let index = 0; index <= last; index++) {
      signal?.throwIfAborted()
      if (!wanted(index)) {
        await reader.skip(height * width * header.type.bytes)
        continue
      }
      const data = await readElements(reader, array, height * width)
      if (index === count - 1) await reader.end()
      yield { index, data: header.fortranOrder ? transposed(data, width, height) : data }
    }
  } finally {
    await reader.close()
  }
}

async function* gatherPlanes(
  array: MapArray,
  wanted: (index: number) => boolean,
  signal: AbortSignal | undefined,
): AsyncGenerator<Plane> {
  const planeBytes = array.height * array.width * Float32Array.BYTES_PER_ELEMENT
  const atOnce = Math.max(1, Math.floor(GATHERED_BYTES / planeBytes))
  let next = 0
  while (next < array.count) {
    const batch: number[] = []
    for (; next < array.count && batch.length < atOnce; next++) if (wanted(next)) batch.push(next)
    if (batch.length > 0) yield* await gatherBatch(array, batch, signal)
  }
}

async function gatherBatch(
  array: MapArray,
  batch: readonly number[],
  signal: AbortSignal | undefined,
): Promise<Plane[]> {
  const { count, height, width } = array
  const planes = batch.map((index) => ({ index, data: new Float32Array(height * width) }))
  const pixels = height * width
  const step = Math.max(1, Math.floor(CHUNK_BYTES / Float32Array.BYTES_PER_ELEMENT / count))
  const reader = await array.open()
  try {
    for (let start = 0; start < pixels; start += step) {
      signal?.throwIfAborted()
      const end = Math.min(pixels, start + step)
      const values = await readElements(reader, array, (end - start) * count)
      for (const { index, data } of planes) {
        for (let pixel = start; pixel < end; pixel++) {
          const column = Math.floor(pixel / height)
          data[(pixel - column * height) * width + column] = values[(pixel - start) * count + index]!
        }
      }
    }
    await reader.end()
  } finally {
    await reader.close()
  }
  return planes
}

async function readElements(reader: ByteReader, array: MapArray, count: number): Promise<Float32Array> {
  const values = new Float32Array(count)
  const bytes = elementBytes(array.header.type, values)
  await reader.fill(bytes)
  decodeElements(array.header.type, bytes, values)
  return values
}

/** Columns to rows: `data` holds `width` columns of `height` values. */
function transposed(data: Float32Array, width: number, height: number): Float32Array {
  const rows = new Float32Array(data.length)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) rows[row * width + column] = data[column * height + row]!
  }
  return rows
}

function lastWanted(count: number, wanted: (index: number) => boolean): number {
  let last = count - 1
  while (last >= 0 && !wanted(last)) last--
  return last
}
