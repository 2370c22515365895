import { type Field, fieldsOf } from './protobuf.js'

// tensorflow/core/util/event.proto, framework/summary.proto, tensor.proto and types.proto: numbers of fields and types.
const SUMMARY = 5
const VALUE = 1
const TAG = 1
const SIMPLE_VALUE = 2
const TENSOR = 8
const DTYPE = 1
const CONTENT = 4

interface NumberType {
  readonly size: number
  /** The number of the field that lists values of this type. */
  readonly list: number
  read(bytes: Buffer): number
}

const TYPES: ReadonlyMap<number, NumberType> = new Map([
  [1, { size: 4, list: 5, read: (bytes: Buffer) => bytes.readFloatLE() }],
  [2, { size: 8, list: 6, read: (bytes: Buffer) => bytes.readDoubleLE() }],
  [3, { size: 4, list: 7, read: (bytes: Buffer) => bytes.readInt32LE() }],
  [9, { size: 8, list: 10, read: (bytes: Buffer) => Number(bytes.readBigInt64LE()) }],
])

/**
 * The scalars of an event, by tag: `simple_value`, and tensors of one number, as TensorFlow 2 writes scalars.
 * @throws RangeError where the bytes are no event.
 */
export function scalarsOf(event: Buffer): Map<string, number> {
  const scalars = new Map<string, number>()
  for (const summary of messages(event, SUMMARY)) {
    for (const value of messages(summary, VALUE)) {
      const { tag, number } = scalarOf(value)
      if (tag !== undefined && number !== undefined) scalars.set(tag, number)
    }
  }
  return scalars
}

function scalarOf(value: Buffer): { tag: string | undefined; number: number | undefined } {
  let tag: string | undefined
  let number: number | undefined
  for (const field of fieldsOf(value)) {
    if (field.number === TAG && field.wire === 'bytes') tag = field.value.toString('utf8')
    if (field.number === SIMPLE_VALUE && field.wire === 'fixed32') number = field.value.readFloatLE()
    if (field.number === TENSOR && field.wire === 'bytes') number = numberOfTensor(field.value)
  }
  return { tag, number }
}

/** The number of a tensor that holds one; undefined for any other. */
function numberOfTensor(tensor: Buffer): number | undefined {
  const fields = [...fieldsOf(tensor)]
  const dtype = fields.find(({ number, wire }) => number === DTYPE && wire === 'varint')
  const type = TYPES.get(Number(dtype?.value ?? 0))
  if (type === undefined) return undefined
  for (const field of fields) {
    if (field.number === CONTENT && field.wire === 'bytes' && field.value.length === type.size) {
      return type.read(field.value)
    }
    if (field.number === type.list) return listed(field, type)
  }
  return undefined
}

/** The one number of a list, packed or not. */
function listed(field: Field, type: NumberType): number | undefined {
  if (field.wire === 'varint') return Number(BigInt.asIntN(64, field.value))
  if (field.wire !== 'bytes') return type.read(field.value)
  if (type.list === 5 || type.list === 6) {
    return field.value.length === type.size ? type.read(field.value) : undefined
  }
  const [only, more] = varints(field.value)
  return more === undefined ? only : undefined
}

function varints(bytes: Buffer): number[] {
  const numbers: number[] = []
  let value = 0n
  let shift = 0n
  for (const byte of bytes) {
    value |= BigInt(byte & 0x7f) << shift
    shift += 7n
    if (byte >= 0x80) continue
    numbers.push(Number(BigInt.asIntN(64, value)))
    value = 0n
    shift = 0n
  }
  return numbers
}

function messages(bytes: Buffer, number: number): Buffer[] {
  const found: Buffer[] = []
  for (const field of fieldsOf(bytes)) {
    if (field.number === number && field.wire === 'bytes') found.push(field.value)
  }
  return found
}
