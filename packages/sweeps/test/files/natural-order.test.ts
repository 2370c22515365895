import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareNatural } from '../../src/files/natural-order.js'

describe('compareNatural', () => {
  it.each([
    [
      ['img_10', 'img_9', 'img_1'],
      ['img_1', 'img_9', 'img_10'],
    ],
    [
      ['b2', 'a10', 'a2', 'b10'],
      ['a2', 'a10', 'b2', 'b10'],
    ],
    [
      ['a', '2', '10', ''],
      ['', '2', '10', 'a'],
    ],
    [
      ['a01', 'a1', 'a001'],
      ['a001', 'a01', 'a1'],
    ],
    [
      ['x9007199254740993', 'x9007199254740992'],
      ['x9007199254740992', 'x9007199254740993'],
    ],
    [
      ['영수증10', '영수증2'],
      ['영수증2', '영수증10'],
    ],
  ])('sorts %j as %j', (names, sorted) => {
    expect(names.toSorted(compareNatural)).toEqual(sorted)
  })

  it('is a total order in which only equal names are equal', () => {
    const name = fc.string({ unit: fc.constantFrom('0', '1', '9', 'a', '_'), maxLength: 6 })
    fc.assert(
      fc.property(name, name, name, (a, b, c) => {
        expect(Math.sign(compareNatural(a, b))).toBe(-Math.sign(compareNatural(b, a)) + 0)
        expect(compareNatural(a, b) === 0).toBe(a === b)
        if (compareNatural(a, b) < 0 && compareNatural(b, c) < 0) expect(compareNatural(a, c)).toBeLessThan(0)
      }),
    )
  })
})
