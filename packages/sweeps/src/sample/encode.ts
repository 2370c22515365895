import { encodeProbability } from '../maps/float16.js'
import { npyPrefix } from '../maps/npy-bytes.js'
import type { Canvas } from './canvas.js'
import type { SampleRegion } from './sample-image.js'

/** A map as a float16 npy file. */
export function encodeMap({
  data,
  width,
  height,
}: Omit<Canvas, 'data'> & { data: ArrayLike<number> }): Uint8Array {
  const prefix = npyPrefix('<f2', [height, width])
  const bytes = new Uint8Array(prefix.length + 2 * data.length)
  bytes.set(prefix)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < data.length; i++) {
    view.setUint16(prefix.length + 2 * i, encodeProbability(data[i]!), true)
  }
  return bytes
}

/** Ground truth as ICDAR lines. */
export function encodeRegions(regions: readonly SampleRegion[]): Uint8Array {
  const lines = regions.map(({ quad, text }) => `${quad.map(({ x, y }) => `${x},${y}`).join(',')},${text}\n`)
  return Buffer.from(lines.join(''))
}
