import type { DatasetScore, PolygonOutcome, ScoredImage } from '@thresher/sweeps'
import { describe, expect, test } from 'vitest'
import { scoreJson } from '../../src/output/score-json.js'
import { scoreLines } from '../../src/output/score-lines.js'

const found = (fate: PolygonOutcome['fate'], ...others: number[]): PolygonOutcome => ({ fate, with: others })
const image: ScoredImage = {
  image: 'img_1',
  precision: 0.5,
  recall: 1 / 3,
  hmean: 0.4,
  counts: { matched: 1, gtCare: 3, detCare: 2 },
  tally: { recallHits: 1, recallTotal: 3, precisionHits: 1, precisionTotal: 2 },
  objects: [found('matched', 0), found('missed'), found('split', 1, 2)],
  detections: [found('matched', 0), found('split', 2), found('split', 2), found('false-alarm')],
}
const score: DatasetScore = {
  protocol: 'icdar2015',
  scoring: { protocol: 'icdar2015' },
  precision: 0.5,
  recall: 1 / 3,
  hmean: 0.4,
  counts: image.counts,
  images: [image],
}
const text = (given: DatasetScore, perImage = false) =>
  scoreLines(given, { perImage }).map((line) => line.map((part) => part.text).join(''))

describe('scoreLines', () => {
  test('says the score, and what it was counted from', () => {
    expect(text(score)).toEqual([
      'icdar2015  1 image',
      'H-Mean 0.4000  precision 0.5000  recall 0.3333',
      '1 matched, 3 objects that count, 2 detections that count',
    ])
  })

  test('per image it says what went wrong', () => {
    expect(text(score, true).slice(3)).toEqual([
      '',
      ' H-Mean       P       R objects   found  image',
      ' 0.4000  0.5000  0.3333       3       4  img_1  1 missed, 1 split, 1 false',
    ])
  })

  test('names the score threshold where it matters, and the end-to-end score', () => {
    const at = (scoreThreshold: number, hmean: number) => ({ scoreThreshold, precision: 0, recall: 0, hmean })
    const thresholds = [at(0.3, 0.2), at(0.4, 0.4)]
    const lines = text({
      ...score,
      thresholds,
      scoreThreshold: 0.4,
      endToEnd: { ...score, counts: { tp: 1.5 } },
    })
    expect(lines).toContain('at score threshold 0.4, the best of 0.3: 0.2000  0.4: 0.4000')
    expect(lines).toContain('End to end, H-Mean 0.4000  precision 0.5000  recall 0.3333')
    expect(lines.at(-1)).toBe('1.5 right')
    expect(text({ ...score, thresholds: [at(0.3, 0.4)], scoreThreshold: 0.3 })).toEqual(text(score))
  })
})

test('by height of text', () => {
  const scales = [
    { low: 0, high: 0.005, precision: 0.5, recall: 0.25, hmean: 1 / 3, counts: { num_char_gt: 1200 } },
  ]
  const lines = scoreLines(score, { perImage: false, scales }).map((line) =>
    line.map((part) => part.text).join(''),
  )
  expect(lines.at(-1)).toBe(
    '    0 to 0.005  H-Mean 0.3333  precision 0.5000  recall 0.2500  1,200 characters',
  )
  expect(scoreJson(score, { perImage: false, scales })).toMatchObject({ scales })
})

describe('scoreJson', () => {
  test('is the document of the contract', () => {
    expect(scoreJson(score, { perImage: false })).toEqual({
      protocol: 'icdar2015',
      precision: 0.5,
      recall: 1 / 3,
      hmean: 0.4,
      counts: { images: 1, matched: 1, gtCare: 3, detCare: 2 },
    })
  })

  test('has each image with its counts and what happened to its polygons', () => {
    const { images } = scoreJson(score, { perImage: true }) as { images: object[] }
    expect(images).toEqual([
      {
        image: 'img_1',
        precision: 0.5,
        recall: 1 / 3,
        hmean: 0.4,
        matched: 1,
        gtCare: 3,
        detCare: 2,
        objects: image.objects,
        detections: image.detections,
      },
    ])
  })

  test('has e2e beside detection, and the options that were given', () => {
    const scoring = { protocol: 'cleval', endToEnd: true } as const
    const endToEnd = { precision: 0.1, recall: 0.2, hmean: 0.3, counts: { tp: 4 } }
    expect(scoreJson({ ...score, protocol: 'cleval', scoring, endToEnd }, { perImage: false })).toMatchObject(
      {
        protocol: 'cleval',
        options: { endToEnd: true },
        hmean: 0.4,
        e2e: { precision: 0.1, recall: 0.2, hmean: 0.3, counts: { tp: 4 } },
      },
    )
  })
})
