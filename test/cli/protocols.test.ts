import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PROTOCOLS, type Scoring } from '@thresher/native'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rectangleMap, writeNpy } from './npy.js'
import { thresher } from './thresher.js'

const SETTING = { thresh: 0.36, box_thresh: 0.5, unclip_ratio: 1.7 }
const GRID = ['thresh=0.3,0.36', 'box_thresh=0.5,0.62', 'unclip_ratio=1.5,1.7']
const OPTIONS: Partial<Record<Scoring['protocol'], string[]>> = {
  'hmean-iou': ['--max-matching', '--score-thresholds', '0.5:0.9:0.05'],
  cleval: ['--area-precision', '0.5', '--recall-granularity', '0.5', '--precision-granularity', '2'],
  'cleval-receipt': ['--numpy', '2'],
}
const CHOICES = [
  ...PROTOCOLS.map((protocol) => ['--protocol', protocol]),
  ...Object.entries(OPTIONS).map(([protocol, options]) => ['--protocol', protocol, ...options]),
]

/** Two ways to one figure: a row of the sweep, and boxes written at that setting and scored. */
describe('thresholds and score agree', () => {
  let folder: string
  let sample: string
  let boxes: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'thresher-test-'))
    sample = join(folder, 'sample')
    boxes = join(folder, 'boxes.jsonl')
    expect((await thresher(['sample', sample])).code).toBe(0)
    const at = ['--thresh', '0.36', '--box-thresh', '0.5', '--unclip-ratio', '1.7']
    const maps = [join(sample, 'maps'), '--index', join(sample, 'index.json')]
    expect((await thresher(['boxes', ...maps, ...at, '-o', boxes])).code).toBe(0)
  })

  afterAll(() => rm(folder, { recursive: true, force: true }))

  it.each(CHOICES.map((choice) => [choice.slice(1).join(' '), choice]))('%s', async (_, choice) => {
    const gt = ['--gt', join(sample, 'gt')]
    const score = await thresher(['score', ...gt, '--pred', boxes, ...choice, '--json', '--per-image'])
    expect(score.stderr).toBe('')
    const document = JSON.parse(score.stdout)
    const maps = ['--maps', join(sample, 'maps'), '--index', join(sample, 'index.json')]
    const params = GRID.flatMap((param) => ['--param', param])
    const sweep = await thresher([
      'thresholds',
      ...maps,
      ...gt,
      ...choice,
      ...params,
      '--resamples',
      '20',
      '--json',
    ])
    const { ranked } = JSON.parse(sweep.stdout) as { ranked: { params: Record<string, number> }[] }
    expect(ranked).toHaveLength(8)
    const row = ranked.find(({ params: at }) =>
      Object.entries(SETTING).every(([name, value]) => at[name] === value),
    )
    const { precision, recall, hmean } = document
    for (const [name, value] of Object.entries({ precision, recall, hmean })) {
      expect(row, name).toHaveProperty(name, expect.closeTo(value, 12))
    }
    expect(hmean).toBeGreaterThan(0.3)
    expect(document.images).toHaveLength(24)
    const fates = document.images.flatMap(({ objects }: { objects: { fate: string }[] }) => objects)
    expect(fates.some(({ fate }: { fate: string }) => fate === 'matched')).toBe(true)
  })

  it.each(['hmean-iou', 'icdar2015', 'cleval-receipt'])(
    'also of images without any object: %s',
    async (protocol) => {
      const empty = await mkdtemp(join(folder, 'empty-'))
      const [maps, gt] = [join(empty, 'maps'), join(empty, 'gt')]
      await mkdir(maps)
      await mkdir(gt)
      // Brighter than the highest score threshold that MMOCR's metric tries.
      const bright = rectangleMap(60, 40, 10, 10, 30, 9).map((value) => (value > 0.5 ? 0.98 : value))
      await writeNpy(join(maps, 'a.npy'), [40, 60], bright)
      await writeNpy(join(maps, 'b.npy'), [40, 60], new Float32Array(60 * 40))
      for (const image of ['a', 'b']) await writeFile(join(gt, `gt_${image}.txt`), '')
      const data = ['--gt', gt, '--protocol', protocol, '--json']
      const params = ['--param', 'box_thresh=0.5,0.99', '--resamples', '20']
      const sweep = await thresher(['thresholds', '--maps', maps, ...data, ...params])
      const { ranked } = JSON.parse(sweep.stdout) as { ranked: Record<string, unknown>[] }
      const of = (row: Record<string, unknown>) => [row.precision, row.recall, row.hmean]
      const found: unknown[] = []
      // A box where there is nothing to find, and none.
      for (const boxThresh of [0.5, 0.99]) {
        const pred = join(empty, `${boxThresh}.jsonl`)
        const at = ['--thresh', '0.3', '--unclip-ratio', '1.5', '--box-thresh', String(boxThresh)]
        expect((await thresher(['boxes', maps, ...at, '-o', pred])).code).toBe(0)
        const expected = of(JSON.parse((await thresher(['score', '--pred', pred, ...data])).stdout))
        const row = ranked.find(({ params }) => (params as Record<string, number>).box_thresh === boxThresh)!
        expect(of(row), `box_thresh ${boxThresh}`).toEqual(expected)
        found.push(expected)
      }
      // MMOCR's metric takes nothing found where nothing is for perfect.
      const right = protocol === 'hmean-iou' ? 1 : 0
      expect(found).toEqual([
        [0, right, 0],
        [right, right, right],
      ])
    },
  )

  it('scores what was read beside what was found', async () => {
    const gt = join(sample, 'gt')
    const run = await thresher(['score', '--gt', gt, '--pred', gt, '--protocol', 'cleval', '--e2e', '--json'])
    const { e2e, counts, images } = JSON.parse(run.stdout)
    expect(images).toBeUndefined()
    expect(e2e.counts.num_char_gt).toBe(counts.num_char_gt)
    expect(e2e.hmean).toBeGreaterThan(0.99)
  })

  it('scores by the height of text, with sizes from an index or for all', async () => {
    const gt = join(sample, 'gt')
    const score = (...args: string[]) =>
      thresher(['score', '--gt', gt, '--pred', gt, '--protocol', 'cleval', '--scale-wise', '--json', ...args])
    const characters = async (...size: string[]) => {
      const { counts, scales } = JSON.parse((await score(...size)).stdout)
      const bins = scales.map((bin: { counts: { num_char_gt: number } }) => bin.counts.num_char_gt)
      return { all: counts.num_char_gt as number, bins: bins as number[] }
    }
    const { all, bins } = await characters('--index', join(sample, 'index.json'))
    // Every box is in a bin, one on an edge in both.
    const sum = bins.reduce((total, count) => total + count, 0)
    expect(sum).toBeGreaterThanOrEqual(all)
    expect(sum).toBeLessThan(1.2 * all)
    expect(bins.filter((count) => count > 0).length).toBeGreaterThan(1)
    const smaller = await characters('--size', '100000x100')
    expect(smaller.bins[0]).toBe(all)
    const unknown = await score()
    expect(unknown).toMatchObject({ code: 2, stdout: '' })
    expect(unknown.stderr).toMatch(/the size of image "receipt_01" is not known.*Give --index or --size/)
  })

  it.each([
    [['--protocol', 'iou', '--scale-wise'], '--scale-wise is for --protocol cleval, not iou.'],
    [['--protocol', 'cleval', '--size', '9x9'], '--size is for --scale-wise.'],
    [['--protocol', 'iou', '--max-matching'], '--max-matching is for --protocol hmean-iou, not iou.'],
    [['--protocol', 'cleval-receipt', '--e2e'], '--e2e is for --protocol cleval, not cleval-receipt.'],
    [['--protocol', 'cleval', '--ignore-case'], '--ignore-case is for --e2e.'],
    [['--protocol', 'cleval', '--area-precision', '2'], 'It is a share from 0 to 1.'],
    [['--protocol', 'hmean-iou', '--score-thresholds', '0.9:0.3:0.1'], 'a range runs upwards'],
  ])('refuses %j in one line', async (choice, message) => {
    const run = await thresher(['score', '--gt', join(sample, 'gt'), '--pred', boxes, ...choice])
    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(run.stderr).toContain(message)
    expect(run.stderr.trimEnd().split('\n')).toHaveLength(1)
  })
})
