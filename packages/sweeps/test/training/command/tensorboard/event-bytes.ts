/**
 * An encoder of the tests' own for TensorBoard's event files, from the TFRecord format and protobuf's wire format: what
 * the reader is compared with. Its CRC goes bit by bit.
 */

type Content = number | bigint | string | Buffer

export function event(summary: Buffer, step = 3): Buffer {
  return Buffer.concat([fixed64(1, 1.75e9), varintField(2, step), bytesField(5, summary)])
}

export function summary(...values: Buffer[]): Buffer {
  return Buffer.concat(values.map((value) => bytesField(1, value)))
}

export function simple(tag: string, value: number): Buffer {
  const number = Buffer.alloc(4)
  number.writeFloatLE(value)
  return Buffer.concat([bytesField(1, tag), Buffer.from([(2 << 3) | 5]), number])
}

/** A tensor with a field of its own: its number, its content. */
export function tensor(tag: string, dtype: number, field: number, content: Buffer): Buffer {
  const shape = Buffer.alloc(0)
  const proto = [varintField(1, dtype), bytesField(2, shape), bytesField(field, content)]
  return Buffer.concat([bytesField(1, tag), bytesField(8, Buffer.concat(proto))])
}

export function record(data: Buffer): Buffer {
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(data.length))
  return Buffer.concat([length, masked(length), data, masked(data)])
}

export function bytesField(number: number, content: string | Buffer): Buffer {
  const bytes = Buffer.from(content as string)
  return Buffer.concat([varint((number << 3) | 2), varint(bytes.length), bytes])
}

function varintField(number: number, value: number | bigint): Buffer {
  return Buffer.concat([varint(number << 3), varint(value)])
}

function fixed64(number: number, value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(value)
  return Buffer.concat([varint((number << 3) | 1), bytes])
}

export function varint(value: Exclude<Content, string | Buffer>): Buffer {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128)
  return Buffer.from([...bytes, Number(rest)])
}

function masked(bytes: Buffer): Buffer {
  let crc = 0xffffffffn
  for (const byte of bytes) {
    crc ^= BigInt(byte)
    for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ 0x82f63b78n : crc >> 1n
  }
  crc ^= 0xffffffffn
  const out = Buffer.alloc(4)
  out.writeUInt32LE(Number((((crc >> 15n) | (crc << 17n)) + 0xa282ead8n) & 0xffffffffn))
  return out
}
