import { extname } from 'node:path'
import { InputError } from '@thresher/core'
import { collectImages } from './image-collector.js'
import { parseJson } from './json-text.js'
import { confidenceAt, flatPointsAt, type JsonObject, listAt, objectAt, textAt } from './json-values.js'
import type { ParsedPolygons, PolygonFormat } from './polygon-format.js'
import type { TextFile } from './text-source.js'
import type { Annotation } from './types.js'

const MEND = 'Write {"det_polygons": [[x1, y1, x2, y2, ...], ...], "det_scores": [0.9, ...]}.'

/**
 * What MMOCR's inferencers save of an image (mmocr/apis/inferencers): `det_polygons`, `det_scores` and `rec_texts`, or
 * `polygons` and `scores` from the detector alone. One file an image, called as the image is.
 */
export const mmocrPredictionsFormat: PolygonFormat = {
  name: 'mmocr-predictions',
  example: 'MMOCR predictions {"det_polygons", "det_scores"}',
  extensions: ['.json'],
  recognises: ({ keys }) => keys.has('det_polygons') || keys.has('polygons'),
  parse,
}

function parse(files: readonly TextFile[]): ParsedPolygons {
  const images = collectImages()
  for (const file of files) {
    const root = objectAt(parseJson(file.text, { path: file.path }), `${file.path}: the file`, MEND)
    const name = file.name.slice(0, file.name.length - extname(file.name).length)
    images.add(name, toAnnotations(root, file.path), file.path)
  }
  return images.parsed()
}

function toAnnotations(root: JsonObject, path: string): Annotation[] {
  if (root.det_polygons !== undefined && root.polygons !== undefined) {
    throw new InputError(`${path}: has both det_polygons and polygons. Keep the detections.`)
  }
  const prefix = root.det_polygons === undefined ? '' : 'det_'
  const polygonsKey = `${prefix}polygons`
  const polygons = listAt(root[polygonsKey], `${path}: ${polygonsKey}`, MEND)
  const scores = listOfSameLength(root, `${prefix}scores`, polygonsKey, polygons.length, path)
  const texts = listOfSameLength(root, 'rec_texts', polygonsKey, polygons.length, path)
  return polygons.map((polygon, i) => {
    const place = `${path}: ${polygonsKey}[${i}]`
    const confidence = confidenceAt(scores?.[i], `${path}: ${prefix}scores[${i}]`)
    const text = textAt(texts?.[i], `${path}: rec_texts[${i}]`)
    return {
      points: flatPointsAt(polygon, place),
      ...(text === undefined ? {} : { text }),
      ignore: false,
      ...(confidence === undefined ? {} : { confidence }),
      place,
    }
  })
}

function listOfSameLength(root: JsonObject, key: string, polygonsKey: string, length: number, path: string) {
  if (root[key] === undefined || root[key] === null) return undefined
  const list = listAt(root[key], `${path}: ${key}`, MEND)
  if (list.length === length) return list
  throw new InputError(
    `${path}: ${key} has ${list.length} values for ${length} of ${polygonsKey}. Give one each, or leave it out.`,
  )
}
