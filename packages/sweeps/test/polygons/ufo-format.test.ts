import { describe, expect, it } from 'vitest'
import { readPolygons } from '../../src/polygons/read-polygons.js'
import { failure } from '../support/failure.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const folder = temporaryFolder()
const SQUARE = '[[0, 0], [9, 0], [9, 5.5], [0, 5]]'
const POINTS = [0, 0, 9, 0, 9, 5.5, 0, 5]
const words = (text: string) => `{"images": {"a.jpg": {"words": {${text}}}}}`

describe('UFO', () => {
  it('holds words by image, flags, confidences and sizes', async () => {
    const path = folder.write(
      'val.json',
      JSON.stringify({
        images: {
          'drp.en_ko.1.jpg': {
            img_w: 960,
            img_h: 1280,
            words: {
              '0001': {
                points: JSON.parse(SQUARE),
                transcription: '영수증',
                illegibility: false,
                tags: ['x'],
              },
              '0002': {
                points: JSON.parse(SQUARE),
                transcription: null,
                illegibility: true,
                confidence: null,
              },
              '0003': { points: JSON.parse(SQUARE), transcription: '###', confidence: 0.5 },
              '0004': { points: JSON.parse(SQUARE), transcription: '###', illegibility: false },
              '0005': {
                points: [
                  [0, 0],
                  [1, 0],
                  [2, 2],
                  [1, 3],
                  [0, 1],
                ],
              },
            },
          },
          'b.jpg': { words: {} },
        },
      }),
    )
    const { format, images, sizes } = await readPolygons(path)
    const at = (id: string) => `${path}: images["drp.en_ko.1.jpg"].words["${id}"]`
    expect(format).toBe('ufo')
    expect([...sizes!]).toEqual([['drp.en_ko.1.jpg', { width: 960, height: 1280 }]])
    expect(Object.fromEntries(images)).toEqual({
      'drp.en_ko.1.jpg': [
        { points: POINTS, text: '영수증', ignore: false, place: at('0001') },
        { points: POINTS, ignore: true, place: at('0002') },
        { points: POINTS, text: '###', ignore: true, confidence: 0.5, place: at('0003') },
        { points: POINTS, text: '###', ignore: false, place: at('0004') },
        { points: [0, 0, 1, 0, 2, 2, 1, 3, 0, 1], ignore: false, place: at('0005') },
      ],
      'b.jpg': [],
    })
  })

  it('keeps the order of the file, which decides between matches, even where ids are numbers', async () => {
    const word = (text: string) => `{"points": ${SQUARE}, "transcription": "${text}"}`
    const path = folder.write(
      'order.json',
      `{"images": {"10": {"words": {"2": ${word('first')}, "0001": ${word('second')}, "1": ${word('third')}}}, "9": {"words": {}}}}`,
    )
    const { images } = await readPolygons(path)
    expect([...images.keys()]).toEqual(['10', '9'])
    expect(images.get('10')!.map(({ text }) => text)).toEqual(['first', 'second', 'third'])
  })

  it('leaves out words without points, with one notice', async () => {
    const notices: string[] = []
    const path = folder.write(
      'empty.json',
      words(`"1": {"points": []}, "2": {"points": ${SQUARE}}, "3": {"points": []}`),
    )
    const { images } = await readPolygons(path, { onNotice: (line) => notices.push(line) })
    expect(images.get('a.jpg')).toHaveLength(1)
    expect(notices).toEqual([
      `${path}: images["a.jpg"].words["1"]: 2 words without points are left out. Give them points, or remove them.`,
    ])
  })

  const word = ': images["a.jpg"].words["1"]'
  it.each([
    ['{"images": [{"file_name": "a.jpg"}], "annotations": []}', ': images is a list, as in COCO;'],
    ['{"images": null}', ': images is null, not an object.'],
    ['{"images": {"a.jpg": []}}', ': images["a.jpg"] is a list of 0, not an object.'],
    ['{"images": {"a.jpg": {}}}', ': images["a.jpg"].words is absent, not an object.'],
    ['{"images": {"": {"words": {}}}}', ': images[""]: the image\'s name is empty.'],
    [
      '{"images": {"a.jpg": {"img_w": 0, "img_h": 5, "words": {}}}}',
      ': images["a.jpg"].img_w is 0, not a size in pixels.',
    ],
    [words('"1": {"points": [[0, 0], [1, 1]]}'), `${word}.points has 2 points; a region has 3 or more.`],
    [words('"1": {"points": null}'), `${word}.points is null, not a list.`],
    [words(`"1": {"points": ${SQUARE}, "transcription": 5}`), `${word}.transcription is 5, not a text.`],
    [
      words(`"1": {"points": ${SQUARE}, "illegibility": "x"}`),
      `${word}.illegibility is the text "x", not true or false.`,
    ],
    [
      words(`"1": {"points": ${SQUARE}, "confidence": "x"}`),
      `${word}.confidence is the text "x", not a finite number.`,
    ],
  ])('is refused with its place: %s', async (text, message) => {
    const path = folder.write('bad.json', text)
    expect(await failure(() => readPolygons(path))).toContain(`${path}${message}`)
  })
})
