import type { ElementType } from './element-type.js'
import { FLOAT16_VALUES } from './float16.js'

const nativeIsBig = new Uint8Array(Uint16Array.of(1).buffer)[0] === 0

/** Byte values as NumPy divides them by 255: the quotient rounded to float32. */
const UINT8_VALUES: Float32Array = Float32Array.from({ length: 256 }, (_, value) => value / 255)

/**
 * The bytes into which `count` elements are read before `decodeElements`.
 *
 * float32 is read in place: the bytes are those of the result.
 */
export function elementBytes(type: ElementType, target: Float32Array): Uint8Array {
  if (type.name === 'float32') return new Uint8Array(target.buffer, target.byteOffset, target.byteLength)
  return new Uint8Array(target.length * type.bytes)
}

/** Decodes the elements in `bytes` (from `elementBytes`) into `target`; uint8 is divided by 255. */
export function decodeElements(type: ElementType, bytes: Uint8Array, target: Float32Array): void {
  if (type.name === 'uint8') {
    lookUp(UINT8_VALUES, bytes, target)
    return
  }
  if (type.bigEndian !== nativeIsBig) swap(bytes, type.bytes)
  if (type.name === 'float16') {
    lookUp(FLOAT16_VALUES, new Uint16Array(bytes.buffer, bytes.byteOffset, target.length), target)
  }
}

function lookUp(values: Float32Array, keys: Uint8Array | Uint16Array, target: Float32Array): void {
  const count = target.length
  for (let i = 0; i < count; i++) target[i] = values[keys[i]!]!
}

function swap(bytes: Uint8Array, width: number): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (width === 4) buffer.swap32()
  else buffer.swap16()
}
