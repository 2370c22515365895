/**
 * The beginning of an npy file, format version 1.0, as numpy.save writes it (NEP 1); the array's bytes in C order follow.
 *
 * @param descr NumPy's name of the type, such as `<f4`
 */
export function npyPrefix(descr: string, shape: readonly number[]): Uint8Array {
  const sides = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${sides}), }`
  // NumPy pads the header so that the array begins at a multiple of 64 bytes.
  const length = Math.ceil((10 + header.length + 1) / 64) * 64
  const bytes = new Uint8Array(length)
  bytes.set(Buffer.from('\x93NUMPY\x01\x00', 'latin1'))
  new DataView(bytes.buffer).setUint16(8, length - 10, true)
  bytes.set(Buffer.from(`${header.padEnd(length - 11)}\n`, 'latin1'), 10)
  return bytes
}
