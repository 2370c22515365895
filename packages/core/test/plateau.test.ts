import { describe, expect, it } from 'vitest'
import { flatZones } from '../src/flat-zones.ts'
import { createGrid } from '../src/grid.ts'
import { imageDifferences } from '../src/image-differences.ts'
import { DEFAULT_SETTING } from '../src/parameter.ts'
import { plateauAround } from '../src/plateau.ts'
import { createRandom } from '../src/random.ts'
import { statisticsOf } from '../src/statistics.ts'
import { matched, statistics } from './support/image-statistics.ts'

const IMAGES = 60

/** Statistics whose setting s finds `quality[s]` of a hundred on every image, give or take one by image. */
function stats(quality: readonly number[]) {
  const random = createRandom(3)
  const noise = Array.from({ length: IMAGES }, () => random.int(3) - 1)
  return statistics(
    quality.map((found, s) =>
      noise.map((by, i) => matched(found + ((i * 7 + s) % 5 === 0 ? by : 0), 100, 100)),
    ),
  )
}

describe('plateauAround', () => {
  const grid = createGrid(
    [
      { name: 'box_thresh', values: [0.4, 0.5, 0.6] },
      { name: 'thresh', values: [0.2, 0.25, 0.3, 0.35] },
    ],
    DEFAULT_SETTING,
  )

  it('joins what cannot be told from the best, and stops where it can', async () => {
    // thresh 0.2, 0.25, 0.3, 0.35 in rows, box_thresh 0.4, 0.5, 0.6 in columns.
    const data = stats([60, 60, 60, 90, 90, 70, 90, 90, 70, 60, 60, 60])
    const plateau = await plateauAround(grid, data, 7)
    expect(plateau.settings).toEqual([3, 4, 6, 7])
    expect(plateau.ranges).toEqual([
      { name: 'box_thresh', low: 0.4, high: 0.5 },
      { name: 'thresh', low: 0.25, high: 0.3 },
    ])
  })

  it('leaves out what is tied but lies apart', async () => {
    const data = stats([90, 60, 90, 60, 60, 60, 60, 60, 60, 60, 60, 60])
    expect((await plateauAround(grid, data, 0)).settings).toEqual([0])
  })
})

describe('flatZones', () => {
  it('names neighbouring values that score alike on every image, the others held', () => {
    const grid = createGrid([{ name: 'box_thresh', values: [0.2, 0.3, 0.4, 0.5, 0.6] }], DEFAULT_SETTING)
    const row = [matched(1, 2, 2), matched(2, 2, 2)]
    const other = [matched(1, 2, 2), matched(1, 2, 2)]
    const data = statistics([row, row, row, other, other])
    expect(flatZones(grid, data, 4)).toEqual([
      { name: 'box_thresh', low: 0.2, high: 0.4, values: 3 },
      { name: 'box_thresh', low: 0.5, high: 0.6, values: 2 },
    ])
    expect(flatZones(grid, statistics([row, other, row, other, row]), 0)).toEqual([])
  })
})

describe('imageDifferences', () => {
  it('lists the images that changed, the largest gain first', () => {
    const before = [matched(1, 2, 2), matched(2, 2, 2), matched(1, 2, 2), matched(0, 0, 1)]
    const after = [matched(1, 2, 2), matched(1, 2, 2), matched(2, 2, 2), matched(0, 0, 2)]
    const data = statistics([before, after])
    const changed = imageDifferences(data, 1, statisticsOf(data, 0))
    expect(changed.map(({ image, delta }) => [image, delta])).toEqual([
      [2, 0.5],
      [1, -0.5],
    ])
    expect(changed[0]).toMatchObject({ before: { recall: 0.5 }, after: { recall: 1 } })
  })
})
