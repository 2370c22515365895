import { crc32 } from 'node:zlib'
import { EXACT_KINDS, type ExactValues } from '@thresher/core'
import { type CompactTallies, placesKind } from './compact-tallies.js'
import { TALLY_COLUMNS } from './grid-tallies.js'

/** Tallies of an image as a file keeps them. */
export interface TallyRecord {
  readonly round: number
  readonly position: number
  readonly tallies: CompactTallies
}

/**
 * Checksum of all that follows, round, position, levels, how many places, how many different tallies: 32-bit
 * little-endian each. Then a byte for the kind of each column, by its place in EXACT_KINDS.
 */
const FIELDS = 6
export const RECORD_HEAD = FIELDS * 4 + TALLY_COLUMNS.length

/** The head, then the places and the columns as they lie in memory. */
export function encodeRecord({ round, position, tallies }: TallyRecord): Buffer {
  const { levels, places, columns } = tallies
  const head = Buffer.alloc(RECORD_HEAD)
  for (const [i, field] of [round, position, levels, places.length, columns[0]!.length].entries()) {
    head.writeUInt32LE(field, 4 * (i + 1))
  }
  for (const [i, column] of columns.entries()) {
    head[FIELDS * 4 + i] = EXACT_KINDS.findIndex((kind) => column instanceof kind)
  }
  const body = [places, ...columns].map(({ buffer, byteOffset, byteLength }) =>
    Buffer.from(buffer, byteOffset, byteLength),
  )
  const record = Buffer.concat([head, ...body])
  record.writeUInt32LE(crc32(record.subarray(4)))
  return record
}

/** How many bytes follow a head; undefined where it is damaged. */
export function bodyLength(head: Buffer): number | undefined {
  const { count, distinct, kinds } = headOf(head)
  let bytes = count * placesKind(distinct).BYTES_PER_ELEMENT
  for (const kind of kinds) {
    if (kind === undefined) return undefined
    bytes += distinct * kind.BYTES_PER_ELEMENT
  }
  return bytes
}

/** What {@link encodeRecord} was given; undefined where the record is damaged. */
export function decodeRecord(record: Buffer): TallyRecord | undefined {
  if (crc32(record.subarray(4)) !== record.readUInt32LE(0)) return undefined
  const { round, position, levels, count, distinct, kinds } = headOf(record)
  let at = RECORD_HEAD
  // Copies, because numbers of several bytes want an aligned start.
  const next = (bytes: number) => {
    at += bytes
    return new Uint8Array(record.subarray(at - bytes, at)).buffer
  }
  const placesOf = placesKind(distinct)
  const places = new placesOf(next(count * placesOf.BYTES_PER_ELEMENT))
  const columns = kinds.map((kind): ExactValues => new kind!(next(distinct * kind!.BYTES_PER_ELEMENT)))
  return { round, position, tallies: { levels, places, columns } }
}

function headOf(head: Buffer) {
  const field = (i: number) => head.readUInt32LE(4 * i)
  const kinds = TALLY_COLUMNS.map((_, i) => EXACT_KINDS[head[FIELDS * 4 + i]!])
  return {
    round: field(1),
    position: field(2),
    levels: field(3),
    count: field(4),
    distinct: field(5),
    kinds,
  }
}
