import { extname } from 'node:path'
import { InputError } from '@thresher/core'
import { quote } from '../files/quote.js'
import { coordinateCount, decideLayout, type IcdarLayout } from './icdar-layout.js'
import { cutLine, type IcdarLine, textAfter } from './icdar-line.js'
import {
  nonBlankLines,
  type ParsedPolygons,
  type ParseOptions,
  type PolygonFormat,
} from './polygon-format.js'
import type { TextFile } from './text-source.js'
import { type Annotation, DONT_CARE, LARGEST_COORDINATE } from './types.js'

const FORMS: Record<IcdarLayout['kind'], { least: number; text: string }> = {
  ltrb: { least: 4, text: 'left,top,right,bottom' },
  quad: { least: 8, text: 'x1,y1,x2,y2,x3,y3,x4,y4' },
  polygon: { least: 6, text: 'x1,y1,...,xn,yn with n from 3' },
}

/**
 * The text files of the ICDAR competitions: one file an image (`gt_NAME.txt`, `res_NAME.txt`), one region a line,
 * coordinates, then optionally a confidence, then optionally a text, which may hold commas. `###` is don't care.
 *
 * How many numbers are coordinates is decided from the set as a whole (`decideLayout`).
 */
export const icdarFormat: PolygonFormat = {
  name: 'icdar',
  example: 'ICDAR lines x1,y1,x2,y2,x3,y3,x4,y4,text',
  // CLEval's archives may call such files .json.
  extensions: ['.txt', '.json'],
  recognises: ({ line }) => cutLine(line, '').numbers.length >= 4,
  parse,
}

function parse(files: readonly TextFile[], { confidences }: ParseOptions): ParsedPolygons {
  const images = new Map<string, { file: TextFile; lines: IcdarLine[] }>()
  for (const file of files) {
    const name = imageName(file.name)
    const first = images.get(name)
    if (first !== undefined) {
      throw new InputError(
        `${first.file.path} and ${file.path} both describe image ${quote(name)}. Keep one, or give ground truth and detections apart.`,
      )
    }
    images.set(name, { file, lines: cutFile(file) })
  }
  const parts = [...images.values()]
  const named = parts.every(({ file }) => file.name.startsWith('res_'))
  const layout = decideLayout(
    parts.flatMap((part) => part.lines),
    confidences,
    named,
  )
  return {
    images: new Map(
      [...images].map(([name, { lines }]) => [name, lines.map((line) => toAnnotation(line, layout))]),
    ),
  }
}

/** `gt_img_1.txt` and `res_img_1.txt` are both about `img_1`. */
function imageName(fileName: string): string {
  return fileName.slice(0, fileName.length - extname(fileName).length).replace(/^(gt|res)_/, '')
}

function cutFile(file: TextFile): IcdarLine[] {
  const lines: IcdarLine[] = []
  for (const { number, line } of nonBlankLines(file.text)) lines.push(cutLine(line, `${file.path}:${number}`))
  return lines
}

function toAnnotation(line: IcdarLine, layout: IcdarLayout): Annotation {
  const { numbers, place } = line
  const count = coordinateCount(numbers.length, layout)
  if (count < FORMS[layout.kind].least) throw tooShort(line, layout)
  const points = numbers.slice(0, count)
  const far = points.findIndex((value) => !(Math.abs(value) <= LARGEST_COORDINATE))
  if (far >= 0) {
    throw new InputError(`${place}: number ${far + 1} is beyond ${LARGEST_COORDINATE}. Write image pixels.`)
  }
  const confidence = layout.confidences ? numbers[count]! : undefined
  if (confidence !== undefined && !Number.isFinite(confidence)) {
    throw new InputError(`${place}: the confidence (number ${count + 1}) is not finite. Write 0 to 1.`)
  }
  const text = textAfter(line, count + (layout.confidences ? 1 : 0))
  return {
    points: layout.kind === 'ltrb' ? corners(points) : points,
    ...(text === undefined ? {} : { text }),
    ignore: text === DONT_CARE,
    ...(confidence === undefined ? {} : { confidence }),
    place,
  }
}

function corners([left = 0, top = 0, right = 0, bottom = 0]: readonly number[]): number[] {
  return [left, top, right, top, right, bottom, left, bottom]
}

function tooShort({ place, line, numbers, ends }: IcdarLine, layout: IcdarLayout): InputError {
  const form = FORMS[layout.kind].text + (layout.confidences ? ',confidence' : '')
  const start = ends.at(-1) ?? 0
  const rest = start > line.length ? '' : line.slice(start).split(',', 1)[0]!.trim()
  const then = start > line.length ? 'and then ends' : `and then ${quote(rest, 20)}`
  const begins = numbers.length === 1 ? '1 number' : `${numbers.length} numbers`
  return new InputError(
    `${place}: begins with ${begins} ${then}; the lines here are ${form}. Complete the line.`,
  )
}
