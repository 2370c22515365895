import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Scoring } from '@thresher/native'
import { type PolygonFile, readPolygons, scoreDataset } from '@thresher/sweeps'
import { describe, expect, it } from 'vitest'
import { SHARED, sharedMissing } from './shared-data.js'

/** One image as an evaluator scored it; ground truth has a text each where the evaluator reads them. */
interface Golden {
  gt: ([points: number[], text: string] | number[])[]
  det: number[][]
  r: number
  p: number
  h: number
  num_char_gt: number
  num_char_det: number
  tp: number
  gran_r: number
  gran_p: number
  fp: number
  split: number
  merge: number
  overlap: number
}

const COUNTS = [
  ...(['num_char_gt', 'num_char_det', 'tp', 'gran_r', 'gran_p'] as const),
  ...(['fp', 'split', 'merge', 'overlap'] as const),
]

function fileOf(path: string, polygons: { points: number[]; text?: string; ignore: boolean }[]): PolygonFile {
  const annotations = polygons.map((polygon, i) => ({ ...polygon, place: `${path}:${i + 1}` }))
  return { path, format: 'jsonl', images: new Map([['img', annotations]]) }
}

const truthOf = (row: Golden['gt'][number]) => {
  if (typeof row[0] === 'number') return { points: row as number[], ignore: false }
  const [points, text] = row as [number[], string]
  return { points, text, ignore: text === '###' }
}

/** What the evaluators themselves answered (clovaai/CLEval 0.1.1, and the receipt competition's fork of it). */
describe.each<[string, Scoring]>([
  ['cleval', { protocol: 'cleval' }],
  ['cleval-receipt-numpy1', { protocol: 'cleval-receipt' }],
  ['cleval-receipt-numpy2', { protocol: 'cleval-receipt', numpy2: true }],
])('%s', (name, scoring) => {
  const path = new URL(`./golden/${name}.json`, import.meta.url)
  const cases = Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, Golden>)

  it.each(cases)('%s', async (_, golden) => {
    const truth = fileOf('gt', golden.gt.map(truthOf))
    const found = fileOf(
      'pred',
      golden.det.map((points) => ({ points, ignore: false })),
    )
    const { precision, recall, hmean, counts } = await scoreDataset(scoring, truth, found)
    expect(counts).toEqual(Object.fromEntries(COUNTS.map((count) => [count, golden[count]])))
    expect(recall).toBeCloseTo(golden.r, 9)
    expect(precision).toBeCloseTo(golden.p, 9)
    expect(hmean).toBeCloseTo(golden.h, 9)
  })
})

const [GT, RES] = ['gt', 'res'].map((kind) => `data/scoring/${kind}_eval_doc_v1_kr_single.zip`) as [
  string,
  string,
]
const missing = sharedMissing(GT, RES)

describe.skipIf(missing)(`a Korean document of CLEval's${missing ? ` (skipped: ${missing})` : ''}`, () => {
  const score = async (scoring: Scoring) => {
    const [truth, found] = await Promise.all([
      readPolygons(join(SHARED, GT)),
      readPolygons(join(SHARED, RES)),
    ])
    return scoreDataset(scoring, truth, found)
  }

  it('cleval, found and read', async () => {
    const { precision, recall, hmean, counts, endToEnd } = await score({ protocol: 'cleval', endToEnd: true })
    expect({ precision, recall, hmean }).toEqual({
      precision: 0.9719745222929936,
      recall: 0.9948914431673053,
      hmean: 0.9832994745827764,
    })
    expect(counts).toEqual({
      ...{ num_char_gt: 783, num_char_det: 785, tp: 783, gran_r: 4, gran_p: 20, fp: 0 },
      ...{ split: 3, merge: 12, overlap: 2 },
    })
    expect(endToEnd).toMatchObject({ hmean: 0.9501325142786703, counts: { tp: 757 } })
  })

  it('cleval-receipt', async () => {
    const { hmean, counts } = await score({ protocol: 'cleval-receipt' })
    expect(hmean).toBe(0.9803655270948292)
    expect(counts).toMatchObject({ num_char_gt: 642, num_char_det: 641, tp: 641, gran_r: 4, gran_p: 20 })
  })
})
