import { existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { imageSizes } from '../../src/maps/image-sizes.js'
import { readIndex } from '../../src/maps/index-file.js'
import { openMaps } from '../../src/maps/map-set.js'
import { readPolygons } from '../../src/polygons/read-polygons.js'
import { ensureSample, writeSample } from '../../src/sample/write-sample.js'
import { failure } from '../support/failure.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const folder = temporaryFolder()
const SMALL = { images: 3 }

function bytesIn(path: string): Record<string, string> {
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(path, name)).isFile(),
  )
  return Object.fromEntries(
    files.toSorted().map((name) => [name, readFileSync(join(path, name)).toString('base64')]),
  )
}

describe('writeSample', { timeout: 30_000 }, () => {
  it('writes maps, ground truth and sizes that belong together', async () => {
    const steps: string[] = []
    const onProgress = (done: number, total: number) => steps.push(`${done}/${total}`)
    const sample = await writeSample(join(folder.path, 'new/sample'), SMALL, { onProgress })
    expect(steps).toEqual(['1/3', '2/3', '3/3'])
    const set = await openMaps([sample.maps], { onNotice: (line) => expect.fail(line) })
    const { images } = await readPolygons(sample.groundTruth, { onNotice: (line) => expect.fail(line) })
    const sizes = imageSizes(set.entries, await readIndex(sample.index))
    expect([...images.keys()]).toEqual(['receipt_01', 'receipt_02', 'receipt_03'])
    for await (const { entry, map } of set.read()) {
      expect(sizes.get(entry.image)).toEqual({ width: 480, height: 640 })
      expect([map.width, map.height]).toEqual([480, 640])
      const found = images.get(entry.image)!
      expect(found.length).toBeGreaterThan(30)
      expect(found.some(({ ignore }) => ignore)).toBe(true)
      for (const { points, text } of found) {
        expect(text).not.toBe('')
        expect(points.every((value) => Number.isInteger(value) && value >= 0)).toBe(true)
        expect(clockwise(points)).toBe(true)
      }
      // A detector answers to most words, and to little else.
      const answered = found.filter(({ points }) => peak(map, points) > 0.5).length
      expect(answered / found.length).toBeGreaterThan(0.7)
      expect(map.data.filter((value) => value > 0.5).length / map.data.length).toBeLessThan(0.2)
    }
  })

  it('gives the same bytes for the same seed, others for another, and the same receipts in a longer sample', async () => {
    const write = async (name: string, options: { images: number; seed?: number }) =>
      bytesIn((await writeSample(join(folder.path, name), options)).folder)
    const first = await write('a', SMALL)
    expect(await write('b', SMALL)).toEqual(first)
    const other = await write('c', { ...SMALL, seed: 2 })
    const longer = await write('d', { images: 4 })
    for (const name of Object.keys(first).filter((path) => path.includes('/'))) {
      expect(other[name], name).not.toBe(first[name])
      expect(longer[name], name).toBe(first[name])
    }
    expect(new Set(Object.values(first)).size).toBe(Object.keys(first).length)
  })

  it('leaves nothing behind when stopped', async () => {
    const stop = new AbortController()
    const run = { signal: stop.signal, onProgress: () => stop.abort() }
    await expect(writeSample(join(folder.path, 'stopped/sample'), SMALL, run)).rejects.toThrow('aborted')
    expect(readdirSync(join(folder.path, 'stopped'))).toEqual([])
  })

  it('lets two runs at once end with one sample', async () => {
    const target = join(folder.path, 'race/sample')
    await Promise.all([ensureSample(target, SMALL), ensureSample(target, SMALL)])
    expect(readdirSync(join(folder.path, 'race'))).toEqual(['sample'])
    expect(Object.keys(bytesIn(target))).toHaveLength(9)
  })

  it.each([
    [{ images: 0 }, 'A sample of 0 images: give a whole number from 1 to 999.'],
    [{ images: 1.5 }, 'A sample of 1.5 images: give a whole number from 1 to 999.'],
    [{ seed: -1 }, 'Sample seed -1: give a whole number from 0 to 4294967295.'],
  ])('refuses %j', async (options, message) => {
    expect(await failure(() => writeSample(join(folder.path, 'refused'), options))).toBe(message)
    expect(existsSync(join(folder.path, 'refused'))).toBe(false)
  })
})

