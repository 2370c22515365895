import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Column, createColumnSummer, delegatedColumnSummer } from '../src/column-sums.ts'
import { createPacer } from '../src/pacer.ts'
import { createRandom } from '../src/random.ts'
import { addWeighted, drawResamples, type Resamples } from '../src/resamples.ts'

const IMAGES = 9
const COUNT = 25

interface Pair {
  values: number[]
  baseline: number[]
}

const whole = (max: number) => fc.array(fc.integer({ min: 0, max }), { minLength: IMAGES, maxLength: IMAGES })
const wholePair = fc
  .constantFrom(0, 1, 3, 100, 70_000, 2 ** 31, 2 ** 47)
  .chain((max) => fc.record({ values: whole(max), baseline: whole(max) }))
const fraction = fc.array(
  fc.nat(99).map((n) => n / 7),
  { minLength: IMAGES, maxLength: IMAGES },
)
const fractionPair = fc.record({ values: fraction, baseline: fraction })

type Summer = (columns: readonly Column[]) => Promise<void>

async function sumTogether(
  pairs: readonly Pair[],
  resamples: Resamples,
  sum: Summer = createColumnSummer(resamples, createPacer()),
): Promise<Float64Array[]> {
  const columns = pairs.map(({ values, baseline }, place) => ({
    values: Float64Array.from([...new Array(place).fill(-1), ...values]),
    offset: place,
    baseline: Float64Array.from(baseline),
    baselineSums: Float64Array.from({ length: COUNT }, (_, b) => naive(baseline, resamples, b)),
    sums: new Float64Array(COUNT).fill(Number.NaN),
  }))
  await sum(columns)
  return columns.map(({ sums }) => sums)
}

function naive(values: readonly number[], { occurrences, count }: Resamples, b: number): number {
  return values.reduce((sum, value, image) => sum + value * occurrences[image * count + b]!, 0)
}

describe('createColumnSummer', { timeout: 60_000 }, async () => {
  const resamples = await drawResamples(IMAGES, COUNT, createRandom(4), createPacer())

  it('sums whole numbers exactly, whatever shares a pass', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(wholePair, { minLength: 1, maxLength: 12 }), async (pairs) => {
        const sums = await sumTogether(pairs, resamples)
        for (const [i, { values }] of pairs.entries()) {
          expect([...sums[i]!]).toEqual(Array.from({ length: COUNT }, (_, b) => naive(values, resamples, b)))
        }
      }),
    )
  })

  it('sums fractions to the last bits, and alone as in company', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(wholePair, fractionPair), { minLength: 1, maxLength: 8 }),
        async (pairs) => {
          const together = await sumTogether(pairs, resamples)
          for (const [i, pair] of pairs.entries()) {
            const [alone] = await sumTogether([pair], resamples)
            expect([...together[i]!]).toEqual([...alone!])
            for (let b = 0; b < COUNT; b++) {
              const expected = naive(pair.values, resamples, b)
              expect(Math.abs(together[i]![b]! - expected)).toBeLessThanOrEqual(1e-13 * (1 + expected))
            }
          }
        },
      ),
    )
  })

  it('gives the same bits where the sums are done elsewhere', async () => {
    const elsewhere = delegatedColumnSummer(
      resamples,
      async (given, { which, amounts, offsets }) => {
        const sums = new Float64Array((offsets.length - 1) * given.count)
        for (let i = 0; i + 1 < offsets.length; i++) {
          const column = sums.subarray(i * given.count, (i + 1) * given.count)
          addWeighted(column, given, Int32Array.from(which), amounts, offsets[i]!, offsets[i + 1]!)
        }
        return sums
      },
      undefined,
    )
    const columns = fc.array(fc.oneof(wholePair, fractionPair), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(columns, async (pairs) => {
        const here = await sumTogether(pairs, resamples)
        expect(await sumTogether(pairs, resamples, elsewhere)).toEqual(here)
      }),
    )
  })

  it('takes no columns', async () => {
    await expect(sumTogether([], resamples)).resolves.toEqual([])
  })
})
