import { writeFile } from 'node:fs/promises'

/** The bytes of a version 1 .npy file, written independently of the product's reader. */
export function npy(shape: readonly number[], data: ArrayBufferView, descr = '<f4'): Buffer {
  const list = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${list}), }`
  const header = Buffer.from(`${dictionary.padEnd(117)}\n`, 'latin1')
  const prefix = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length & 0xff, header.length >> 8])
  return Buffer.concat([prefix, header, Buffer.from(data.buffer, data.byteOffset, data.byteLength)])
}

export const writeNpy = (path: string, shape: readonly number[], data: Float32Array) =>
  writeFile(path, npy(shape, data))

/** A dark map with one bright rectangle. */
export function rectangleMap(
  width: number,
  height: number,
  x: number,
  y: number,
  w: number,
  h: number,
): Float32Array {
  const data = new Float32Array(width * height).fill(0.05)
  for (let row = y; row < y + h; row++) data.fill(0.9, row * width + x, row * width + x + w)
  return data
}
