import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ROUGHNESS, roughExp } from '../../../src/samplers/tpe/rough-exp.js'

describe('roughExp', () => {
  it('falls short of the exponential by its roughness at most', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
        const missing = x - Math.log(roughExp(x))
        expect(missing).toBeGreaterThan(-1e-11)
        expect(missing).toBeLessThan(ROUGHNESS + 1e-11)
      }),
      { examples: [[0], [-700], [700], [-ROUGHNESS], [ROUGHNESS]] },
    )
  })
})
