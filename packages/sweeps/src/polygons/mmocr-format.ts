import { InputError } from '@thresher/core'
import { quote } from '../files/quote.js'
import { collectImages } from './image-collector.js'
import { parseJson } from './json-text.js'
import { boxCornersAt, flagAt, flatPointsAt, listAt, objectAt, sizeAt, textAt } from './json-values.js'
import type { ParsedPolygons, PolygonFormat } from './polygon-format.js'
import type { TextFile } from './text-source.js'
import type { Annotation } from './types.js'

const ROOT = 'Write {"metainfo": {...}, "data_list": [...]}.'
const IMAGE = 'Write {"img_path": "img_1.jpg", "height": 720, "width": 1280, "instances": [...]}.'
const INSTANCE = 'Write {"polygon": [x1, y1, x2, y2, ...], "ignore": false}.'

/**
 * Annotation files of MMOCR 1.x (mmocr/datasets/transforms/loading.py, `LoadOCRAnnotations`): `polygon` is a flat list
 * of coordinates, and where there is none, `bbox` is left, top, right, bottom. Don't care is what `ignore` says; a
 * transcription `###` means nothing.
 */
export const mmocrFormat: PolygonFormat = {
  name: 'mmocr',
  example: 'MMOCR {"metainfo", "data_list": [...]}',
  extensions: ['.json'],
  recognises: ({ keys }) => keys.has('data_list'),
  parse,
}

function parse(files: readonly TextFile[]): ParsedPolygons {
  const images = collectImages()
  for (const { path, text } of files) {
    const root = objectAt(parseJson(text, { path }), `${path}: the file`, ROOT)
    listAt(root.data_list, `${path}: data_list`, ROOT).forEach((value, i) => {
      const place = `${path}: data_list[${i}]`
      const item = objectAt(value, place, IMAGE)
      const image = textAt(item.img_path, `${place}.img_path`)
      if (image === undefined) throw new InputError(`${place} has no img_path. ${IMAGE}`)
      const instances = listAt(item.instances, `${place}.instances`, IMAGE)
      const annotations = instances.map((instance, k) => toAnnotation(instance, `${place}.instances[${k}]`))
      images.add(image, annotations, place, sizeAt(item, 'width', 'height', `${place}.`))
    })
  }
  return images.parsed()
}

function toAnnotation(value: unknown, place: string): Annotation {
  const { polygon, bbox, text: given, ignore } = objectAt(value, place, INSTANCE)
  const text = textAt(given, `${place}.text`)
  if (polygon === undefined && bbox === undefined) {
    throw new InputError(`${place} has neither polygon nor bbox. ${INSTANCE}`)
  }
  return {
    points:
      polygon === undefined ? boxCornersAt(bbox, `${place}.bbox`) : polygonAt(polygon, `${place}.polygon`),
    ...(text === undefined ? {} : { text }),
    ignore: flagAt(ignore, `${place}.ignore`) ?? false,
    place,
  }
}

function polygonAt(value: unknown, place: string): number[] {
  if (Array.isArray(value) && Array.isArray(value[0])) {
    const shown = quote(JSON.stringify(value[0]), 30)
    throw new InputError(`${place} begins with ${shown}; MMOCR's polygons are flat lists. ${INSTANCE}`)
  }
  return flatPointsAt(value, place)
}
