import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPolygons } from '../../src/polygons/read-polygons.js'
import { failure } from '../support/failure.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const folder = temporaryFolder()
const TRIANGLE = '[0, 0, 9, 0, 9, 5]'

describe('MMOCR predictions', () => {
  it('are one file an image, from the pipeline or from the detector alone', async () => {
    const whole = folder.write(
      'preds/img_1.json',
      `{"rec_texts": ["가", "b"], "rec_scores": [1, 1], "det_polygons": [${TRIANGLE}, [1,1,2,1,2,2,1,2]], "det_scores": [0.75, 0.5]}`,
    )
    const detector = folder.write('preds/img_2.json', `{"polygons": [${TRIANGLE}], "scores": [0.25]}`)
    folder.write('preds/img_3.json', '{"det_polygons": [], "det_scores": []}')
    const { format, images } = await readPolygons(join(folder.path, 'preds'))
    const points = [0, 0, 9, 0, 9, 5]
    expect(format).toBe('mmocr-predictions')
    expect(Object.fromEntries(images)).toEqual({
      img_1: [
        { points, text: '가', ignore: false, confidence: 0.75, place: `${whole}: det_polygons[0]` },
        {
          points: [1, 1, 2, 1, 2, 2, 1, 2],
          text: 'b',
          ignore: false,
          confidence: 0.5,
          place: `${whole}: det_polygons[1]`,
        },
      ],
      img_2: [{ points, ignore: false, confidence: 0.25, place: `${detector}: polygons[0]` }],
      img_3: [],
    })
  })

  it.each([
    [`{"det_polygons": [${TRIANGLE}], "det_scores": []}`, ': det_scores has 0 values for 1 of det_polygons.'],
    [`{"det_polygons": [${TRIANGLE}], "rec_texts": ["a", "b"]}`, ': rec_texts has 2 values for 1 of'],
    [
      `{"det_polygons": [${TRIANGLE}], "det_scores": [true]}`,
      ': det_scores[0] is true, not a finite number.',
    ],
    ['{"det_polygons": [[0,0,1,1,2]]}', ': det_polygons[0] has 5 numbers;'],
    ['{"det_polygons": 3}', ': det_polygons is 3, not a list.'],
    ['{"det_polygons": [], "polygons": []}', ': has both det_polygons and polygons.'],
  ])('are refused with their place: %s', async (text, message) => {
    const path = folder.write('img_9.json', text)
    expect(await failure(() => readPolygons(path))).toContain(`${path}${message}`)
  })
})
