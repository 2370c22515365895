import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDecimal, toNumber, unitsAt } from '../src/decimal.ts'

describe('parseDecimal', () => {
  it('reads decimals as they are written', () => {
    expect(parseDecimal('0.29')).toEqual({ units: 29n, exponent: -2 })
    expect(parseDecimal('.5')).toEqual({ units: 5n, exponent: -1 })
    expect(parseDecimal('5.')).toEqual({ units: 5n, exponent: 0 })
    expect(parseDecimal('-2.50')).toEqual({ units: -250n, exponent: -2 })
    expect(parseDecimal('+1e-3')).toEqual({ units: 1n, exponent: -3 })
    expect(parseDecimal('1.5E2')).toEqual({ units: 15n, exponent: 1 })
  })

  it.each(['', '.', '-', 'e5', '1e', '1e+', 'abc', '0x10', '1_000', '1,5', 'NaN', 'Infinity', '1 2', '--1'])(
    'rejects %j',
    (text) => expect(parseDecimal(text)).toBeUndefined(),
  )

  it('rejects what a double cannot hold, however large the exponent', () => {
    for (const text of ['1e400', '1e-400', '1e999999999999', '1e-999999999999', `1${'0'.repeat(5000)}`]) {
      expect(parseDecimal(text)).toBeUndefined()
    }
    expect(parseDecimal('0e-400')).toEqual({ units: 0n, exponent: -400 })
    expect(toNumber(parseDecimal('1e308')!)).toBe(1e308)
    expect(toNumber(parseDecimal('5e-324')!)).toBe(5e-324)
  })

  it('gives back every finite number from its shortest text', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(toNumber(parseDecimal(String(value))!)).toBe(value === 0 ? 0 : value)
      }),
    )
  })
})

describe('unitsAt', () => {
  it('keeps the number', () => {
    expect(unitsAt({ units: 3n, exponent: -1 }, -4)).toBe(3000n)
    expect(unitsAt({ units: -3n, exponent: 2 }, 2)).toBe(-3n)
  })
})
