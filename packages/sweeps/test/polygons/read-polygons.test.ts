import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findImage } from '../../src/files/image-name.js'
import { readPolygons } from '../../src/polygons/read-polygons.js'
import { failure } from '../support/failure.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { zipBytes } from '../support/zip-bytes.js'

const folder = temporaryFolder()
const LINE = '0,0,9,0,9,5,0,5,word\n'
const JSON_LINE = '{"image": "a", "boxes": [[[0,0],[9,0],[9,5]]]}\n'

describe('readPolygons', () => {
  it('reads folders, archives and single files alike', async () => {
    const files = {
      'gt_img_10.txt': LINE,
      'gt_img_2.txt': '',
      'sub/res_img_3.txt': `${LINE}${LINE}`,
      'notes.md': '# no',
    }
    for (const [name, text] of Object.entries(files)) folder.write(`folder/${name}`, text)
    const zip = await zipBytes({ ...files, '__MACOSX/._gt_img_2.txt': '\0\0', '.DS_Store': 'x' })
    for (const path of [join(folder.path, 'folder'), folder.write('gt.zip', zip)]) {
      const read = await readPolygons(path)
      expect(read.format).toBe('icdar')
      expect(Object.fromEntries([...read.images].map(([name, found]) => [name, found.length]))).toEqual({
        img_2: 0,
        img_10: 1,
        img_3: 2,
      })
      expect([...read.images.keys()]).toEqual(['img_2', 'img_10', 'img_3'])
      expect(read.images.get('img_10')![0]!.place).toBe(`${path}/gt_img_10.txt:1`)
    }
    expect([...(await readPolygons(folder.write('img_7.labels', LINE))).images.keys()]).toEqual(['img_7'])
    expect((await readPolygons(folder.write('anything', JSON_LINE))).format).toBe('jsonl')
  })

  it('joins JSON Lines files of a folder', async () => {
    folder.write('lines/1.jsonl', JSON_LINE)
    folder.write('lines/2.jsonl', JSON_LINE.replace('"a"', '"b"'))
    expect([...(await readPolygons(join(folder.path, 'lines'))).images.keys()]).toEqual(['a', 'b'])
  })

  it('takes an empty file as an image without regions, or as no images', async () => {
    const icdar = await readPolygons(folder.write('gt_img_1.txt', '\n \r\n'))
    expect([icdar.format, [...icdar.images]]).toEqual(['icdar', [['img_1', []]]])
    const jsonl = await readPolygons(folder.write('none.jsonl', ''))
    expect([jsonl.format, [...jsonl.images]]).toEqual(['jsonl', []])
  })

  it('replaces what is no UTF-8, and says so once', async () => {
    const notices: string[] = []
    const latin = Buffer.from('0,0,9,0,9,5,0,5,Caf\xe9\n', 'latin1')
    for (const name of ['gt_1.txt', 'gt_2.txt', 'gt_3.txt'])
      folder.write(`latin/${name}`, name === 'gt_1.txt' ? LINE : latin)
    const path = join(folder.path, 'latin')
    const { images } = await readPolygons(path, { onNotice: (line) => notices.push(line) })
    expect(images.get('2')![0]!.text).toBe('Caf\uFFFD')
    expect(notices).toEqual([
      `${path}/gt_2.txt and 1 more: not UTF-8; unknown bytes in texts are shown as \uFFFD. Save as UTF-8.`,
    ])
  })

  it('refuses what it cannot tell', async () => {
    const lost = folder.write('mixed/gt_1.txt', LINE)
    folder.write('mixed/all.jsonl', JSON_LINE)
    const picture = folder.write('picture.png', '\x89PNG\r\n\x1a\n')
    const utf16 = folder.write('wide.txt', Buffer.from(`\uFEFF${LINE}`, 'utf16le'))
    expect(await failure(() => readPolygons('no/gt'))).toBe('no/gt: no such file or folder. Check the path.')
    expect(await failure(() => readPolygons(join(folder.path, 'mixed')))).toBe(
      `${folder.path}/mixed/all.jsonl is jsonl, ${lost} is icdar: one set has one format. Keep them in folders of their own.`,
    )
    expect(await failure(() => readPolygons(picture))).toBe(
      `${picture}:1: matches no known format (icdar, jsonl, paddleocr, mmocr, mmocr-predictions, ufo). Write ICDAR lines x1,y1,x2,y2,x3,y3,x4,y4,text or JSON Lines {"image": "img_1", "boxes": [[[x, y], ...], ...]}.`,
    )
    expect(await failure(() => readPolygons(utf16))).toBe(`${utf16}: is UTF-16. Save it as UTF-8.`)
    const blank = folder.write('blank.txt', '\n\n[1, 2]')
    expect(await failure(() => readPolygons(blank))).toContain('blank.txt:3: matches no known format (icdar')
    folder.write('pictures/a.png', 'x')
    expect(await failure(() => readPolygons(join(folder.path, 'pictures')))).toContain(
      'no .txt or .json or .jsonl file in it.',
    )
    const zip = folder.write('pictures.zip', await zipBytes({ 'a.png': 'x' }))
    expect(await failure(() => readPolygons(zip))).toContain(
      'pictures.zip: no .txt or .json or .jsonl file in it.',
    )
    expect(await failure(() => readPolygons(folder.write('no.zip', LINE)))).toContain(
      'no.zip: not a readable zip archive',
    )
  })

  it('refuses two files about one image', async () => {
    const truth = folder.write('both/gt_img_1.txt', LINE)
    const result = folder.write('both/res_img_1.txt', LINE)
    expect(await failure(() => readPolygons(join(folder.path, 'both')))).toBe(
      `${truth} and ${result} both describe image "img_1". Keep one, or give ground truth and detections apart.`,
    )
  })

  it('names both formats where two fit', async () => {
    const lines = folder.write('1,2,3,4.txt', '1,2,3,4.jpg\t[]\n')
    expect((await readPolygons(lines)).format).toBe('paddleocr')
    const numbers = folder.write('either.txt', '0,0,9,0,9,5,0,5,x\t[{"points": []}]\n')
    expect(await failure(() => readPolygons(numbers))).toBe(
      `${numbers}:1: could be icdar (ICDAR lines x1,y1,x2,y2,x3,y3,x4,y4,text) or paddleocr (PaddleOCR lines img_1.jpg<TAB>[{"transcription", "points"}, ...]). Make it one of them.`,
    )
    const json = folder.write('either.json', '{"images": {}, "data_list": []}')
    expect(await failure(() => readPolygons(json))).toContain(
      'could be mmocr (MMOCR {"metainfo", "data_list": [...]}) or ufo (UFO {',
    )
  })

  it('leaves out other JSON beside the files of a set, with a notice, but nothing that is damaged', async () => {
    const notices: string[] = []
    folder.write('beside/gt_img_1.txt', LINE)
    const index = folder.write('beside/index.json', '[{"image": "img_1", "width": 5, "height": 5}]')
    folder.write('beside/meta.json', '{"created": 2024}')
    const path = join(folder.path, 'beside')
    const { format, images } = await readPolygons(path, { onNotice: (line) => notices.push(line) })
    expect([format, [...images.keys()]]).toEqual(['icdar', ['img_1']])
    expect(notices).toEqual([`${index} and 1 more: no ground truth and no detections; left out.`])
    folder.write('beside/meta.json', '{"det_pol')
    expect(await failure(() => readPolygons(path))).toContain(`${path}/meta.json:1: matches no known format`)
    expect(await failure(() => readPolygons(index))).toContain(`${index}:1: matches no known format`)
    expect(await failure(() => readPolygons(folder.write('nothing.json', ' \n')))).toBe(
      `${folder.path}/nothing.json: is empty. Save or export it again.`,
    )
  })

  it("reads CLEval's archives whatever their members are called", async () => {
    const ltrb = '1,2,30,9,첫째\n1,12,30,19,둘, 셋\n'
    const zip = await zipBytes({ 'res_a.jpg.txt': ltrb, 'b.json': ltrb, 'gt_c.txt': '' })
    const { format, images } = await readPolygons(folder.write('cleval.zip', zip))
    expect(format).toBe('icdar')
    for (const name of ['a', 'b']) {
      const found = findImage(images, name)!
      expect(found.map(({ text }) => text)).toEqual(['첫째', '둘, 셋'])
      expect(found[0]!.points).toEqual([1, 2, 30, 2, 30, 9, 1, 9])
    }
    expect(findImage(images, 'c.jpg')).toEqual([])
  })

  const shared = new URL('../../../../../shared/data/', import.meta.url).pathname
  it.skipIf(!existsSync(shared))(
    'reads the public sets that are kept beside the checkout (skipped where absent)',
    async () => {
      const counts = async (name: string) => {
        const { images } = await readPolygons(join(shared, name))
        const all = [...images.values()].flat()
        expect(all.every(({ points }) => points.length === 8)).toBe(true)
        expect(all.every(({ confidence, text }) => confidence === undefined && text !== undefined)).toBe(true)
        return [images.size, all.length, all.filter(({ ignore }) => ignore).length]
      }
      // Lines, and lines that end in ,### , as unzip, wc and grep count them.
      expect(await counts('gt/icdar2015_test_1_200.zip')).toEqual([200, 2279, 1417])
      expect(await counts('gt/kr_documents_30.zip')).toEqual([30, 2600, 48])
      expect(await counts('gt/receipts')).toEqual([1, 60, 0])
      expect(await counts('scoring/gt_eval_doc_v1_kr_single.zip')).toEqual([1, 184, 0])
      expect(await counts('scoring/res_eval_doc_v1_kr_single.zip')).toEqual([1, 168, 0])
    },
  )
})
