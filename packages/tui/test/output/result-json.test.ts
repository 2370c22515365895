import { describe, expect, test } from 'vitest'
import { resultChunks, resultCsvChunks } from '../../src/output/result-json.js'
import { fakeRanking, fakeResult, GRID } from '../support/fake-sweep.js'

describe.each([true, false])('resultChunks, lines %s', (lines) => {
  const document = JSON.parse(
    [...resultChunks(fakeResult(), { lines, before: { event: 'result' } })].join(''),
  )

  test('is one JSON document with every configuration, best first', () => {
    expect(document.event).toBe('result')
    expect(document).toMatchObject({
      protocol: 'icdar2015',
      images: 12,
      configurations: 2079,
      backend: 'cpu',
    })
    expect(document.ranked).toHaveLength(GRID.size)
    expect(document.ranked.map((row: { rank: number }) => row.rank)).toEqual(
      GRID.axes.length && [...Array(GRID.size).keys()].map((i) => i + 1),
    )
  })

  test('names parameters in snake case and keeps numbers as they are', () => {
    const { ranked, baseline } = fakeRanking()
    expect(document.baseline).toEqual({
      params: { thresh: 0.3, box_thresh: 0.6, unclip_ratio: 1.5, max_candidates: 1000, min_size: 3 },
      precision: baseline.precision,
      recall: baseline.recall,
      hmean: baseline.hmean,
    })
    const { setting, index: _, ...first } = ranked[0]!
    expect(document.ranked[0]).toEqual({ ...first, params: { ...setting } })
  })
})

test('the lines of the file form hold one setting each', () => {
  const text = [...resultChunks(fakeResult(), { lines: true })].join('')
  const rows = text.split('\n').filter((line) => line.startsWith('{"rank"'))
  expect(rows).toHaveLength(GRID.size)
})

test('the single-line form is a single line', () => {
  const text = [...resultChunks(fakeResult())].join('')
  expect(text.indexOf('\n')).toBe(text.length - 1)
})

test('CSV has a setting a line under its head', () => {
  const lines = [...resultCsvChunks(fakeRanking())].join('').trimEnd().split('\n')
  expect(lines[0]).toBe(
    'rank,thresh,box_thresh,unclip_ratio,max_candidates,min_size,precision,recall,hmean,delta,low,high,verdict',
  )
  expect(lines).toHaveLength(GRID.size + 1)
  expect(lines[1]?.split(',')).toHaveLength(13)
})
