import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPolygons } from '../../../src/polygons/read-polygons.js'
import type { WritableFormat } from '../../../src/polygons/write/polygon-writer.js'
import { writePolygons } from '../../../src/polygons/write/write-polygons.js'
import { failure } from '../../support/failure.js'
import { temporaryFolder } from '../../support/temporary-folder.js'
import { asRead, type Content } from './data-sets.js'

const folder = temporaryFolder()
const at = (...names: string[]) => join(folder.path, ...names)
const QUAD = [1, 2, 30, 2, 30, 9, 1, 9]

const content: Content = {
  images: [
    [
      'val/img_1.jpg',
      [
        { points: QUAD, text: '합계', ignore: false },
        { points: QUAD, text: '12,000', ignore: false },
        { points: QUAD, text: 'blurred', ignore: true },
        { points: QUAD, ignore: false },
      ],
    ],
    ['img_2', []],
  ],
  sizes: [['val/img_1.jpg', { width: 640, height: 480 }]],
}

const text = (path: string) => readFileSync(path, 'utf8')

describe('each format', () => {
  it('icdar', async () => {
    const path = at('icdar')
    const written = await writePolygons(asRead(content), 'icdar', path)
    expect(text(join(path, 'gt_img_1.txt'))).toBe(
      '1,2,30,2,30,9,1,9,합계\n1,2,30,2,30,9,1,9,"12,000"\n1,2,30,2,30,9,1,9,###\n1,2,30,2,30,9,1,9\n',
    )
    expect(text(join(path, 'gt_img_2.txt'))).toBe('')
    expect(readdirSync(path)).toHaveLength(2)
    expect(written).toEqual({
      path,
      format: 'icdar',
      files: 2,
      images: 2,
      regions: 4,
      losses: [
        'folders and picture extensions of image names were left out (image "val/img_1.jpg").',
        'ICDAR files have no image sizes: left out (image "val/img_1.jpg").',
        'regions have no text, which the scripts of ICDAR and CLEval ask for in ground truth (source: val/img_1.jpg[3]).',
        "texts of don't care regions became ### (source: val/img_1.jpg[2]).",
      ],
    })
  })

  it('icdar with confidences, rounded to whole pixels as NumPy rounds', async () => {
    const points = [0.5, 1.5, 2.5, -0.5, -1.5, 7.49, 7.51, 1e-9]
    const path = at('res.zip')
    const data = asRead({
      images: [['a', [{ points, text: 'x', ignore: false, confidence: 1.5e-7 }]]],
      sizes: [],
    })
    const { losses } = await writePolygons(data, 'icdar', path)
    expect(losses).toEqual(['coordinates were rounded to whole pixels (source: a[0]).'])
    const { images } = await readPolygons(path)
    expect(images.get('a')).toEqual([
      {
        points: [0, 2, 2, 0, -2, 7, 8, 0],
        text: 'x',
        ignore: false,
        confidence: 1.5e-7,
        place: `${path}/res_a.txt:1`,
      },
    ])
  })

  it('paddleocr', async () => {
    const { losses } = await writePolygons(asRead(content), 'paddleocr', at('label.txt'))
    const points = '"points":[[1,2],[30,2],[30,9],[1,9]]'
    expect(text(at('label.txt'))).toBe(
      `val/img_1.jpg\t[{"transcription":"합계",${points}},{"transcription":"12,000",${points}},{"transcription":"###",${points}},{"transcription":"",${points}}]\nimg_2\t[]\n`,
    )
    expect(losses).toHaveLength(2)
  })

  it('mmocr', async () => {
    const { losses } = await writePolygons(asRead(content), 'mmocr', at('mmocr.json'))
    const written = JSON.parse(text(at('mmocr.json')))
    expect(written.metainfo.dataset_type).toBe('TextDetDataset')
    expect(written.data_list[0]).toMatchObject({ img_path: 'val/img_1.jpg', height: 480, width: 640 })
    expect(written.data_list[0].instances[2]).toEqual({
      bbox: [1, 2, 30, 9],
      bbox_label: 0,
      polygon: QUAD,
      text: 'blurred',
      ignore: true,
    })
    expect(written.data_list[1]).toEqual({ img_path: 'img_2', instances: [] })
    expect(losses).toEqual(['height and width of images are not known: left out (image "img_2").'])
  })

  it('ufo', async () => {
    const { losses } = await writePolygons(asRead(content), 'ufo', at('ufo.json'))
    const { images } = JSON.parse(text(at('ufo.json')))
    expect(images['val/img_1.jpg']).toMatchObject({ img_w: 640, img_h: 480 })
    expect(images['val/img_1.jpg'].words['0004']).toEqual({
      transcription: null,
      points: [
        [1, 2],
        [30, 2],
        [30, 9],
        [1, 9],
      ],
      illegibility: false,
    })
    expect(images.img_2).toEqual({ words: {} })
    expect(losses).toEqual([])
  })

  it('jsonl', async () => {
    await writePolygons(asRead(content), 'jsonl', at('a.jsonl'))
    const box = '[[1,2],[30,2],[30,9],[1,9]]'
    expect(text(at('a.jsonl'))).toBe(
      `{"image":"val/img_1.jpg","width":640,"height":480,"boxes":[${box},${box},${box},${box}],"texts":["합계","12,000","blurred",null],"ignore":[false,false,true,false]}\n{"image":"img_2","boxes":[]}\n`,
    )
  })
})

