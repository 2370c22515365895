import { describe, expect, it } from 'vitest'
import { readPolygons } from '../../src/polygons/read-polygons.js'
import { failure } from '../support/failure.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const folder = temporaryFolder()
const BOX = '[[0,0],[9,0],[9,5.5]]'

describe('our JSON Lines', () => {
  it("hold boxes, scores, texts and don't cares by image", async () => {
    const path = folder.write(
      'boxes.jsonl',
      [
        `{"image": "a", "boxes": [${BOX}, [[0,0],[1,0],[1,1],[0,1]]], "scores": [0.5, 1]}`,
        '',
        '{"image": "b.jpg", "boxes": [], "scores": [], "time": 3}',
        `{"image": "c", "boxes": [${BOX}, ${BOX}, ${BOX}], "texts": ["x", null, "###"]}`,
        `{"image": "d", "boxes": [${BOX}, ${BOX}], "texts": ["###", "y"], "ignore": [false, true]}`,
      ].join('\n'),
    )
    const { format, images } = await readPolygons(path)
    const points = [0, 0, 9, 0, 9, 5.5]
    const at = (line: number, box: number) => `${path}:${line}, boxes[${box}]`
    expect(format).toBe('jsonl')
    expect(Object.fromEntries(images)).toEqual({
      a: [
        { points, ignore: false, confidence: 0.5, place: at(1, 0) },
        { points: [0, 0, 1, 0, 1, 1, 0, 1], ignore: false, confidence: 1, place: at(1, 1) },
      ],
      'b.jpg': [],
      c: [
        { points, text: 'x', ignore: false, place: at(4, 0) },
        { points, ignore: false, place: at(4, 1) },
        { points, text: '###', ignore: true, place: at(4, 2) },
      ],
      d: [
        { points, text: '###', ignore: false, place: at(5, 0) },
        { points, text: 'y', ignore: true, place: at(5, 1) },
      ],
    })
  })

  it('may hold image sizes', async () => {
    const line = (sides: string) => `{"image": "a", "boxes": []${sides}}`
    const { sizes } = await readPolygons(folder.write('sized.jsonl', line(', "width": 640, "height": 480')))
    expect([...sizes!]).toEqual([['a', { width: 640, height: 480 }]])
    const bad = folder.write('half.jsonl', line(', "width": 640'))
    expect(await failure(() => readPolygons(bad))).toContain(
      `${bad}:1: height is absent, not a size in pixels.`,
    )
  })

  it.each([
    [
      '{"image": "a", "boxes": [',
      'not JSON. Write one {"image": "img_1", "boxes": [[[x, y], ...], ...]} a line.',
    ],
    ['{"image": "a", "boxes": [[[NaN, 0], [1, 1], [2, 2]]]}', 'not JSON (JSON has no NaN or Infinity).'],
    ['{"boxes": []}', 'image is not a text.'],
    ['{"image": "", "boxes": []}', 'image is empty.'],
    ['{"image": "a"}', 'boxes is not a list of polygons.'],
    ['{"image": "a", "boxes": [5]}', 'boxes[0] is not a list of points.'],
    ['{"image": "a", "boxes": [[[0,0],[1,1]]]}', 'boxes[0] has fewer than 3 points.'],
    [`{"image": "a", "boxes": [${BOX}, [[0,0],[1,1],[2]]]}`, 'boxes[1][2] '],
    ['{"image": "a", "boxes": [[0,0,1,1,2,2]]}', 'boxes[0][0] is not a point [x, y].'],
    ['{"image": "a", "boxes": [[[0,0],[1,1],["2",2]]]}', 'boxes[0][2][0] is not a number.'],
    ['{"image": "a", "boxes": [[[0,0],[1,1],[1e999,2]]]}', 'boxes[0][2][0] is not a number.'],
    ['{"image": "a", "boxes": [[[0,0],[1,1],[3e9,2]]]}', 'boxes[0][2][0] is too large.'],
    [
      `{"image": "a", "boxes": [${BOX}], "scores": []}`,
      'scores has 0 values for 1 boxes. Give one a box, or leave it out.',
    ],
    [`{"image": "a", "boxes": [${BOX}], "scores": [null]}`, 'scores[0] is not a number.'],
    [`{"image": "a", "boxes": [${BOX}], "ignore": [1]}`, 'ignore[0] is not true or false.'],
    ['7', 'it is not an object.'],
  ])('are refused with line and place: %s', async (line, message) => {
    const path = folder.write('bad.jsonl', `{"image": "first", "boxes": []}\n\n${line}`)
    expect(await failure(() => readPolygons(path))).toContain(`${path}:3: ${message}`)
  })

  it('describe an image once', async () => {
    const path = folder.write('twice.jsonl', '{"image": "a", "boxes": []}\n{"image": "a", "boxes": []}')
    expect(await failure(() => readPolygons(path))).toBe(
      `${path}:1 and ${path}:2 both describe image "a". Keep one of them.`,
    )
  })
})
