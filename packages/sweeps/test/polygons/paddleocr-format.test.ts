import { describe, expect, it } from 'vitest'
import { readPolygons } from '../../src/polygons/read-polygons.js'
import { failure } from '../support/failure.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const folder = temporaryFolder()
const SQUARE = '[[0, 0], [9, 0], [9, 5.5], [0, 5]]'
const POINTS = [0, 0, 9, 0, 9, 5.5, 0, 5]

describe('PaddleOCR label files', () => {
  it('hold regions by image; ### and * are don’t care, an empty transcription is none', async () => {
    const path = folder.write(
      'Label.txt',
      [
        `train/img_1.jpg\t[{"transcription": "합계 12,000", "points": ${SQUARE}, "difficult": false}, {"transcription": "\\uac00", "points": [[0,0],[1,0],[2,1],[1,2],[0,1]]}]\r`,
        '',
        `img 2.jpg\t[{"transcription": "###", "points": ${SQUARE}}, {"points": ${SQUARE}, "transcription": "*"}, {"transcription": " ###", "points": ${SQUARE}}, {"transcription": "", "points": ${SQUARE}, "key_cls": "x"}]`,
        'img_3.jpg\t[]',
      ].join('\n'),
    )
    const { format, images, sizes } = await readPolygons(path)
    const at = (line: number, region: number) => `${path}:${line}: [${region}]`
    expect(format).toBe('paddleocr')
    expect(sizes).toBeUndefined()
    expect(Object.fromEntries(images)).toEqual({
      'train/img_1.jpg': [
        { points: POINTS, text: '합계 12,000', ignore: false, place: at(1, 0) },
        { points: [0, 0, 1, 0, 2, 1, 1, 2, 0, 1], text: '가', ignore: false, place: at(1, 1) },
      ],
      'img 2.jpg': [
        { points: POINTS, text: '###', ignore: true, place: at(3, 0) },
        { points: POINTS, text: '*', ignore: true, place: at(3, 1) },
        { points: POINTS, text: ' ###', ignore: false, place: at(3, 2) },
        { points: POINTS, ignore: false, place: at(3, 3) },
      ],
      'img_3.jpg': [],
    })
  })

  it('may be predictions: with scores, or points alone', async () => {
    const path = folder.write(
      'predicts_db.txt',
      [
        `a.jpg\t[{"points": ${SQUARE}, "score": 0.5}, {"transcription": "", "points": ${SQUARE}, "scores": NaN}]`,
        `b.jpg\t[${SQUARE}]`,
      ].join('\n'),
    )
    const { images } = await readPolygons(path)
    expect(images.get('a.jpg')!.map(({ confidence }) => confidence)).toEqual([0.5, undefined])
    expect(images.get('b.jpg')).toEqual([{ points: POINTS, ignore: false, place: `${path}:2: [0]` }])
  })

  it('count what is marked difficult, as PaddleOCR does, with one notice', async () => {
    const notices: string[] = []
    const region = (difficult: string, text = 'x') =>
      `{"transcription": "${text}", "points": ${SQUARE}, "difficult": ${difficult}}`
    const line = [region('false'), region('true'), region('"True"'), region('"false"'), region('true', '###')]
    const path = folder.write('difficult.txt', `a.jpg\t[${line.join(', ')}]`)
    const { images } = await readPolygons(path, { onNotice: (notice) => notices.push(notice) })
    expect(images.get('a.jpg')!.map(({ ignore }) => ignore)).toEqual([false, false, false, false, true])
    expect(notices).toEqual([
      `${path}:1: [1]: 2 regions are marked difficult, which counts here as in PaddleOCR. Write ### as transcription of what is not to count.`,
    ])
  })

  it.each([
    ['b.jpg [{}]', ':2: has no tab. Write img_1.jpg, a tab, and [{'],
    ['\t[]', ':2: has no name before its tab.'],
    ['["a.jpg", "b.jpg"]\t[]', ':2: names a list of images; one line is about one.'],
    ['b.jpg\t[{"points": ', ':2: not JSON (it ends too early at column 19).'],
    ['b.jpg\t{"MODEL": []}', ':2: what follows the tab is an object, not a list.'],
    ['b.jpg\t[5]', ':2: [0] is 5, not an object.'],
    ['b.jpg\t[{"transcription": "x"}]', ':2: [0].points is absent, not a list. Write [[x, y],'],
    ['b.jpg\t[{"points": [[0,0],[1,1]]}]', ':2: [0].points has 2 points; a region has 3 or more.'],
    ['b.jpg\t[{"points": [0,0,1,1,2,2]}]', ':2: [0].points[0] is 0, not a point [x, y].'],
    ['b.jpg\t[{"points": [[0,0],[1,1],[2]]}]', ':2: [0].points[2] is a list of 1, not a point'],
    ['b.jpg\t[{"points": [[0,0],[1,1],[2,"2"]]}]', ':2: [0].points[2][1] is the text "2", not a number.'],
    ['b.jpg\t[{"points": [[0,0],[1,1],[2,NaN]]}]', ':2: [0].points[2][1] is null, not a number.'],
    ['b.jpg\t[{"points": [[0,0],[1,1],[2,3e9]]}]', ':2: [0].points[2][1] is beyond 2147483647.'],
    [`b.jpg\t[{"transcription": 7, "points": ${SQUARE}}]`, ':2: [0].transcription is 7, not a text.'],
    [`b.jpg\t[{"score": 1, "scores": 2, "points": ${SQUARE}}]`, ':2: [0] has score 1 and scores 2.'],
    [`a.jpg\t[]`, ':2 both describe image "a.jpg". Keep one of them.'],
  ])('are refused with line and place: %s', async (line, message) => {
    const path = folder.write('bad.txt', `a.jpg\t[]\n${line}`)
    expect(await failure(() => readPolygons(path))).toContain(`${path}${message}`)
  })
})
