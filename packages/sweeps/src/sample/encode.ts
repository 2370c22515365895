import { encodeProbability } from '../maps/float16.js'
import type { Canvas } from './canvas.js'
import type { SampleRegion } from './sample-image.js'

/** A map as a float16 npy file, format version 1.0, as numpy.save writes it (NEP 1). */
export function encodeMap({ data, width, height }: Canvas): Uint8Array {
  const header = `{'descr': '<f2', 'fortran_order': False, 'shape': (${height}, ${width}), }`
  // NumPy pads the header so that the array begins at a multiple of 64 bytes.
  const start = Math.ceil((10 + header.length + 1) / 64) * 64
  const bytes = new Uint8Array(start + 2 * data.length)
  const view = new DataView(bytes.buffer)
  bytes.set(Buffer.from('\x93NUMPY\x01\x00', 'latin1'))
  view.setUint16(8, start - 10, true)
  bytes.set(Buffer.from(`${header.padEnd(start - 11)}\n`, 'latin1'), 10)
  for (let i = 0; i < data.length; i++) view.setUint16(start + 2 * i, encodeProbability(data[i]!), true)
  return bytes
}

/** Ground truth as ICDAR lines. */
export function encodeRegions(regions: readonly SampleRegion[]): Uint8Array {
  const lines = regions.map(({ quad, text }) => `${quad.map(({ x, y }) => `${x},${y}`).join(',')},${text}\n`)
  return Buffer.from(lines.join(''))
}
