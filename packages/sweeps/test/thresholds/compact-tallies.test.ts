import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CompactTallies, compactTallies } from '../../src/thresholds/compact-tallies.js'
import { TALLY_COLUMNS } from '../../src/thresholds/grid-tallies.js'
import { bodyLength, decodeRecord, encodeRecord, RECORD_HEAD } from '../../src/thresholds/tally-record.js'

const number = fc.oneof(fc.nat(3), fc.nat(70_000), fc.integer(), fc.constantFrom(-0, 0.5, -1.5), fc.double())
const settings = fc.array(fc.tuple(number, number, number, number), { maxLength: 60 })

function column(rows: readonly (readonly number[])[], i: number): Float64Array {
  return Float64Array.from(rows, (row) => row[i]!)
}

function compact(rows: readonly (readonly number[])[]): CompactTallies {
  const [recallHits, recallTotal, precisionHits, precisionTotal] = [0, 1, 2, 3].map((i) =>
    column(rows, i),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array]
  return compactTallies({ levels: 1, recallHits, recallTotal, precisionHits, precisionTotal })
}

function expectRows({ places, columns }: CompactTallies, rows: readonly (readonly number[])[]): void {
  expect(places.length).toBe(rows.length)
  for (const [at, row] of rows.entries()) {
    for (const [i, value] of row.entries()) {
      if (!Object.is(columns[i]![places[at]!], value))
        expect.fail(`${TALLY_COLUMNS[i]} of ${at}: ${columns[i]![places[at]!]}, not ${value}`)
    }
  }
}

describe('compactTallies', () => {
  test('keeps every number to the bit, also through a file', () => {
    fc.assert(
      fc.property(settings, fc.nat(9), fc.nat(), (some, round, position) => {
        // Repeats, near and far.
        const rows = some.flatMap((row, i) => [row, row, some[i >> 1]!])
        const tallies = compact(rows)
        expectRows(tallies, rows)
        const record = encodeRecord({ round, position, tallies })
        expect(bodyLength(record.subarray(0, RECORD_HEAD))).toBe(record.length - RECORD_HEAD)
        const read = decodeRecord(record)!
        expect(read).toMatchObject({ round, position, tallies: { levels: 1 } })
        expectRows(read.tallies, rows)
        expect(read.tallies).toEqual(tallies)
      }),
    )
  })

  test('keeps each different tally once, in the fewest bytes', () => {
    const rows = Array.from({ length: 2000 }, (_, i) => [i % 250, 255, (i % 250) / 8, -1])
    const { places, columns } = compact(rows)
    expect(places).toBeInstanceOf(Uint8Array)
    expect(columns.map(({ length }) => length)).toEqual([250, 250, 250, 250])
    expect(columns.map(({ BYTES_PER_ELEMENT }) => BYTES_PER_ELEMENT)).toEqual([1, 1, 4, 1])
  })

  test('places grow where different tallies are many', () => {
    const rows = (count: number) => Array.from({ length: count }, (_, i) => [i, 1, i, 1])
    for (const [count, bytes] of [
      [256, 1],
      [257, 2],
      [65_537, 4],
    ] as const) {
      const tallies = compact(rows(count))
      expect(tallies.places.BYTES_PER_ELEMENT).toBe(bytes)
      expectRows(tallies, rows(count))
    }
  })

  test('a damaged record is no record', () => {
    const record = encodeRecord({ round: 0, position: 1, tallies: compact([[1, 2, 3, 4]]) })
    for (let at = 0; at < record.length; at++) {
      const damaged = Buffer.from(record)
      damaged[at] = damaged[at]! ^ 0x40
      expect(decodeRecord(damaged), `byte ${at}`).toBeUndefined()
    }
  })
})
