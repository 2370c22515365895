import { choice, type Distribution, float, int, logFloat, logInt } from '@thresher/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { narrowDistribution } from '../../../src/training/run/narrow-space.js'

const whole = (low: number, high: number, value: number, share: number, distribution: Distribution) => {
  const narrowed = narrowDistribution(distribution, value, share)
  if (narrowed.kind === 'categorical') throw new Error('it was a range')
  return [narrowed.low, narrowed.high, low, high]
}

describe('narrowDistribution', () => {
  it.each([
    [float(0, 1).distribution, 0.5, 0.5, [0.25, 0.75]],
    [float(0, 1).distribution, 0.9, 0.5, [0.5, 1]],
    [float(0, 1).distribution, -3, 0.5, [0, 0.5]],
    [float(0, 1, { step: 0.1 }).distribution, 0.5, 0.5, [0.3, 0.7]],
    [int(0, 100).distribution, 50, 0.1, [45, 55]],
    [int(5, 50, { step: 5 }).distribution, 20, 0.01, [15, 25]],
    [int(0, 3).distribution, 0, 0.1, [0, 1]],
    [int(7, 7).distribution, 7, 0.1, [7, 7]],
  ] as const)('of %o around %d, %d of it, is %j', (distribution, value, share, [low, high]) => {
    expect(narrowDistribution(distribution, value, share)).toMatchObject({ low, high })
  })

  it('goes by factors on a logarithmic scale', () => {
    const narrowed = narrowDistribution(logFloat(1e-5, 1e-1).distribution, 1e-3, 0.5)
    expect(narrowed).toMatchObject({ log: true })
    expect((narrowed as { low: number }).low).toBeCloseTo(1e-4, 12)
    expect((narrowed as { high: number }).high).toBeCloseTo(1e-2, 12)
  })

  it('leaves choices, and everything where nothing is known or the share is 1', () => {
    const choices = choice('a', 'b').distribution
    expect(narrowDistribution(choices, 'a', 0.1)).toBe(choices)
    const range = float(0, 1).distribution
    expect(narrowDistribution(range, undefined, 0.1)).toBe(range)
    expect(narrowDistribution(range, 0.2, 1)).toBe(range)
  })

  it('lies within the range, holds the value and keeps its steps', () => {
    const ranges = fc
      .tuple(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: 1, max: 9 }),
      )
      .chain(([low, count, step]) => {
        const high = low + count * step
        return fc.record({
          distribution: fc.constantFrom(
            int(low, high, { step }).distribution,
            logInt(low, high).distribution,
            float(low, high).distribution,
            float(low / 8, high / 8, { step: step / 8 }).distribution,
            logFloat(low / 1e4, high / 1e4).distribution,
          ),
          place: fc.double({ min: 0, max: 1, noNaN: true }),
          share: fc.double({ min: 0.01, max: 1, noNaN: true }),
        })
      })
    fc.assert(
      fc.property(ranges, ({ distribution, place, share }) => {
        if (distribution.kind === 'categorical') return
        const { low, high, step } = distribution
        const raw = low + place * (high - low)
        const value = step === null ? raw : low + Math.round((raw - low) / step) * step
        const [from, to] = whole(low, high, value, share, distribution) as [number, number, number, number]
        expect(from).toBeGreaterThanOrEqual(low)
        expect(to).toBeLessThanOrEqual(high)
        // A logarithm there and back again may lose the last digit.
        expect(value).toBeGreaterThanOrEqual(from * (1 - 1e-12))
        expect(value).toBeLessThanOrEqual(to * (1 + 1e-12))
        if (step !== null) expect((from - low) / step).toBeCloseTo(Math.round((from - low) / step), 6)
        const narrowed = narrowDistribution(distribution, value, share)
        expect(narrowed).toMatchObject({ kind: distribution.kind, log: distribution.log, step })
      }),
    )
  })
})
