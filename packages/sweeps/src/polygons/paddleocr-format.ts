import { InputError } from '@thresher/core'
import { collectImages } from './image-collector.js'
import { parseJson } from './json-text.js'
import { confidenceAt, listAt, objectAt, pointsAt, textAt } from './json-values.js'
import {
  nonBlankLines,
  type ParsedPolygons,
  type ParseOptions,
  type PolygonFormat,
  type TextLine,
} from './polygon-format.js'
import type { TextFile } from './text-source.js'
import type { Annotation } from './types.js'

const MEND = 'Write img_1.jpg, a tab, and [{"transcription": "text", "points": [[x, y], ...]}, ...].'

/** Transcriptions of regions that PaddleOCR leaves out (`DetLabelEncode` in ppocr/data/imaug/label_ops.py). */
const DONT_CARES: readonly (string | undefined)[] = ['*', '###']

/**
 * Label files of PaddleOCR and PPOCRLabel, and what its `infer_det` and `predict_det` write: an image a line, its path,
 * a tab, and a JSON list of `{"transcription", "points"}` or, from `predict_det`, of the points alone. A `score` or
 * `scores` of a region is its confidence. An empty transcription is none: `infer_det` writes one for every region.
 */
export const paddleocrFormat: PolygonFormat = {
  name: 'paddleocr',
  example: 'PaddleOCR lines img_1.jpg<TAB>[{"transcription", "points"}, ...]',
  extensions: ['.txt'],
  recognises: ({ line }) => /^[^\t]+\t\s*\[\s*(?:$|[[{\]])/.test(line),
  parse,
}

function parse(files: readonly TextFile[], { onNotice }: ParseOptions): ParsedPolygons {
  const images = collectImages()
  const difficult: string[] = []
  for (const file of files) {
    for (const line of nonBlankLines(file.text)) {
      const place = `${file.path}:${line.number}`
      const { image, regions } = parseLine(file, line, place)
      const annotations = regions.map((region, i) => toAnnotation(region, `${place}: [${i}]`, difficult))
      images.add(image, annotations, place)
    }
  }
  noticeDifficult(difficult, onNotice)
  return images.parsed()
}

function parseLine(file: TextFile, { line, number }: TextLine, place: string) {
  const tab = line.indexOf('\t')
  const image = line.slice(0, Math.max(tab, 0)).trim()
  if (tab < 0 || image === '')
    throw new InputError(`${place}: has no ${tab < 0 ? 'tab' : 'name before its tab'}. ${MEND}`)
  if (image.startsWith('[')) {
    throw new InputError(
      `${place}: names a list of images; one line is about one. Give each a line of its own.`,
    )
  }
  const json = parseJson(line.slice(tab + 1), { path: file.path, line: number, skipped: tab + 1 })
  return { image, regions: listAt(json, `${place}: what follows the tab`, MEND) }
}

function toAnnotation(region: unknown, place: string, difficult: string[]): Annotation {
  if (Array.isArray(region)) return { points: pointsAt(region, place), ignore: false, place }
  const object = objectAt(region, place, MEND)
  const text = textAt(object.transcription, `${place}.transcription`)
  const confidence = confidenceOf(object, place)
  const ignore = DONT_CARES.includes(text)
  if (!ignore && isTrue(object.difficult)) difficult.push(place)
  return {
    points: pointsAt(object.points, `${place}.points`),
    ...(text === undefined || text === '' ? {} : { text }),
    ignore,
    ...(confidence === undefined ? {} : { confidence }),
    place,
  }
}

function confidenceOf(
  { score, scores }: Readonly<Record<string, unknown>>,
  place: string,
): number | undefined {
  const [one, other] = [confidenceAt(score, `${place}.score`), confidenceAt(scores, `${place}.scores`)]
  if (one !== undefined && other !== undefined && one !== other) {
    throw new InputError(
      `${place} has score ${one} and scores ${other}. Keep the one that is the confidence.`,
    )
  }
  return one ?? other
}

/** PPOCRLabel has written `true` and `"true"`. */
function isTrue(value: unknown): boolean {
  return value === true || value === 1 || (typeof value === 'string' && value.toLowerCase() === 'true')
}

function noticeDifficult(places: readonly string[], onNotice: ParseOptions['onNotice']): void {
  if (places.length === 0) return
  const count = places.length === 1 ? '1 region is' : `${places.length} regions are`
  onNotice?.(
    `${places[0]}: ${count} marked difficult, which counts here as in PaddleOCR. Write ### as transcription of what is not to count.`,
  )
}
