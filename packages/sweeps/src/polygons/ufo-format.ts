import { InputError } from '@thresher/core'
import { quote } from '../files/quote.js'
import { collectImages } from './image-collector.js'
import { entriesInOrder, parseJson } from './json-text.js'
import { confidenceAt, flagAt, type JsonObject, objectAt, pointsAt, sizeAt, textAt } from './json-values.js'
import type { ParsedPolygons, ParseOptions, PolygonFormat } from './polygon-format.js'
import type { TextFile } from './text-source.js'
import { type Annotation, DONT_CARE } from './types.js'

const ROOT = 'Write {"images": {"img_1.jpg": {"words": {...}}}}.'
const IMAGE = 'Write {"img_w": 1280, "img_h": 720, "words": {"0001": {...}}}.'
const WORD = 'Write {"points": [[x, y], ...], "transcription": "text"}.'

/**
 * UFO, Upstage's format for OCR data, as the receipt and scene text competitions of Boostcamp and Fast Campus use it
 * for ground truth and for submissions. Don't care is a word whose `illegibility` is true or, where a word has no
 * such flag, whose transcription is `###`. A word with an empty list of points is no region; such words are left out
 * with a notice. `confidence` is read; orientation, language and tags are not.
 */
export const ufoFormat: PolygonFormat = {
  name: 'ufo',
  example: 'UFO {"images": {"img_1.jpg": {"words": {...}}}}',
  extensions: ['.json'],
  recognises: ({ keys }) => keys.has('images'),
  parse,
}

function parse(files: readonly TextFile[], { onNotice }: ParseOptions): ParsedPolygons {
  const images = collectImages()
  const empty: string[] = []
  for (const { path, text } of files) {
    const root = objectAt(parseJson(text, { path }), `${path}: the file`, ROOT)
    for (const [image, value] of entriesInOrder(imagesOf(root, path))) {
      const place = `${path}: images[${quote(image)}]`
      const item = objectAt(value, place, IMAGE)
      const words = objectAt(item.words, `${place}.words`, IMAGE)
      const annotations: Annotation[] = []
      for (const [id, word] of entriesInOrder(words)) {
        const annotation = toAnnotation(word, `${place}.words[${quote(id)}]`)
        if (typeof annotation === 'string') empty.push(annotation)
        else annotations.push(annotation)
      }
      images.add(image, annotations, place, sizeAt(item, 'img_w', 'img_h', `${place}.`))
    }
  }
  noticeEmpty(empty, onNotice)
  return images.parsed()
}

function imagesOf(root: JsonObject, path: string): JsonObject {
  if (Array.isArray(root.images)) {
    const mend = 'COCO is not read; convert it to UFO or JSON Lines first.'
    throw new InputError(
      `${path}: images is a list, as in COCO; in UFO it is an object by image name. ${mend}`,
    )
  }
  return objectAt(root.images, `${path}: images`, ROOT)
}

/** The region of a word, or, where the word has no points, the word's place. */
function toAnnotation(value: unknown, place: string): Annotation | string {
  const word = objectAt(value, place, WORD)
  if (Array.isArray(word.points) && word.points.length === 0) return place
  const text = textAt(word.transcription, `${place}.transcription`)
  const confidence = confidenceAt(word.confidence, `${place}.confidence`)
  return {
    points: pointsAt(word.points, `${place}.points`),
    ...(text === undefined ? {} : { text }),
    ignore: flagAt(word.illegibility, `${place}.illegibility`) ?? text === DONT_CARE,
    ...(confidence === undefined ? {} : { confidence }),
    place,
  }
}

function noticeEmpty(places: readonly string[], onNotice: ParseOptions['onNotice']): void {
  if (places.length === 0) return
  const count = places.length === 1 ? '1 word without points is' : `${places.length} words without points are`
  onNotice?.(`${places[0]}: ${count} left out. Give them points, or remove them.`)
}
