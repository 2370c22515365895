import { PROTOCOLS, type Protocol, type Tally } from '@thresher/native'
import { describe, expect, test } from 'vitest'
import { aggregationOf, datasetScores, imageScores } from '../../src/score/conventions.js'

const tally = (hits: number, gt: number, det: number): Tally => ({
  recallHits: hits,
  recallTotal: gt,
  precisionHits: hits,
  precisionTotal: det,
})
const prh = ({ precision, recall, hmean }: { precision: number; recall: number; hmean: number }) => [
  precision,
  recall,
  hmean,
]
const of = (protocol: Protocol, t: Tally, objects = t.recallTotal, detections = t.precisionTotal) =>
  prh(imageScores(protocol, t, { objects, detections }))

describe('an image', () => {
  test.each(PROTOCOLS)('%s: with hits on both sides is their ratios', (protocol) => {
    expect(of(protocol, tally(1, 2, 4))).toEqual([0.25, 0.5, 1 / 3])
  })

  // Spec: [nothing at all, a detection on nothing, objects without detections], each [P, R, H].
  const ICDAR = [
    [1, 1, 1],
    [0, 1, 0],
    [0, 0, 0],
  ]
  const DETEVAL = [
    [1, 1, 0],
    [0, 1, 0],
    [0, 0, 0],
  ]
  const ZERO = [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ]
  test.each<[Protocol, number[][]]>([
    ['icdar2015', ICDAR],
    ['iou', ICDAR],
    ['hmean-iou', ICDAR],
    ['tedeval', ICDAR],
    ['tiou', ICDAR],
    ['siou', ICDAR],
    ['deteval', DETEVAL],
    ['icdar2013', DETEVAL],
    ['mtwi2018', DETEVAL],
    ['cleval', ZERO],
    ['cleval-receipt', ZERO],
    ['total-text', ZERO],
    ['ctw1500', ZERO],
  ])('%s: without objects, without detections', (protocol, [nothing, spurious, missed]) => {
    expect(of(protocol, tally(0, 0, 0))).toEqual(nothing)
    expect(of(protocol, tally(0, 0, 3))).toEqual(spurious)
    expect(of(protocol, tally(0, 3, 0))).toEqual(missed)
  })

  test('the DetEval family looks at objects that are don’t care too', () => {
    expect(of('deteval', tally(0, 0, 0), 2, 0)).toEqual([0, 0, 0])
    expect(of('deteval', tally(0, 0, 0), 2, 1)).toEqual([0, 1, 0])
  })

  test('CLEval: penalties that outweigh the hits leave 0', () => {
    const penalised = { recallHits: -2, recallTotal: 5, precisionHits: 3, precisionTotal: 6 }
    expect(of('cleval', penalised)).toEqual([0.5, 0, 0])
  })
})

describe('a data set', () => {
  const images = [tally(1, 2, 4), tally(0, 0, 1)]
  const sums = tally(1, 2, 5)
  const scored = (protocol: Protocol) =>
    images.map((t) => ({
      tally: t,
      scores: imageScores(protocol, t, { objects: t.recallTotal, detections: t.precisionTotal }),
    }))

  test.each(PROTOCOLS)('%s', (protocol) => {
    const score = prh(datasetScores(protocol, scored(protocol), sums))
    if (protocol === 'cleval-receipt') expect(score).toEqual([0.125, 0.25, 1 / 6])
    else expect(score).toEqual([0.2, 0.5, (2 * 0.5 * 0.2) / 0.7])
    const others: Partial<Record<Protocol, string>> = {
      'cleval-receipt': 'image-mean',
      'hmean-iou': 'micro-mmocr',
    }
    expect(aggregationOf(protocol)).toBe(others[protocol] ?? 'micro')
  })

  test('of nothing is 0, but for MMOCR 1', () => {
    for (const protocol of PROTOCOLS) {
      const expected = protocol === 'hmean-iou' ? [1, 1, 1] : [0, 0, 0]
      expect(prh(datasetScores(protocol, [], tally(0, 0, 0))), protocol).toEqual(expected)
    }
  })

  test('CLEval clamps after summing', () => {
    const all = [
      { recallHits: -2, recallTotal: 5, precisionHits: 2, precisionTotal: 2 },
      { recallHits: 5, recallTotal: 5, precisionHits: 2, precisionTotal: 2 },
    ]
    const none = { precision: 0, recall: 0, hmean: 0 }
    const sum = { recallHits: 3, recallTotal: 10, precisionHits: 4, precisionTotal: 4 }
    const score = datasetScores(
      'cleval',
      all.map((t) => ({ tally: t, scores: none })),
      sum,
    )
    expect(prh(score)).toEqual([1, 0.3, (2 * 0.3) / 1.3])
  })
})
