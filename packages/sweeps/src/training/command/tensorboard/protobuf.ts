/** A field of a protobuf message: its number, and its value by wire type. */
export type Field =
  | { readonly number: number; readonly wire: 'varint'; readonly value: bigint }
  | { readonly number: number; readonly wire: 'fixed64' | 'bytes' | 'fixed32'; readonly value: Buffer }

/**
 * The fields of a message in the wire format of protobuf (protobuf.dev/programming-guides/encoding), in order; groups,
 * which nothing uses any more, are not known.
 * @throws RangeError where the bytes are no message.
 */
export function* fieldsOf(bytes: Buffer): Generator<Field> {
  let at = 0
  const varint = (): bigint => {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++]
      if (byte === undefined) break
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return BigInt.asUintN(64, value)
    }
    throw new RangeError('a number in a message does not end')
  }
  const take = (length: number): Buffer => {
    if (at + length > bytes.length) throw new RangeError('a message ends within a field')
    at += length
    return bytes.subarray(at - length, at)
  }
  while (at < bytes.length) {
    const key = Number(varint())
    const number = key >>> 3
    switch (key & 7) {
      case 0:
        yield { number, wire: 'varint', value: varint() }
        break
      case 1:
        yield { number, wire: 'fixed64', value: take(8) }
        break
      case 2:
        yield { number, wire: 'bytes', value: take(Number(varint())) }
        break
      case 5:
        yield { number, wire: 'fixed32', value: take(4) }
        break
      default:
        throw new RangeError(`a field has the unknown wire type ${key & 7}`)
    }
  }
}
