import { InputError } from '@thresher/core'
import type { ByteReader } from '../files/byte-reader.js'
import { quote } from '../files/quote.js'
import { type ElementType, parseElementType } from './element-type.js'
import { type Literal, LiteralError, parseLiteral } from './python-literal.js'

/** What the header of an npy file says. */
export interface NpyHeader {
  type: ElementType
  /** First index fastest. */
  fortranOrder: boolean
  shape: number[]
  /** Bytes before the array. */
  dataStart: number
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]
/** NumPy itself refuses longer headers than 10,000 characters unless told; no plain array needs 200. */
const LONGEST_HEADER = 1 << 16
const KEYS = ['descr', 'fortran_order', 'shape']

/**
 * Reads the header of an npy file, format versions 1.0, 2.0 and 3.0 (NEP 1, numpy.lib.format), and leaves the
 * reader at the first byte of the array.
 *
 * @param size Bytes of the whole npy file, against which the shape is checked before anything is allocated.
 * @param subject The array, for messages, e.g. `maps/a.npz: prob`.
 */
export async function readNpyHeader(reader: ByteReader, size: number, subject: string): Promise<NpyHeader> {
  if (size < 10) throw new InputError(`${subject} has ${size} bytes; a .npy file has more. Save it again.`)
  const prefix = new Uint8Array(12)
  await reader.fill(prefix.subarray(0, 8))
  checkMagic(prefix, subject)
  const version = prefix[6]!
  if (version < 1 || version > 3 || prefix[7] !== 0) {
    throw new InputError(
      `${subject} has .npy format version ${version}.${prefix[7]}; 1.0, 2.0 and 3.0 are read. Save it with numpy.save.`,
    )
  }
  const wide = version > 1
  const textStart = wide ? 12 : 10
  if (size < textStart) throw cutShort(subject)
  await reader.fill(prefix.subarray(8, textStart))
  const view = new DataView(prefix.buffer)
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true)
  if (textStart + length > size) throw cutShort(subject)
  if (length > LONGEST_HEADER) {
    throw new InputError(
      `${subject} has a header of ${length} bytes; a plain array needs 200. Save it again.`,
    )
  }
  const text = new Uint8Array(length)
  await reader.fill(text)
  const header = new TextDecoder(version === 3 ? 'utf-8' : 'latin1').decode(text)
  return { ...interpret(header, subject), dataStart: textStart + length }
}

function checkMagic(prefix: Uint8Array, subject: string): void {
  if (MAGIC.every((byte, i) => prefix[i] === byte)) return
  const start = String.fromCharCode(...prefix.subarray(0, 4))
  const kind = start.startsWith('PK')
    ? ' but a zip archive: rename it .npz'
    : start === '\x89PNG' || start.startsWith('\xff\xd8\xff')
      ? ' but a picture: give the maps that the network returned'
      : '. Save it with numpy.save'
  throw new InputError(`${subject} is no .npy file${kind}.`)
}

function interpret(text: string, subject: string): Omit<NpyHeader, 'dataStart'> {
  const header = parseHeader(text, subject)
  const keys = [...header.keys()].sort()
  if (keys.length !== KEYS.length || keys.some((key, i) => key !== KEYS[i])) {
    throw new InputError(
      `${subject} has a header with the keys ${
        keys
          .map((key) => quote(key, 20))
          .join(', ')
          .slice(0, 120) || '(none)'
      }; they are ${KEYS.join(', ')}. Save it with numpy.save.`,
    )
  }
  const fortranOrder = header.get('fortran_order')
  if (typeof fortranOrder !== 'boolean') {
    throw new InputError(
      `${subject} has a header whose fortran_order is not True or False. Save it with numpy.save.`,
    )
  }
  const shape = toShape(header.get('shape')!)
  if (shape === undefined) {
    throw new InputError(`${subject} has a header whose shape is no tuple of sizes. Save it with numpy.save.`)
  }
  return { type: parseElementType(header.get('descr')!, subject), fortranOrder, shape }
}

function parseHeader(text: string, subject: string): Map<string, Literal> {
  try {
    const header = parseLiteral(text)
    if (header instanceof Map) return header
    throw new LiteralError('it is no dictionary', 0)
  } catch (error) {
    if (!(error instanceof LiteralError)) throw error
    throw new InputError(
      `${subject} has a damaged header (${error.message}, character ${error.at}). Save it with numpy.save.`,
    )
  }
}

function toShape(value: Literal): number[] | undefined {
  if (value === null || typeof value !== 'object' || value instanceof Map || value.kind !== 'tuple')
    return undefined
  const sizes: number[] = []
  for (const item of value.items) {
    if (typeof item !== 'number' || item < 0) return undefined
    sizes.push(item)
  }
  return sizes
}

function cutShort(subject: string): InputError {
  return new InputError(`${subject} ends inside its header: the copy was cut short. Copy or save it again.`)
}
