import { InputError } from '@thresher/core'
import { bareName } from '../../files/image-name.js'
import { quote } from '../../files/quote.js'
import { cutLine } from '../icdar-line.js'
import { type Annotation, DONT_CARE, type PolygonFile } from '../types.js'
import { markedText } from './annotation-json.js'
import type { Losses } from './losses.js'
import type { OutputFile, PolygonWriter } from './polygon-writer.js'

/**
 * ICDAR quads, one file an image: eight whole numbers, then a confidence where every region of the set has one from
 * 0 to 1, then the text. The competition's script reads whole numbers only, so coordinates are rounded, halves to even
 * as NumPy does.
 */
export const icdarWriter: PolygonWriter = {
  *files(data, losses, options) {
    const confident = haveConfidences(data, losses)
    const prefix = options.prefix ?? (confident ? 'res' : 'gt')
    if (confident && prefix === 'gt') {
      throw new InputError(
        `${data.path}: every region has a confidence, which is read from files named res_ only. Leave out --prefix gt, or take the confidences out.`,
      )
    }
    const names = new Map<string, string>()
    for (const [image, annotations] of data.images) {
      const name = fileName(data, image, names, losses)
      if (data.sizes?.has(image))
        losses.add('ICDAR files have no image sizes: left out', `image ${quote(image)}`)
      if (prefix === 'gt') noteMissingTexts(annotations, losses)
      yield outputFile(`${prefix}_${name}.txt`, annotations, confident, losses)
    }
  },
}

function noteMissingTexts(annotations: readonly Annotation[], losses: Losses): void {
  for (const { text, ignore, place } of annotations) {
    if (text === undefined && !ignore) {
      losses.add('regions have no text, which the scripts of ICDAR and CLEval ask for in ground truth', place)
    }
  }
}

function outputFile(
  name: string,
  annotations: readonly Annotation[],
  confident: boolean,
  losses: Losses,
): OutputFile {
  const lines = annotations.map((annotation) => `${icdarLine(annotation, confident, losses)}\n`)
  return { name, chunks: [lines.join('')] }
}

function icdarLine(annotation: Annotation, confident: boolean, losses: Losses): string {
  const { points, confidence, place } = annotation
  if (points.length !== 8) {
    throw new InputError(
      `${place}: has ${points.length / 2} points; an ICDAR line has 4. Convert to jsonl, paddleocr, mmocr or ufo.`,
    )
  }
  const whole = points.map(roundHalfEven)
  if (whole.some((value, i) => value !== points[i]))
    losses.add('coordinates were rounded to whole pixels', place)
  const numbers = whole.map((value) => plainDecimal(value))
  if (confident) numbers.push(plainDecimal(confidence!))
  const head = numbers.join(',')
  const text = markedText(annotation, { format: 'ICDAR', marks: [DONT_CARE] }, losses)
  if (text === undefined) return head
  const line = wellFormed(text).replaceAll(/\r\n|\r|\n/g, ' ')
  if (line !== text) losses.add('line breaks and broken characters in texts were replaced', place)
  return `${head},${quoted(head, line)}`
}

/** The text as it stands, or in quotes where it would be read as further numbers, or lose quotes of its own. */
function quoted(head: string, text: string): string {
  const { numbers } = cutLine(`${head},${text}`, '')
  const safe = numbers.length === cutLine(head, '').numbers.length && !/^\s*".*"\s*$/s.test(text)
  return safe ? text : `"${text.replaceAll('"', '\\"').replaceAll('\\', '\\\\')}"`
}

/** Whether confidences can be written: every region has one, and a reader can tell that it is one. */
function haveConfidences({ images }: PolygonFile, losses: Losses): boolean {
  const all = [...images.values()].flat()
  const scored = all.filter(({ confidence }) => confidence !== undefined)
  if (scored.length === 0) return false
  const first = scored[0]!.place
  if (scored.length < all.length) {
    losses.add('in ICDAR files every region has a confidence or none has: confidences were left out', first)
    return false
  }
  const outside = all.find(({ confidence }) => !(confidence! >= 0 && confidence! <= 1))
  if (outside !== undefined) {
    losses.add('in ICDAR files confidences lie in 0 to 1: confidences were left out', outside.place)
    return false
  }
  if (all.every(({ confidence }) => Number.isInteger(confidence))) {
    losses.add('confidences that are all 0 or 1 may be read as texts', first)
  }
  return true
}

function fileName(data: PolygonFile, image: string, names: Map<string, string>, losses: Losses): string {
  const name = bareName(image).replace(/^.*[\\/]/s, '')
  if (name !== image)
    losses.add('folders and picture extensions of image names were left out', `image ${quote(image)}`)
  const first = names.get(name)
  if (first !== undefined) {
    throw new InputError(
      `${data.path}: images ${quote(first)} and ${quote(image)} would both be ${quote(name)}. Convert to jsonl, paddleocr, mmocr or ufo.`,
    )
  }
  if (/\p{Cc}/u.test(name) || name === '' || Buffer.byteLength(name) > 200) {
    throw new InputError(
      `${data.path}: image ${quote(image)} cannot name a file. Convert to jsonl, mmocr or ufo.`,
    )
  }
  names.set(name, image)
  return name
}

/** Half a surrogate pair has no UTF-8; it becomes U+FFFD. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString()
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value)
  const rest = value - floor
  const rounded = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor
  return rounded + 0
}

/** The shortest decimal of a number, without an exponent. */
function plainDecimal(value: number): string {
  const text = String(value)
  const parts = /^(\d)(?:\.(\d+))?e-(\d+)$/.exec(text)
  if (parts === null) return text
  const [, lead = '', rest = '', power] = parts
  return `0.${'0'.repeat(Number(power) - 1)}${lead}${rest}`
}
