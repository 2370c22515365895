import { InputError } from '@thresher/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readPolygons } from '../../src/polygons/read-polygons.js'
import { LARGEST_COORDINATE } from '../../src/polygons/types.js'
import { spoilt } from '../support/spoilt.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { zipBytes } from '../support/zip-bytes.js'

const folder = temporaryFolder()
const icdar = '0,0,9,0,9,5,0,5,word\n0,0,9,0,9,5,0,5,"12,000"\r\n-1,0.5,9,0,9,5,0,5,###\n'
const jsonl =
  '{"image": "a", "boxes": [[[0,0],[9,0],[9,5]]], "scores": [0.5], "texts": ["가"]}\n{"image": "b", "boxes": []}\n'

const SQUARE = '[[0, 0], [9, 0], [9, 5.5], [0, 5]]'
const paddleocr = `a.jpg\t[{"transcription": "가", "points": ${SQUARE}, "score": 0.5}]\nb.jpg\t[${SQUARE}]\n`
const mmocr =
  '{"data_list": [{"img_path": "a", "height": 5, "width": 9, "instances": [{"polygon": [0,0,9,0,9,5], "ignore": false, "text": "가"}, {"bbox": [0,0,9,5], "ignore": 1}]}]}'
const predictions = '{"det_polygons": [[0,0,9,0,9,5]], "det_scores": [NaN], "rec_texts": ["가"]}'
const ufo = `{"images": {"a": {"img_w": 9, "img_h": 5, "words": {"1": {"points": ${SQUARE}, "transcription": "가", "illegibility": true}, "2": {"points": []}}}}}`

it.each([
  ['gt_1.txt', Buffer.from(icdar)],
  ['a.jsonl', Buffer.from(jsonl)],
  ['label.txt', Buffer.from(paddleocr)],
  ['mmocr.json', Buffer.from(mmocr)],
  ['a.json', Buffer.from(predictions)],
  ['ufo.json', Buffer.from(ufo)],
  ['gt.zip', await zipBytes({ 'gt_1.txt': icdar, 'gt_2.txt': icdar })],
])(
  'a damaged %s gives polygons or one line, never anything else',
  { timeout: 60_000 },
  async (name, bytes) => {
    await fc.assert(
      fc.asyncProperty(spoilt(bytes), async (damaged) => {
        const path = folder.write(name, damaged)
        try {
          for (const found of (await readPolygons(path)).images.values()) {
            for (const { points, confidence } of found) {
              expect(points.length % 2).toBe(0)
              expect(points.length).toBeGreaterThanOrEqual(6)
              expect(points.every((value) => Math.abs(value) <= LARGEST_COORDINATE)).toBe(true)
              if (confidence !== undefined) expect(Number.isFinite(confidence)).toBe(true)
            }
          }
        } catch (error) {
          if (!(error instanceof InputError)) throw error
          expect(error.message).toContain(path)
          expect(error.message).not.toMatch(/[\r\n]/)
        }
      }),
      { numRuns: 700 },
    )
  },
)
