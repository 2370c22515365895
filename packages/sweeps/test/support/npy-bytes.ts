/**
 * An npy encoder of the tests' own, written element by element through DataView from numpy.lib.format's description:
 * what the reader is compared with.
 */
export interface NpyContent {
  type: 'float32' | 'float16' | 'uint8'
  bigEndian?: boolean
  fortranOrder?: boolean
  version?: 1 | 2 | 3
  shape: readonly number[]
  /** Row-major, last index fastest, whatever the order in the file. */
  values: readonly number[]
}

const CODES = { float32: 'f4', float16: 'f2', uint8: 'u1' } as const
const WIDTHS = { float32: 4, float16: 2, uint8: 1 } as const

export function npyBytes(content: NpyContent): Uint8Array {
  const { type, bigEndian = false, fortranOrder = false, version = 1, shape, values } = content
  const descr = (type === 'uint8' ? '|' : bigEndian ? '>' : '<') + CODES[type]
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`
  const dictionary = `{'descr': '${descr}', 'fortran_order': ${fortranOrder ? 'True' : 'False'}, 'shape': ${tuple}, }`
  return withHeader(dictionary, elementBytes(type, bigEndian, arranged(values, shape, fortranOrder)), version)
}

/** Magic, version, any header text, data. */
export function withHeader(header: string, data: Uint8Array, version: 1 | 2 | 3 = 1): Uint8Array {
  const prefix = version === 1 ? 10 : 12
  const padded = `${header.padEnd(Math.ceil((prefix + header.length + 1) / 64) * 64 - prefix - 1)}\n`
  const bytes = new Uint8Array(prefix + padded.length + data.length)
  const view = new DataView(bytes.buffer)
  bytes.set([0x93, ...Buffer.from('NUMPY'), version, 0])
  if (version === 1) view.setUint16(8, padded.length, true)
  else view.setUint32(8, padded.length, true)
  bytes.set(Buffer.from(padded, 'latin1'), prefix)
  bytes.set(data, prefix + padded.length)
  return bytes
}

/** The values in the order of the file: with Fortran order the first index runs fastest. */
function arranged(
  values: readonly number[],
  shape: readonly number[],
  fortranOrder: boolean,
): readonly number[] {
  if (!fortranOrder) return values
  return values.map((_, position) => {
    let rest = position
    let rowMajor = 0
    const index = shape.map((size) => {
      const i = rest % size
      rest = Math.floor(rest / size)
      return i
    })
    for (const [axis, i] of index.entries()) rowMajor = rowMajor * shape[axis]! + i
    return values[rowMajor]!
  })
}

function elementBytes(type: NpyContent['type'], bigEndian: boolean, values: readonly number[]): Uint8Array {
  const width = WIDTHS[type]
  const bytes = new Uint8Array(values.length * width)
  const view = new DataView(bytes.buffer)
  for (const [i, value] of values.entries()) {
    if (type === 'float32') view.setFloat32(i * width, value, !bigEndian)
    else if (type === 'float16') view.setUint16(i * width, halfBits(value), !bigEndian)
    else view.setUint8(i, value)
  }
  return bytes
}

/** Bits of a number that is exact as a normal half or zero, from those of the same number in single precision. */
function halfBits(value: number): number {
  const view = new DataView(new ArrayBuffer(4))
  view.setFloat32(0, value)
  const single = view.getUint32(0)
  if (value === 0) return single >>> 16
  const exponent = ((single >>> 23) & 0xff) - 127 + 15
  if (Number.isFinite(value) && (exponent < 1 || exponent > 30 || (single & 0x1fff) !== 0)) {
    throw new Error(`${value} is no normal half`)
  }
  if (!Number.isFinite(value)) return ((single >>> 16) & 0x8000) | 0x7c00 | (Number.isNaN(value) ? 0x200 : 0)
  return ((single >>> 16) & 0x8000) | (exponent << 10) | ((single >>> 13) & 0x3ff)
}
