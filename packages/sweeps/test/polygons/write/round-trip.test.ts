import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPolygons } from '../../../src/polygons/read-polygons.js'
import type { WritableFormat } from '../../../src/polygons/write/polygon-writer.js'
import { writePolygons } from '../../../src/polygons/write/write-polygons.js'
import { temporaryFolder } from '../../support/temporary-folder.js'
import { anyCoordinate, asRead, type Content, contentOf, dataSets } from './data-sets.js'

const folder = temporaryFolder()
const { path: root } = folder

type Region = Content['images'][number][1][number]

function mapRegions(content: Content, change: (region: Region) => Region): Content {
  return { ...content, images: content.images.map(([name, regions]) => [name, regions.map(change)]) }
}

function without(region: Region, key: 'text' | 'confidence'): Region {
  const { [key]: _, ...rest } = region
  return rest
}

/** Writes and reads back; only what `expected` changes may change. */
async function check(
  content: Content,
  format: WritableFormat,
  name: string,
  expected: Content,
): Promise<void> {
  const out = join(root, 'out')
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out)
  const path = join(out, name)
  await writePolygons(asRead(content), format, path)
  // Of no images there is nothing to recognise.
  if (content.images.length === 0) return
  const read = await readPolygons(path)
  expect(read.format).toBe(format)
  expect(contentOf(read)).toEqual(expected)
}

const runs = { numRuns: 300 }
const timeout = 60_000

describe('what is written is read back', () => {
  const anything = dataSets({ points: [3, 7], coordinate: anyCoordinate, confidences: true })

  it('jsonl: everything', { timeout }, () =>
    fc.assert(
      fc.asyncProperty(anything, fc.constantFrom('a.jsonl', 'a.zip'), (content, name) =>
        check(content, 'jsonl', name, content),
      ),
      runs,
    ),
  )

  it('ufo: everything', { timeout }, () =>
    fc.assert(
      fc.asyncProperty(anything, fc.constantFrom('a.json', 'a.zip'), (content, name) =>
        check(content, 'ufo', name, content),
      ),
      runs,
    ),
  )

  it('mmocr: everything but confidences', { timeout }, () =>
    fc.assert(
      fc.asyncProperty(anything, fc.constantFrom('a.json', 'a.zip'), (content, name) =>
        check(
          content,
          'mmocr',
          name,
          mapRegions(content, (region) => without(region, 'confidence')),
        ),
      ),
      runs,
    ),
  )

  it("paddleocr: everything but sizes, empty texts and don't care texts", { timeout }, () =>
    fc.assert(
      fc.asyncProperty(anything, fc.constantFrom('a.txt', 'a.zip'), (content, name) => {
        const expected = mapRegions({ ...content, sizes: [] }, (region) => {
          if (region.ignore) return { ...region, text: '###' }
          return region.text === '' ? without(region, 'text') : region
        })
        return check(content, 'paddleocr', name, expected)
      }),
      runs,
    ),
  )

  it("icdar: quads in whole pixels, names without folder and extension, don't care without text", {
    timeout,
  }, () => {
    const whole = fc.integer({ min: -1000, max: 100_000 })
    const quads = dataSets({ points: [4, 4], coordinate: whole, confidences: true })
    return fc.assert(
      fc.asyncProperty(quads, fc.constantFrom('a', 'a.zip'), async (content, name) => {
        const bare: Record<string, string> = {
          'val/img_2.jpg': 'img_2',
          '한글 영수증.png': '한글 영수증',
          "it's.JPG": "it's",
        }
        const changed = mapRegions({ ...content, sizes: [] }, (region) => {
          if (region.ignore) return { ...region, text: '###' }
          return region.text === undefined
            ? region
            : { ...region, text: region.text.replaceAll(/\r\n|\r|\n/g, ' ') }
        })
        const images = changed.images.map(
          ([image, regions]) => [bare[image] ?? image, regions] as [string, Region[]],
        )
        // Folders and archives are read in natural order.
        const order = new Intl.Collator('en', { numeric: true })
        const sorted = (items: [string, Region[]][]) => items.toSorted(([a], [b]) => order.compare(a, b))
        const out = join(root, 'out')
        rmSync(out, { recursive: true, force: true })
        mkdirSync(out)
        await writePolygons(asRead(content), 'icdar', join(out, name))
        if (images.length === 0) return
        const read = contentOf(await readPolygons(join(out, name)))
        expect(sorted(read.images)).toEqual(sorted(images))
      }),
      runs,
    )
  })
})
