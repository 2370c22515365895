import { describe, expect, test } from 'vitest'
import { barScale, intervalBar, zeroBar } from '../../src/output/interval-bar.js'
import { ASCII_SYMBOLS, UNICODE_SYMBOLS } from '../../src/output/symbols.js'

const SCALE = { low: -0.01, high: 0.02 }

describe('intervalBar', () => {
  test('draws zero, ends and point where they are on the scale', () => {
    // 31 columns from -0.010 to +0.020: column 10 is zero, each further one 0.001.
    const bar = intervalBar({ delta: 0.008, interval: [0.004, 0.012] }, SCALE, 31, UNICODE_SYMBOLS)
    expect(bar).toBe('··········│···├───●───┤        ')
  })

  test('keeps zero visible inside an interval that contains it', () => {
    const bar = intervalBar({ delta: 0.001, interval: [-0.004, 0.006] }, SCALE, 31, UNICODE_SYMBOLS)
    expect(bar).toBe('······├───│●────┤              ')
  })

  test('puts dots between a worse setting and zero', () => {
    const bar = intervalBar({ delta: -0.006, interval: [-0.008, -0.004] }, SCALE, 31, UNICODE_SYMBOLS)
    expect(bar).toBe('··├─●─┤···│                    ')
  })

  test('marks what lies off the scale', () => {
    const bar = intervalBar({ delta: -0.02, interval: [-0.03, 0.03] }, SCALE, 31, UNICODE_SYMBOLS)
    expect(bar[0]).toBe('●')
    expect(bar.at(-1)).toBe('▸')
  })

  test('has only the point while there is no interval', () => {
    expect(intervalBar({ delta: 0.005 }, SCALE, 31, UNICODE_SYMBOLS)).toBe('··········│····●               ')
  })

  test('uses ASCII alone with the ASCII symbols', () => {
    const bar = intervalBar({ delta: 0.008, interval: [0.004, 0.012] }, SCALE, 31, ASCII_SYMBOLS)
    expect(bar).toBe('..........|...[---o---]        ')
  })
})

test('zeroBar draws zero in the column where the other bars have it', () => {
  const bar = intervalBar({ delta: 0.008, interval: [0.004, 0.012] }, SCALE, 31, UNICODE_SYMBOLS)
  expect(zeroBar(SCALE, 31, UNICODE_SYMBOLS).indexOf('│')).toBe(bar.indexOf('│'))
})

describe('barScale', () => {
  test('spans all intervals and zero, on round numbers', () => {
    expect(barScale([{ delta: 0.0018, interval: [0.0003, 0.0031] }])).toEqual({
      low: 0,
      high: expect.closeTo(0.0035, 12),
    })
    const { low, high } = barScale([{ delta: -0.002, interval: [-0.0047, 0.0004] }])
    expect(low).toBeLessThanOrEqual(-0.0047)
    expect(high).toBeGreaterThanOrEqual(0.0004)
  })

  test('has a width where nothing differs', () => {
    const { low, high } = barScale([{ delta: 0, interval: [0, 0] }])
    expect(low).toBe(0)
    expect(high).toBeGreaterThanOrEqual(0.0001)
  })
})