describe('what a format cannot hold', () => {
  const one = (region: Content['images'][number][1][number], image = 'a') =>
    asRead({ images: [[image, [region]]], sizes: [] })

  it.each<[string, WritableFormat, Parameters<typeof one>, string]>([
    [
      'a polygon',
      'icdar',
      [{ points: [0, 0, 1, 0, 1, 1], ignore: false }],
      'source: a[0]: has 3 points; an ICDAR line has 4.',
    ],
    [
      'a ### that counts',
      'icdar',
      [{ points: QUAD, text: '###', ignore: false }],
      'source: a[0]: counts, though its text is "###"',
    ],
    [
      'a * that counts',
      'paddleocr',
      [{ points: QUAD, text: '*', ignore: false }],
      "means don't care in PaddleOCR.",
    ],
    [
      'a tab in a name',
      'paddleocr',
      [{ points: QUAD, ignore: false }, 'a\tb'],
      'image "a\\tb" cannot be named',
    ],
    [
      'a control character in a name',
      'icdar',
      [{ points: QUAD, ignore: false }, 'a\u0000'],
      'image "a\\u0000" cannot name a file.',
    ],
  ])('%s is refused in %s, and nothing is written', async (_, format, args, message) => {
    const path = at(`refused.${format === 'icdar' ? 'zip' : 'txt'}`)
    expect(await failure(() => writePolygons(one(...args), format, path))).toContain(message)
    expect(readdirSync(folder.path).filter((name) => name.includes('refused'))).toEqual([])
  })

  it('two images of one name', async () => {
    const data = asRead({
      images: [
        ['a/1.jpg', []],
        ['b/1.png', []],
      ],
      sizes: [],
    })
    expect(await failure(() => writePolygons(data, 'icdar', at('collide')))).toContain(
      'images "a/1.jpg" and "b/1.png" would both be "1".',
    )
    expect(existsSync(at('collide'))).toBe(false)
  })

  it('confidences of some regions only', async () => {
    const data = asRead({
      images: [
        [
          'a',
          [
            { points: QUAD, ignore: false, confidence: 0.5 },
            { points: QUAD, ignore: false },
          ],
        ],
      ],
      sizes: [],
    })
    for (const format of ['icdar', 'jsonl'] as const) {
      const { losses, path } = await writePolygons(data, format, at(`partial-${format}.zip`))
      expect(losses[0]).toContain('left out (source: a[0]).')
      const { images } = await readPolygons(path)
      expect(images.get('a')!.map(({ confidence }) => confidence)).toEqual([undefined, undefined])
    }
  })

  it('the prefix that the user asks for', async () => {
    await writePolygons(asRead(content), 'icdar', at('prefix'), { prefix: 'res' })
    expect(readdirSync(at('prefix')).sort()).toEqual(['res_img_1.txt', 'res_img_2.txt'])
    const scored = one({ points: QUAD, ignore: false, confidence: 0.5 })
    expect(await failure(() => writePolygons(scored, 'icdar', at('no'), { prefix: 'gt' }))).toContain(
      'Leave out --prefix gt',
    )
  })
})

