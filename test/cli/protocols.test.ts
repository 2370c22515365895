import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PROTOCOLS, type Scoring } from '@thresher/native'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

  it('scores what was read beside what was found', async () => {
    const gt = join(sample, 'gt')
    const run = await thresher(['score', '--gt', gt, '--pred', gt, '--protocol', 'cleval', '--e2e', '--json'])
    const { e2e, counts, images } = JSON.parse(run.stdout)
    expect(images).toBeUndefined()
    expect(e2e.counts.num_char_gt).toBe(counts.num_char_gt)
    expect(e2e.hmean).toBeGreaterThan(0.99)
  })

  it.each([
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
