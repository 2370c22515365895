import { expect, test } from 'vitest'
import { findingLines } from '../../src/output/findings.js'
import { fakeResult } from '../support/fake-sweep.js'

const plateau = {
  settings: [1, 2, 3],
  ranges: [
    { name: 'thresh' as const, low: 0.21, high: 0.23 },
    { name: 'unclip_ratio' as const, low: 1.9, high: 1.9 },
  ],
}

test('a plateau is named by its ranges', () => {
  expect(findingLines({ ...fakeResult(), plateau })).toEqual([
    'Plateau: thresh 0.21 to 0.23, unclip_ratio 1.9: 3 settings around #1 that this data cannot tell apart.',
  ])
  const alone = findingLines({ ...fakeResult(), plateau: { ...plateau, settings: [1] } })
  expect(alone).toEqual(['Plateau: none, #1 differs from each of its neighbours beyond noise.'])
  const settings = Array.from({ length: 2079 }, (_, i) => i)
  expect(findingLines({ ...fakeResult(), plateau: { ...plateau, settings } })).toEqual([
    'Plateau: the whole grid. This data cannot tell any of the 2,079 settings from #1.',
  ])
})

test('what tuning is worth on images not seen', () => {
  const crossValidated = {
    folds: 5,
    hmean: 0.9,
    delta: 0.0014,
    interval: [0.0003, 0.0025] as const,
    chosen: [],
  }
  expect(findingLines({ ...fakeResult(), crossValidated })).toEqual([
    'On images not seen (5 folds): +0.14 pt, 95 % +0.03 to +0.25 pt.',
  ])
})

test('flat zones, with the reason where there is one', () => {
  const flatZones = [
    { name: 'box_thresh' as const, low: 0.2, high: 0.24, values: 3 },
    { name: 'box_thresh' as const, low: 0.3, high: 0.4, values: 2 },
  ]
  const result = fakeResult()
  expect(result.ranking.ranked[0]!.setting.thresh).toBe(0.24)
  expect(findingLines({ ...result, flatZones })).toEqual([
    'box_thresh 0.2 to 0.24: 3 values that are one setting around #1: at or below thresh it filters nothing but holes.',
    'box_thresh 0.3 to 0.4: 2 values that are one setting around #1.',
  ])
})

test('the images on which the best setting differs from the baseline', () => {
  const result = fakeResult({ images: 3 })
  const best = result.ranking.ranked[0]!.index
  const column = (...first: number[]) => {
    const values = new Float64Array(result.statistics.recallHits.length)
    values.set(first, best * 3)
    return values
  }
  const statistics = {
    ...result.statistics,
    recallHits: column(2, 1, 2),
    recallTotal: column(2, 2, 2),
    precisionHits: column(2, 1, 2),
    precisionTotal: column(2, 2, 2),
  }
  const baselineStatistics = {
    ...result.baselineStatistics,
    recallHits: Float64Array.of(1, 2, 1),
    recallTotal: Float64Array.of(2, 2, 2),
    precisionHits: Float64Array.of(1, 2, 1),
    precisionTotal: Float64Array.of(2, 2, 4),
  }
  expect(findingLines({ ...result, statistics, baselineStatistics })).toEqual([
    'Against the baseline #1 gains on 2 images (most on img_3: +66.67 pt) and loses on 1 (most on img_2: -50.00 pt).',
  ])
})