describe('the place', () => {
  const data = asRead(content)

  it('is never overwritten without force', async () => {
    const file = folder.write('there.json', 'mine')
    const zip = folder.write('there.zip', 'mine')
    folder.write('there/gt_img_9.txt', 'mine')
    for (const [format, path] of [
      ['ufo', file],
      ['icdar', zip],
      ['icdar', at('there')],
    ] as const) {
      expect(await failure(() => writePolygons(data, format, path))).toBe(
        `${path}: is there already. Name another, or give --force to replace it.`,
      )
    }
    expect([text(file), text(zip), readdirSync(at('there'))]).toEqual(['mine', 'mine', ['gt_img_9.txt']])
    for (const [format, path] of [
      ['ufo', file],
      ['icdar', zip],
      ['icdar', at('there')],
    ] as const) {
      await writePolygons(data, format, path, { force: true })
      expect((await readPolygons(path)).images.size).toBe(2)
    }
    expect(readdirSync(at('there')).sort()).toEqual(['gt_img_1.txt', 'gt_img_2.txt'])
    expect(readdirSync(folder.path).filter((name) => name.startsWith('.'))).toEqual([])
  })

  it('keeps what a conversion did not write, even with force', async () => {
    folder.write('notes/notes.md', 'mine')
    expect(await failure(() => writePolygons(data, 'icdar', at('notes'), { force: true }))).toBe(
      `${at('notes')}: also holds notes.md, which --force would delete. Name another folder.`,
    )
    expect(readdirSync(at('notes'))).toEqual(['notes.md'])
  })

  it('is replaced where a symbolic link points', async () => {
    folder.write('real.json', 'old')
    symlinkSync(at('real.json'), at('link.json'))
    await writePolygons(data, 'ufo', at('link.json'), { force: true })
    expect(text(at('real.json'))).toContain('"images"')
  })

  it('is of the kind that the format has', async () => {
    mkdirSync(at('kind'))
    expect(await failure(() => writePolygons(data, 'ufo', at('kind')))).toBe(
      `${at('kind')}: is a folder. Name a file, such as ${at('kind', 'ufo.json')}.`,
    )
    expect(await failure(() => writePolygons(data, 'icdar', at('both.txt')))).toBe(
      `${at('both.txt')}: this format has one file an image. Name a folder, or a .zip.`,
    )
    const file = folder.write('plain', 'x')
    expect(await failure(() => writePolygons(data, 'icdar', file, { force: true }))).toBe(
      `${file}: is a file. Name a new folder, or a .zip.`,
    )
    const single = asRead({ ...content, images: content.images.slice(0, 1) })
    await writePolygons(single, 'icdar', at('gt_img_1.txt'))
    expect((await readPolygons(at('gt_img_1.txt'))).images.get('img_1')).toHaveLength(4)
  })

  it('must be writable', async () => {
    expect(await failure(() => writePolygons(data, 'ufo', at('no', 'a.json')))).toBe(
      `${at('no', 'a.json')}: its folder does not exist. Make ${at('no')} first.`,
    )
    expect(await failure(() => writePolygons(data, 'icdar', at('no', 'a')))).toContain(
      'its folder does not exist.',
    )
    const file = folder.write('file', 'x')
    expect(await failure(() => writePolygons(data, 'ufo', join(file, 'a.json')))).toContain('file')
  })

  it.skipIf(process.getuid?.() === 0)(
    'must be allowed (skipped for root, who may write everywhere)',
    async () => {
      mkdirSync(at('locked'))
      chmodSync(at('locked'), 0o500)
      expect(await failure(() => writePolygons(data, 'ufo', at('locked', 'a.json')))).toContain(
        'may not be written.',
      )
    },
  )

  it('is left alone by a run that was stopped', async () => {
    const stop = AbortSignal.abort(new Error('stopped'))
    for (const name of ['stopped', 'stopped.zip']) {
      await expect(writePolygons(data, 'icdar', at(name), { signal: stop })).rejects.toThrow()
      expect(readdirSync(folder.path).filter((found) => found.includes('stopped'))).toEqual([])
    }
  })
})

it('gives the same bytes for the same data', async () => {
  for (const format of ['icdar', 'paddleocr', 'mmocr', 'ufo', 'jsonl'] as const) {
    await writePolygons(asRead(content), format, at(`first-${format}.zip`))
    await new Promise((resolve) => setTimeout(resolve, 10))
    await writePolygons(asRead(content), format, at(`second-${format}.zip`))
    expect(readFileSync(at(`first-${format}.zip`)).equals(readFileSync(at(`second-${format}.zip`)))).toBe(
      true,
    )
  }
})
