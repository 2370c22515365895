import type { Size } from '@thresher/native'
import { quote } from '../../files/quote.js'
import type { Annotation } from '../types.js'
import type { Losses } from './losses.js'
import type { PolygonWriter } from './polygon-writer.js'

const METAINFO = { dataset_type: 'TextDetDataset', task_name: 'textdet', category: [{ id: 0, name: 'text' }] }

/** An annotation file of MMOCR 1.x for text detection. */
export const mmocrWriter: PolygonWriter = {
  single: 'annotations.json',
  *files({ images, sizes }, losses) {
    yield { name: this.single!, chunks: chunks() }

    function* chunks() {
      yield `{"metainfo": ${JSON.stringify(METAINFO)}, "data_list": [`
      let before = '\n'
      for (const [image, annotations] of images) {
        yield before + JSON.stringify(item(image, annotations, sizes?.get(image), losses))
        before = ',\n'
      }
      yield '\n]}\n'
    }
  },
}

function item(
  image: string,
  annotations: readonly Annotation[],
  size: Size | undefined,
  losses: Losses,
): object {
  if (size === undefined)
    losses.add('height and width of images are not known: left out', `image ${quote(image)}`)
  return {
    img_path: image,
    ...(size === undefined ? {} : { height: size.height, width: size.width }),
    instances: annotations.map((annotation) => instance(annotation, losses)),
  }
}

function instance({ points, text, ignore, confidence, place }: Annotation, losses: Losses): object {
  if (confidence !== undefined) losses.add('MMOCR annotations have no confidences: left out', place)
  return {
    bbox: bounds(points),
    bbox_label: 0,
    polygon: points,
    ...(text === undefined ? {} : { text }),
    ignore,
  }
}

function bounds(points: readonly number[]): [left: number, top: number, right: number, bottom: number] {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [x, y] = [points[i]!, points[i + 1]!]
    left = Math.min(left, x)
    top = Math.min(top, y)
    right = Math.max(right, x)
    bottom = Math.max(bottom, y)
  }
  return [left, top, right, bottom]
}
