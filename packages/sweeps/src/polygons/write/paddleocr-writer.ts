import { InputError } from '@thresher/core'
import { quote } from '../../files/quote.js'
import type { Annotation } from '../types.js'
import { markedText, pairs } from './annotation-json.js'
import type { Losses } from './losses.js'
import type { PolygonWriter } from './polygon-writer.js'

/** A PaddleOCR label file. Confidences go into `score`, which PaddleOCR passes over. */
export const paddleocrWriter: PolygonWriter = {
  single: 'label.txt',
  *files({ path, images, sizes }, losses) {
    yield { name: this.single!, chunks: lines() }

    function* lines() {
      for (const [image, annotations] of images) {
        if (/[\t\r\n]|^\s|\s$|^\[/.test(image)) {
          throw new InputError(
            `${path}: image ${quote(image)} cannot be named in a PaddleOCR label file. Rename it, or convert to jsonl, mmocr or ufo.`,
          )
        }
        if (sizes?.has(image))
          losses.add('PaddleOCR labels have no image sizes: left out', `image ${quote(image)}`)
        yield `${image}\t${JSON.stringify(annotations.map((annotation) => region(annotation, losses)))}\n`
      }
    }
  },
}

function region(annotation: Annotation, losses: Losses): object {
  const { points, confidence } = annotation
  const text = markedText(annotation, { format: 'PaddleOCR', marks: ['###', '*'] }, losses)
  return {
    // PaddleOCR asks for one; empty, it stands for none.
    transcription: text ?? '',
    points: pairs(points),
    ...(confidence === undefined ? {} : { score: confidence }),
  }
}
