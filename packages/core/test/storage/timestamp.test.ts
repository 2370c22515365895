import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromTimestamp, toTimestamp } from '../../src/storage/rdb/timestamp.ts'

describe('timestamps', () => {
  it('are written in the canonical form', () => {
    expect(toTimestamp(new Date(Date.UTC(2026, 10, 21, 3, 4, 5, 6)))).toBe('2026-11-21 03:04:05.006000')
  })

  it.each([
    ['2026-11-20 10:00:00.123456', '2026-11-20T10:00:00.123Z'],
    ['2026-11-20 10:00:00', '2026-11-20T10:00:00.000Z'],
    ['2026-11-20T10:00:00.1', '2026-11-20T10:00:00.100Z'],
    ['2026-11-20 10:00:00.000009', '2026-11-20T10:00:00.000Z'],
    ['2024-02-29 23:59:59.999', '2024-02-29T23:59:59.999Z'],
  ])('%s is read as UTC', (text, expected) => {
    expect(fromTimestamp(text)?.toISOString()).toBe(expected)
  })

  it.each(['', '2026-11-20', 'yesterday at 10 or so', '2026-11-2x 10:00:00'])('%j is none', (text) => {
    expect(fromTimestamp(text)).toBeUndefined()
  })

  it('come back as they were', () => {
    const date = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(date, (moment) => {
        expect(fromTimestamp(toTimestamp(moment))).toEqual(moment)
      }),
    )
  })
})
