import { InputError } from '@thresher/core'
import type { ByteReader } from '../files/byte-reader.js'
import { type NpyHeader, readNpyHeader } from './npy-header.js'

/** An array of maps in a file: `count` planes of `height` x `width`. */
export interface MapArray {
  /** The file, as the caller named it. */
  file: string
  /** The array's key in an npz archive; empty in an npy file. */
  key: string
  header: NpyHeader
  count: number
  height: number
  width: number
  /** Begins reading at the first byte of the array. */
  open(): Promise<ByteReader>
}

/** 16,384 x 16,384: far above any detector's output, and 1 GiB as float32. */
const LARGEST_PLANE = 2 ** 28
/** Every map has a name and a place in memory; a million of them is a mistake in the shape. */
const MOST_PLANES = 1_000_000
const SHAPES = 'a map is H x W, 1 x H x W, N x H x W or N x 1 x H x W'

/** How messages call an array: `maps/a.npy: the array`, `maps/a.npz: prob`. */
export function subjectOf(file: string, key: string): string {
  return `${file}: ${key === '' ? 'the array' : key}`
}

/**
 * Reads and checks the header of an array and closes the file again.
 *
 * @param size Bytes of the npy file or archive member as it says itself; the shape must account for all of them.
 * @param open Begins reading at the npy magic.
 */
export async function describeArray(
  file: string,
  key: string,
  size: number,
  open: () => Promise<ByteReader>,
): Promise<MapArray> {
  const subject = subjectOf(file, key)
  const reader = await open()
  try {
    const header = await readNpyHeader(reader, size, subject)
    const planes = toPlanes(header.shape, subject)
    checkSize(header, size - header.dataStart, subject)
    const openData = async () => {
      const data = await open()
      await data.skip(header.dataStart)
      return data
    }
    return { file, key, header, ...planes, open: openData }
  } finally {
    await reader.close()
  }
}

function toPlanes(
  shape: readonly number[],
  subject: string,
): { count: number; height: number; width: number } {
  const text =
    shape.length === 0 ? 'a single number' : shape.length === 1 ? `${shape[0]} long` : shape.join(' x ')
  const [width = 0, height = 0, channels = 1, images] = shape.toReversed()
  if (shape.length < 2 || shape.length > 4 || (images !== undefined && channels !== 1)) {
    throw new InputError(`${subject} is ${text}; ${SHAPES}. Save the probability channel alone.`)
  }
  if (shape.includes(0))
    throw new InputError(`${subject} is ${text}: it holds no values. Leave it out or save it again.`)
  if (width * height > LARGEST_PLANE) {
    throw new InputError(
      `${subject} is ${text}; a map has at most ${LARGEST_PLANE} values. Cut it into tiles.`,
    )
  }
  const count = images ?? channels
  if (count > MOST_PLANES) {
    throw new InputError(
      `${subject} is ${text}; an array holds at most ${MOST_PLANES} maps. Check the order of its axes.`,
    )
  }
  return { count, height, width }
}

function checkSize(header: NpyHeader, available: number, subject: string): void {
  const { shape, type } = header
  const needed = shape.reduce((product, size) => product * size, type.bytes)
  const text = `${shape.join(' x ')} ${type.name}`
  if (needed > available) {
    throw new InputError(
      `${subject} is ${text}, ${needed} bytes, but only ${available} follow: the copy was cut short. Copy or save it again.`,
    )
  }
  if (needed < available) {
    throw new InputError(
      `${subject} is ${text}, ${needed} bytes, but ${available} follow: something else was added. Save one array a file.`,
    )
  }
}
