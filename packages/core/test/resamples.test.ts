import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPacer } from '../src/pacer.ts'
import { createRandom } from '../src/random.ts'
import { addWeighted, drawResamples } from '../src/resamples.ts'

const draw = (images: number, count: number, seed: number) =>
  drawResamples(images, count, createRandom(seed), createPacer())

describe('drawResamples', () => {
  it('draws as many images as there are, every time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 1, max: 30 }),
        fc.nat(),
        async (images, count, seed) => {
          const { occurrences } = await draw(images, count, seed)
          expect(occurrences).toHaveLength(images * count)
          for (let b = 0; b < count; b++) {
            let drawn = 0
            for (let i = 0; i < images; i++) drawn += occurrences[i * count + b]!
            expect(drawn).toBe(images)
          }
        },
      ),
    )
  })

  it('draws every image alike, with replacement', async () => {
    const images = 50
    const count = 4000
    const { occurrences } = await draw(images, count, 3)
    const tally = [0, 0, 0]
    for (const times of occurrences) if (times < 3) tally[times]!++
    for (const [times, observed] of tally.entries()) {
      const p = binomial(images, times) * (1 / images) ** times * (1 - 1 / images) ** (images - times)
      const cells = images * count
      expect(Math.abs(observed - cells * p)).toBeLessThan(4 * Math.sqrt(cells * p * (1 - p)))
    }
    for (let i = 0; i < images; i++) {
      const drawn = occurrences.subarray(i * count, (i + 1) * count).reduce((sum, times) => sum + times, 0)
      expect(Math.abs(drawn - count)).toBeLessThan(4.5 * Math.sqrt(count))
    }
  })

  it('is the same for the same seed and another for another', async () => {
    expect((await draw(20, 50, 1)).occurrences).toEqual((await draw(20, 50, 1)).occurrences)
    expect((await draw(20, 50, 1)).occurrences).not.toEqual((await draw(20, 50, 2)).occurrences)
  })

  it('draws the same first resamples, however many follow', async () => {
    const few = await draw(20, 10, 5)
    const many = await draw(20, 90, 5)
    for (let i = 0; i < 20; i++) {
      expect(many.occurrences.slice(i * 90, i * 90 + 10)).toEqual(few.occurrences.slice(i * 10, i * 10 + 10))
    }
  })
})

describe('addWeighted', () => {
  it('adds the listed images by their occurrences', async () => {
    const resamples = await draw(15, 40, 2)
    const list = fc
      .uniqueArray(fc.nat(14))
      .chain((which) =>
        fc.tuple(
          fc.constant(which),
          fc.array(fc.integer({ min: -99, max: 99 }), { minLength: which.length, maxLength: which.length }),
        ),
      )
    fc.assert(
      fc.property(list, fc.nat(15), ([which, amounts], skipped) => {
        const from = Math.min(skipped, which.length)
        const sums = new Float64Array(40).fill(0.5)
        addWeighted(sums, resamples, Int32Array.from(which), Float64Array.from(amounts), from, which.length)
        for (let b = 0; b < 40; b++) {
          let expected = 0.5
          for (let j = from; j < which.length; j++)
            expected += amounts[j]! * resamples.occurrences[which[j]! * 40 + b]!
          expect(sums[b]).toBe(expected)
        }
      }),
    )
  })
})

function binomial(n: number, k: number): number {
  return k === 0 ? 1 : (binomial(n - 1, k - 1) * n) / k
}
