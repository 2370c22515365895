import { expect, it } from 'vitest'
import { roundedLog } from '../../src/pruners/rounded-log.ts'

it('is the logarithm rounded to the nearest double', () => {
  // decimal.Decimal(x).ln() with 60 digits, rounded once, from Python
  expect(roundedLog(1)).toBe(0)
  expect(roundedLog(2)).toBe(Math.LN2)
  expect(roundedLog(3)).toBe(1.0986122886681098)
  expect(roundedLog(10)).toBe(Math.LN10)
  expect(roundedLog(243)).toBe(5.493061443340548)
  expect(roundedLog(0.7)).toBe(-0.35667494393873245)
  expect(roundedLog(1e300)).toBe(690.7755278982137)
})
