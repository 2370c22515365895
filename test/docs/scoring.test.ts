import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { PROTOCOLS, type Protocol, type Scoring } from '@thresher/native'
import { type DatasetScore, readPolygons, type ScoredImage, scoreDataset } from '@thresher/sweeps'
import { describe, expect, it } from 'vitest'
import { SHARED, sharedMissing } from '../agreement/shared-data.js'
import { temporaryFolder, thresher } from '../cli/thresher.js'
import { DOCS, Page } from './page.js'

const SCRIPT = fileURLToPath(new URL('../../scripts/scoring-picture.mjs', import.meta.url))
const ICDAR2015 = 'data/gt/icdar2015_test_1_200.zip'
const page = await Page.read('scoring.md')

/** The document that a command of the page prints, in a folder with the page's files. */
async function json(folder: string, args: readonly string[]) {
  const run = await thresher([...args, '--json'], { cwd: folder })
  expect(run).toMatchObject({ code: 0 })
  return JSON.parse(run.stdout)
}

/** Scores boxes, written as lines of ICDAR files: image name to lines. */
async function score(
  objects: Record<string, string>,
  detections: Record<string, string>,
  scoring: Scoring,
): Promise<DatasetScore> {
  const folder = await temporaryFolder()
  const read = async (prefix: string, files: Record<string, string>) => {
    await mkdir(join(folder, prefix))
    for (const [name, lines] of Object.entries(files)) {
      await writeFile(join(folder, prefix, `${prefix}_${name}.txt`), lines)
    }
    return readPolygons(join(folder, prefix))
  }
  return scoreDataset(scoring, await read('gt', objects), await read('res', detections))
}

describe('docs/scoring.md', () => {
  it('has each protocol in a row of each of its tables', () => {
    const rows = page.text.split('\n').filter((line) => line.startsWith('|'))
    for (const protocol of PROTOCOLS) {
      const naming = rows.filter((row) => row.includes(`\`${protocol}\``))
      expect(naming.length, protocol).toBeGreaterThanOrEqual(3)
    }
  })

  it('has every option of score that only some protocols have', async () => {
    const { stdout } = await thresher(['score', '--help'])
    const ours = [
      ...stdout.matchAll(/^ {2}(--[\w-]+).*?\s(?:cleval|cleval-receipt|hmean-iou|with --e2e): /gm),
    ]
    expect(ours.length).toBeGreaterThan(7)
    for (const [, option] of ours) expect(page.text, option).toMatch(new RegExp(`^\\| \`${option}\\b`, 'm'))
  })

  it('runs as it is written', async () => {
    const folder = await temporaryFolder()
    await page.writeFiles(folder)
    expect(page.commands().length).toBeGreaterThan(5)
    for (const args of page.commands()) {
      expect(await thresher(args, { cwd: folder }), args.join(' ')).toMatchObject({ code: 0 })
    }
  })

  it('shows the document that its command prints', async () => {
    const folder = await temporaryFolder()
    await page.writeFiles(folder)
    const [command] = page.commands().filter((args) => args.includes('--json'))
    const run = await thresher(command!, { cwd: folder })
    expect(JSON.parse(page.blocks('json')[0]!)).toEqual(JSON.parse(run.stdout))
  })
})

describe('docs/scoring.svg', () => {
  it('is what scripts/scoring-picture.mjs draws', async () => {
    const drawn = join(await temporaryFolder(), 'scoring.svg')
    await promisify(execFile)(process.execPath, [SCRIPT, drawn])
    const [kept, now] = await Promise.all(
      [join(DOCS, 'scoring.svg'), drawn].map((path) => readFile(path, 'utf8')),
    )
    expect(kept === now, 'docs/scoring.svg is old: run node scripts/scoring-picture.mjs and look at it').toBe(
      true,
    )
  })
})

