import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder, thresher } from './thresher.js'

const SMALL = ['--param', 'thresh=0.3,0.36', '--param', 'box_thresh=0.4:0.6:0.1', '--resamples', '100']

interface Row {
  rank: number
  params: Record<string, number>
  precision: number
  recall: number
  hmean: number
  delta: number
  interval: [number, number]
  verdict: string
}

describe('thresher thresholds', () => {
  it('gives the document that scripts rely on', async () => {
    const run = await thresher(['thresholds', '--sample', ...SMALL, '--json'])
    expect(run.code).toBe(0)
    const result = JSON.parse(run.stdout)
    expect(result).toMatchObject({ protocol: 'icdar2015', images: 24, configurations: 6, backend: 'cpu' })
    expect(result.baseline.params).toEqual({
      thresh: 0.3,
      box_thresh: 0.6,
      unclip_ratio: 1.5,
      max_candidates: 1000,
      min_size: 3,
    })
    const rows: Row[] = result.ranked
    expect(rows.map((row) => row.rank)).toEqual([1, 2, 3, 4, 5, 6])
    for (const [i, row] of rows.entries()) {
      expect(row.hmean).toBeCloseTo((2 * row.precision * row.recall) / (row.precision + row.recall), 12)
      expect(row.delta).toBeCloseTo(row.hmean - result.baseline.hmean, 12)
      expect(row.interval[0]).toBeLessThanOrEqual(row.interval[1])
      expect(['better', 'same', 'worse']).toContain(row.verdict)
      if (i > 0) expect(row.hmean).toBeLessThanOrEqual(rows[i - 1]!.hmean)
    }
    const baseline = rows.find((row) => row.params.thresh === 0.3 && row.params.box_thresh === 0.6)
    expect(baseline).toMatchObject({
      delta: 0,
      interval: [0, 0],
      verdict: 'same',
      hmean: result.baseline.hmean,
    })
  })

  it('gives the same figures with one thread as with three, and writes them to a file', async () => {
    const folder = await temporaryFolder()
    const [one, three] = await Promise.all(
      ['1', '3'].map(async (threads) => {
        const file = join(folder, `${threads}.json`)
        const run = await thresher([
          'thresholds',
          '--sample',
          ...SMALL,
          '--threads',
          threads,
          '-o',
          file,
          '--plain',
        ])
        expect(run.code).toBe(0)
        return JSON.parse(await readFile(file, 'utf8'))
      }),
    )
    expect(three.ranked).toEqual(one.ranked)
  })

  it('agrees with boxes and score on a setting of its own', async () => {
    const folder = await temporaryFolder()
    const sample = join(folder, 'sample')
    const boxes = join(folder, 'boxes.jsonl')
    expect((await thresher(['sample', sample])).code).toBe(0)
    const source = [join(sample, 'maps'), '--index', join(sample, 'index.json')]
    expect(
      (await thresher(['boxes', ...source, '--thresh', '0.36', '--box-thresh', '0.5', '-o', boxes])).code,
    ).toBe(0)
    const score = JSON.parse(
      (
        await thresher([
          'score',
          '--gt',
          join(sample, 'gt'),
          '--pred',
          boxes,
          '--protocol',
          'icdar2015',
          '--json',
        ])
      ).stdout,
    )
    const sweep = JSON.parse((await thresher(['thresholds', '--sample', ...SMALL, '--json'])).stdout)
    const row = sweep.ranked.find(({ params }: Row) => params.thresh === 0.36 && params.box_thresh === 0.5)
    expect([score.precision, score.recall, score.hmean]).toEqual([row.precision, row.recall, row.hmean])
  })

  it('exits with 3 where nothing is better and that was asked for', async () => {
    const nothing = ['--param', 'thresh=0.3', '--resamples', '50', '--json', '--fail-unless-better']
    expect((await thresher(['thresholds', '--sample', ...nothing])).code).toBe(3)
  })

  it('keeps what is finished on SIGINT and exits with 130', async () => {
    const run = await thresher(
      [
        'thresholds',
        '--sample',
        '--param',
        'thresh=0.1:0.6:0.0005',
        '--param',
        'unclip_ratio=1.2:2.8:0.2',
        '--resamples',
        '50',
        '--json',
        '--threads',
        '1',
      ],
      { interruptAt: /[1-9]\d* of 24 images/ },
    )
    expect(run.code).toBe(130)
    const result = JSON.parse(run.stdout)
    expect(result.interrupted).toBe(true)
    expect(result.images).toBeGreaterThan(0)
    expect(result.images).toBeLessThan(24)
  })
})
