import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  BOX_TYPES,
  type GridTallies,
  type GroundTruth,
  type PostprocessGrid,
  PROTOCOLS,
  type ProbabilityMap,
  packGroundTruth,
  postprocess,
  type Scoring,
  scoreImage,
  sweepImage,
  type Tally,
  VARIANTS,
} from '../src/index.js'
import { mapOf, rectangle } from './support/images.js'

const rectangles = fc.array(
  fc.tuple(
    fc.integer({ min: 1, max: 70 }),
    fc.integer({ min: 1, max: 60 }),
    fc.integer({ min: 3, max: 40 }),
    fc.integer({ min: 3, max: 14 }),
  ),
  { maxLength: 8 },
)

const layouts = fc.record({
  drawn: rectangles,
  shift: fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 6, maxLength: 6 }),
})

/** Rectangles of several heights of probability, some of them eaten into, and ground truth near them. */
function drawnImage({ drawn, shift }: { drawn: [number, number, number, number][]; shift: number[] }): {
  map: ProbabilityMap
  gt: GroundTruth
} {
  const map = mapOf(112, 76)
  for (const [i, [x, y, w, h]] of drawn.entries()) {
    for (let row = y; row < y + h; row++) {
      for (let column = x; column < x + w; column++) {
        const eaten = (column * 7 + row * 13 + i) % 19 < i % 4
        map.data[row * map.width + column] = eaten ? 0.25 : 0.3 + ((i * 0.17 + (column % 5) * 0.06) % 0.68)
      }
    }
  }
  const objects = drawn.map(([x, y, w, h], i) => ({
    points: rectangle(x + shift[i % 6]!, y + shift[(i + 1) % 6]!, w, h),
    ignore: i % 5 === 4,
    text: 'abcdef'.slice(0, 1 + (i % 6)),
  }))
  return { map, gt: packGroundTruth(objects) }
}

const axis = (...values: number[]) => fc.subarray(values, { minLength: 1 })
const grids: fc.Arbitrary<PostprocessGrid> = fc.record({
  thresh: axis(0.2, 0.3, 0.45, 0.6),
  boxThresh: axis(0, 0.4, 0.55, 0.7),
  unclipRatio: axis(1, 1.5, 2.2),
  maxCandidates: axis(1, 3, 1000),
  minSize: axis(0, 3, 5),
})

function settingsOf(grid: PostprocessGrid) {
  return grid.thresh.flatMap((thresh) =>
    grid.boxThresh.flatMap((boxThresh) =>
      grid.unclipRatio.flatMap((unclipRatio) =>
        grid.maxCandidates.flatMap((maxCandidates) =>
          grid.minSize.map((minSize) => ({ thresh, boxThresh, unclipRatio, maxCandidates, minSize })),
        ),
      ),
    ),
  )
}

function talliesOf(tallies: GridTallies, setting: number): Tally[] {
  return Array.from({ length: tallies.levels }, (_, level) => {
    const at = setting * tallies.levels + level
    return {
      recallHits: tallies.recallHits[at]!,
      recallTotal: tallies.recallTotal[at]!,
      precisionHits: tallies.precisionHits[at]!,
      precisionTotal: tallies.precisionTotal[at]!,
    }
  })
}

describe('a setting in a grid scores as it does alone', () => {
  const scorings: Scoring[] = [
    ...PROTOCOLS.map((protocol) => ({ protocol })),
    { protocol: 'hmean-iou', maxMatching: true, scoreThresholds: [0.5, 0.3, 0.8] },
    { protocol: 'cleval', areaPrecision: 0.5, recallGranularity: 0.5, precisionGranularity: 2 },
    { protocol: 'cleval-receipt', numpy2: true },
  ]
  const modesFor = ({ protocol }: Scoring) =>
    fc.record({
      variant: fc.constantFrom(...VARIANTS),
      // TedEval reads quadrilaterals only.
      boxType: fc.constantFrom(...(protocol === 'tedeval' ? ['quad' as const] : BOX_TYPES)),
      scoreMode: fc.constantFrom('fast', 'slow'),
      dilate: fc.boolean(),
    })

  it.each(scorings.map((scoring) => [JSON.stringify(scoring), scoring] as const))(
    '%s',
    async (_, scoring) => {
      let settings = 0
      await fc.assert(
        fc.asyncProperty(
          layouts,
          grids,
          modesFor(scoring),
          fc.boolean(),
          async (layout, grid, mode, enlarged) => {
            const { map, gt } = drawnImage(layout)
            const size = enlarged ? { width: 150, height: 95 } : undefined
            const options = { ...mode, size }
            const inGrid = await sweepImage(map, gt, grid, { ...options, ...scoring })
            for (const [i, setting] of settingsOf(grid).entries()) {
              const alone = await scoreImage(scoring, gt, await postprocess(map, { ...options, ...setting }))
              expect(talliesOf(inGrid, i), JSON.stringify(setting)).toEqual(alone.levels)
              settings++
            }
          },
        ),
        { numRuns: 25 },
      )
      expect(settings).toBeGreaterThan(300)
    },
  )
})

describe('sweepImage', () => {
  const map = mapOf(100, 80, [10, 10, 30, 10], [20, 50, 40, 12])
  const gt = packGroundTruth([{ points: rectangle(6, 6, 38, 18), ignore: false }])
  const grid: PostprocessGrid = {
    thresh: [0.2, 0.3],
    boxThresh: [0.5, 0.95],
    unclipRatio: [1.5],
    maxCandidates: [1, 1000],
    minSize: [3],
  }

  it('ends its progress at the number of thresh values, and rejects an empty axis', async () => {
    let last = 0
    await sweepImage(map, gt, grid, { protocol: 'iou', onProgress: (done) => (last = done) })
    expect(last).toBe(2)
    await expect(sweepImage(map, gt, { ...grid, boxThresh: [] }, { protocol: 'iou' })).rejects.toThrow(
      /grid.boxThresh/,
    )
  })
})