describe('what docs/scoring.md says', () => {
  const CROSSED = { a: '0,0,100,20,100,0,0,20,abc' }
  const BOX = '0,0,100,0,100,20,0,20'
  const SAMPLE = ['thresholds', '--sample', '--param', 'box_thresh=0.3:0.7:0.1']

  it('that the protocol decides which setting is best', async () => {
    const folder = await temporaryFolder()
    const better = ({ ranked }: { ranked: { verdict: string }[] }) =>
      ranked.filter(({ verdict }) => verdict === 'better').length
    expect(better(await json(folder, [...SAMPLE, '--protocol', 'icdar2015']))).toBe(0)
    const cleval = await json(folder, [...SAMPLE, '--protocol', 'cleval'])
    expect(better(cleval)).toBe(3)
    expect(cleval.ranked[0].params.box_thresh).toBe(0.3)
    expect(cleval.ranked[0].delta).toBeCloseTo(0.08, 2)
  })

  it('of the sweep, that it has the figures of score', async () => {
    const folder = await temporaryFolder()
    const commands = page.commands().slice(-4)
    for (const args of commands.slice(0, 2)) await thresher(args, { cwd: folder })
    const scored = await json(folder, commands[2]!)
    const swept = await json(
      folder,
      commands[3]!.filter((word) => word !== '--plain'),
    )
    const row = swept.ranked.find(
      ({ params }: { params: { box_thresh: number } }) => params.box_thresh === 0.4,
    )
    expect(row).toMatchObject({ precision: scored.precision, recall: scored.recall, hmean: scored.hmean })
  })

  it('of quads whose corners cross over', async () => {
    expect(await score(CROSSED, { a: BOX }, { protocol: 'icdar2015' })).toMatchObject({ hmean: 1 })
    expect(await score(CROSSED, { a: BOX }, { protocol: 'iou' })).toMatchObject({ hmean: 0 })
  })

  it('of a ground truth against itself under cleval', async () => {
    const boxes = '0,0,100,20\n80,0,180,20\n'
    const texts = '0,0,100,20,Groceries\n80,0,180,20,Harvest\n'
    expect((await score({ a: texts }, { a: boxes }, { protocol: 'cleval' })).hmean).toBeLessThan(1)
  })

  it.skipIf(sharedMissing(ICDAR2015))('of ICDAR 2015 against itself under cleval', async () => {
    const truth = await readPolygons(join(SHARED, ICDAR2015))
    const { hmean } = await scoreDataset({ protocol: 'cleval' }, truth, truth)
    expect(page.text).toContain(`against themselves are H ${hmean.toFixed(4)}`)
  })

  it('of the order of corners', async () => {
    const truth = { a: `${BOX},abcde\n` }
    const fromTopLeft = { a: `${BOX}\n0,50,100,50,100,70,0,70\n` }
    const fromBottomLeft = { a: `${BOX}\n0,70,0,50,100,50,100,70\n` }
    const alarms = async (detections: Record<string, string>, protocol: Protocol) =>
      (await score(truth, detections, { protocol })).counts.fp
    expect(await alarms(fromTopLeft, 'cleval-receipt')).toBe(5)
    expect(await alarms(fromBottomLeft, 'cleval-receipt')).toBe(1)
    expect(await alarms(fromTopLeft, 'cleval')).toBe(1)
    expect(await alarms(fromBottomLeft, 'cleval')).toBe(5)
  })

  it('of the mean of H-Means', async () => {
    const objects = { a: '0,0,20,20,a\n100,0,120,20,b\n', b: '0,0,20,20,a\n' }
    const detections = { a: '0,0,20,20\n', b: '0,0,20,20\n100,0,120,20\n' }
    const result = await score(objects, detections, { protocol: 'cleval-receipt' })
    expect(result).toMatchObject({ precision: 0.75, recall: 0.75 })
    expect(result.hmean).toBeCloseTo(2 / 3, 12)
  })

  it('of the 501st detection', async () => {
    const far = Array.from({ length: 500 }, (_, i) => `${1000 + 30 * i},500,${1020 + 30 * i},520\n`).join('')
    const found = { a: `${far}0,0,100,20\n` }
    const truth = { a: '0,0,100,20,abcde\n' }
    expect(await score(truth, found, { protocol: 'cleval-receipt' })).toMatchObject({ recall: 0 })
    expect(await score(truth, found, { protocol: 'cleval' })).toMatchObject({ recall: 1 })
  })

  it('of the score that a 32-bit float does not hold', async () => {
    const found = (threshold: number) =>
      score({ a: `${BOX},abc` }, { a: `${BOX},0.7` }, { protocol: 'hmean-iou', scoreThresholds: [threshold] })
    expect(await found(0.7)).toMatchObject({ recall: 0 })
    expect(await found(0.69999)).toMatchObject({ recall: 1 })
  })

  it('of box_thresh under hmean-iou', async () => {
    const folder = await temporaryFolder()
    const hmeans = async (...options: string[]) => {
      const { ranked } = await json(folder, [...SAMPLE, '--protocol', 'hmean-iou', ...options])
      const rows: { params: { box_thresh: number }; hmean: number }[] = ranked
      return new Map(rows.map(({ params, hmean }) => [params.box_thresh, hmean]))
    }
    const chosen = await hmeans()
    expect(chosen.get(0.3)).toBe(chosen.get(0.5))
    const left = await hmeans('--score-thresholds', '0')
    expect(left.get(0.3)).not.toBe(left.get(0.5))
  })

  it('of NumPy 2, where a square box has two characters', async () => {
    const box = { a: '0,0,20,0,20,20,0,20,abc\n' }
    const characters = async (numpy2: boolean) =>
      (await score(box, box, { protocol: 'cleval-receipt', numpy2 })).counts.num_char_gt
    expect(await characters(false)).toBe(1)
    expect(await characters(true)).toBe(2)
  })

  it('of images and data sets without text', async () => {
    const perImage: Record<string, readonly [number, number, number]> = {}
    for (const protocol of PROTOCOLS) {
      const result = await score({ a: '' }, { a: '' }, { protocol })
      const [{ precision, recall, hmean }] = result.images as [ScoredImage]
      perImage[protocol] = [precision, recall, hmean]
      expect(result.hmean, protocol).toBe(protocol === 'hmean-iou' ? 1 : 0)
    }
    const said = page.text.split('\n').flatMap((row) => {
      const cells = row.split(' | ')
      const [, ...figures] = /(?:P )?([01]),(?: R)? ([01]),(?: H)? ([01]) \|$/.exec(row) ?? []
      if (cells.length !== 5 || figures.length === 0) return []
      return [...cells[0]!.matchAll(/`([\w-]+)`/g)].map(
        ([, protocol]) => [protocol, figures.map(Number)] as const,
      )
    })
    expect(Object.fromEntries(said)).toEqual(perImage)
  })
})
