import { describe, expect, it } from 'vitest'
import { readPolygons } from '../../src/polygons/read-polygons.js'
import { failure } from '../support/failure.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const folder = temporaryFolder()
const image = (instances: string, rest = '') => `{"img_path": "a.jpg", ${rest} "instances": [${instances}]}`
const file = (...items: string[]) =>
  `{"metainfo": {"dataset_type": "TextDetDataset"}, "data_list": [${items.join(', ')}]}`

describe('MMOCR annotations', () => {
  it('hold polygons or boxes, flags, texts and sizes', async () => {
    const path = folder.write(
      'val.json',
      file(
        image(
          `{"polygon": [0, 0, 9, 0.5, 9, 5], "bbox": [7, 7, 8, 8], "ignore": true, "text": "가"},
           {"bbox": [1, 2, 30, 9], "bbox_label": 0, "ignore": false},
           {"polygon": [0, 0, 9, 0, 9, 5, 0, 5], "ignore": 1, "text": "###"},
           {"polygon": [0, 0, 9, 0, 9, 5, 0, 5], "ignore": 0, "text": "###"},
           {"polygon": [0, 0, 9, 0, 9, 5]}`,
          '"height": 720, "width": 1280,',
        ),
        '{"img_path": "sub/b.png", "instances": []}',
      ),
    )
    const { format, images, sizes } = await readPolygons(path)
    const at = (i: number) => `${path}: data_list[0].instances[${i}]`
    const square = [0, 0, 9, 0, 9, 5, 0, 5]
    expect(format).toBe('mmocr')
    expect([...sizes!]).toEqual([['a.jpg', { width: 1280, height: 720 }]])
    expect(Object.fromEntries(images)).toEqual({
      'a.jpg': [
        { points: [0, 0, 9, 0.5, 9, 5], text: '가', ignore: true, place: at(0) },
        { points: [1, 2, 30, 2, 30, 9, 1, 9], ignore: false, place: at(1) },
        { points: square, text: '###', ignore: true, place: at(2) },
        { points: square, text: '###', ignore: false, place: at(3) },
        { points: [0, 0, 9, 0, 9, 5], ignore: false, place: at(4) },
      ],
      'sub/b.png': [],
    })
  })

  const instance = ': data_list[0].instances[0]'
  it.each([
    ['{"data_list": {}}', ': data_list is an object, not a list.'],
    ['{"data_list": [3]}', ': data_list[0] is 3, not an object.'],
    ['{"data_list": [{"instances": []}]}', ': data_list[0] has no img_path.'],
    ['{"data_list": [{"img_path": "", "instances": []}]}', ": data_list[0]: the image's name is empty."],
    ['{"data_list": [{"img_path": "a"}]}', ': data_list[0].instances is absent, not a list.'],
    [
      file(image('{"polygon": [0,0,1,1,2,2,3]}')),
      `${instance}.polygon has 7 numbers; a polygon has two a point`,
    ],
    [file(image('{"polygon": [0,0,1,1]}')), `${instance}.polygon has 4 numbers;`],
    [
      file(image('{"polygon": [[0,0],[1,1],[2,2]]}')),
      `${instance}.polygon begins with "[0,0]"; MMOCR's polygons are flat`,
    ],
    [file(image('{"polygon": [0,0,1,1,2,"2"]}')), `${instance}.polygon[5] is the text "2", not a number.`],
    [file(image('{"bbox": [0,0,1]}')), `${instance}.bbox has 3 numbers, not 4.`],
    [file(image('{"text": "x"}')), `${instance} has neither polygon nor bbox.`],
    [
      file(image('{"polygon": [0,0,1,1,2,2], "ignore": "no"}')),
      `${instance}.ignore is the text "no", not true or false.`,
    ],
    [file(image('', '"width": 12.5, "height": 7,')), ': data_list[0].width is 12.5, not a size in pixels.'],
    [file(image('', '"width": 12,')), ': data_list[0].height is absent, not a size in pixels.'],
    [file(image(''), image('')), ': data_list[1] both describe image "a.jpg".'],
    ['{"data_list": [\n{]}', ':2: not JSON (unexpected "]" at column 2).'],
  ])('are refused with their place: %s', async (text, message) => {
    const path = folder.write('bad.json', text)
    expect(await failure(() => readPolygons(path))).toContain(`${path}${message}`)
  })
})
