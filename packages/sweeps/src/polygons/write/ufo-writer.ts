import type { Size } from '@thresher/native'
import type { Annotation } from '../types.js'
import { pairs } from './annotation-json.js'
import type { PolygonWriter } from './polygon-writer.js'

/** A UFO file, an image a line. */
export const ufoWriter: PolygonWriter = {
  single: 'ufo.json',
  *files({ images, sizes }) {
    yield { name: this.single!, chunks: chunks() }

    function* chunks() {
      yield '{"images": {'
      let before = '\n'
      for (const [image, annotations] of images) {
        yield `${before}${JSON.stringify(image)}: ${imageJson(annotations, sizes?.get(image))}`
        before = ',\n'
      }
      yield '\n}}\n'
    }
  },
}

/** Members joined by hand: JavaScript would move ids that are whole numbers to the front. */
function imageJson(annotations: readonly Annotation[], size: Size | undefined): string {
  const width = Math.max(4, String(annotations.length).length)
  const words = annotations.map(
    (annotation, i) => `"${String(i + 1).padStart(width, '0')}": ${JSON.stringify(word(annotation))}`,
  )
  const sides = size === undefined ? '' : `"img_w": ${size.width}, "img_h": ${size.height}, `
  return `{${sides}"words": {${words.join(', ')}}}`
}

function word({ points, text, ignore, confidence }: Annotation): object {
  return {
    transcription: text ?? null,
    points: pairs(points),
    illegibility: ignore,
    ...(confidence === undefined ? {} : { confidence }),
  }
}