describe('ensureSample', { timeout: 30_000 }, () => {
  const target = join(folder.path, 'ensured')

  it('makes the sample once', async () => {
    const sample = await ensureSample(target, SMALL)
    expect(sample).toEqual({
      folder: target,
      maps: join(target, 'maps'),
      groundTruth: join(target, 'gt'),
      index: join(target, 'index.json'),
      images: 3,
    })
    const written = statSync(join(target, 'maps/receipt_01.npy')).mtimeMs
    expect(await ensureSample(target, SMALL)).toEqual(sample)
    expect(statSync(join(target, 'maps/receipt_01.npy')).mtimeMs).toBe(written)
  })

  it.each<[string, () => void]>([
    ['a file is gone', () => rmSync(join(target, 'gt/gt_receipt_02.txt'))],
    ['a file is cut short', () => truncateSync(join(target, 'maps/receipt_03.npy'), 100)],
    [
      'it is of another version',
      () => changeManifest((text) => text.replace(/"version": \d+/, '"version": -1')),
    ],
    ['it is of another seed', () => changeManifest((text) => text.replace(/"seed": \d+/, '"seed": 99'))],
  ])('makes it anew where %s, and keeps what others put there', async (_, damage) => {
    await ensureSample(target, SMALL)
    const good = bytesIn(target)
    damage()
    writeFileSync(join(target, 'mine.txt'), 'mine')
    await ensureSample(target, SMALL)
    expect(bytesIn(target)).toEqual({ ...good, 'mine.txt': Buffer.from('mine').toString('base64') })
    rmSync(join(target, 'mine.txt'))
  })

  it('takes receipts away that a smaller sample lacks', async () => {
    await ensureSample(target, { images: 2 })
    expect(readdirSync(join(target, 'maps'))).toEqual(['receipt_01.npy', 'receipt_02.npy'])
    expect(readdirSync(join(target, 'gt'))).toHaveLength(2)
  })

  it('uses an empty folder, and leaves one that holds other things alone', async () => {
    folder.write('foreign/notes.txt', 'mine')
    const foreign = join(folder.path, 'foreign')
    expect(await failure(() => ensureSample(foreign, SMALL))).toBe(
      `${foreign}: holds something other than the sample. Give a new folder, or empty this one.`,
    )
    expect(readdirSync(foreign)).toEqual(['notes.txt'])
    rmSync(join(foreign, 'notes.txt'))
    await ensureSample(foreign, SMALL)
    expect(readdirSync(foreign)).toContain('sample.json')
  })

  it.each([
    ['damaged', '{"generator": "thresher sample"'],
    ['of something else', '{"generator": "other", "version": 1, "seed": 1, "images": 1, "files": []}'],
    [
      'that points outside',
      '{"generator": "thresher sample", "version": 0, "seed": 1, "images": 1, "files": [{"path": "../victim.txt", "bytes": 1}]}',
    ],
  ])('does not believe a manifest %s', async (_, text) => {
    folder.write('victim.txt', 'mine')
    const manifest = folder.write('fake/sample.json', text)
    expect(await failure(() => ensureSample(join(folder.path, 'fake'), SMALL))).toContain(
      'holds something other',
    )
    expect(readFileSync(manifest, 'utf8')).toBe(text)
    expect(existsSync(join(folder.path, 'victim.txt'))).toBe(true)
  })

  it('says where it cannot write', async () => {
    const file = folder.write('file.txt', 'x')
    expect(await failure(() => ensureSample(file))).toContain(
      'file.txt: not a folder that can be written (ENOTDIR).',
    )
    expect(await failure(() => ensureSample(join(file, 'sample')))).toContain('(ENOTDIR)')
  })

  function changeManifest(change: (text: string) => string): void {
    const path = join(target, 'sample.json')
    const text = readFileSync(path, 'utf8')
    expect(change(text)).not.toBe(text)
    writeFileSync(path, change(text))
  }
})

/** The sum of the ICDAR 2015 script is not positive for corners that run clockwise, y down. */
function clockwise(points: readonly number[]): boolean {
  let sum = 0
  for (let i = 0; i < points.length; i += 2) {
    const next = (i + 2) % points.length
    sum += (points[next]! - points[i]!) * (points[next + 1]! + points[i + 1]!)
  }
  return sum <= 0
}

/** The highest value of a map in the bounding box of a polygon. */
function peak(map: { data: Float32Array; width: number }, points: readonly number[]): number {
  const [xs, ys] = [0, 1].map((axis) => points.filter((_, i) => i % 2 === axis)) as [number[], number[]]
  let highest = 0
  for (let y = Math.min(...ys); y <= Math.max(...ys); y++) {
    for (let x = Math.min(...xs); x <= Math.max(...xs); x++)
      highest = Math.max(highest, map.data[y * map.width + x]!)
  }
  return highest
}
