import { InputError } from '@thresher/core'
import { z } from 'zod'
import { collectImages } from './image-collector.js'
import { sizeAt } from './json-values.js'
import { nonBlankLines, type ParsedPolygons, type PolygonFormat } from './polygon-format.js'
import type { TextFile } from './text-source.js'
import { type Annotation, DONT_CARE, LARGEST_COORDINATE } from './types.js'

const coordinate = z
  .number('is not a number')
  .min(-LARGEST_COORDINATE, 'is too small')
  .max(LARGEST_COORDINATE, 'is too large')
const polygon = z
  .array(z.tuple([coordinate, coordinate], 'is not a point [x, y]'), 'is not a list of points')
  .min(3, 'has fewer than 3 points')
const lineSchema = z.object(
  {
    image: z.string('is not a text').min(1, 'is empty'),
    boxes: z.array(polygon, 'is not a list of polygons'),
    scores: z.array(z.number('is not a number'), 'is not a list of numbers').optional(),
    texts: z.array(z.string('is not a text').nullable(), 'is not a list of texts').optional(),
    ignore: z.array(z.boolean('is not true or false'), 'is not a list of true and false').optional(),
    width: z.unknown().optional(),
    height: z.unknown().optional(),
  },
  'is not an object',
)
type Line = z.infer<typeof lineSchema>

const EXAMPLE = '{"image": "img_1", "boxes": [[[x, y], ...], ...]}'

/**
 * Our own JSON Lines, an image a line: `{"image", "boxes": [[[x, y], ...], ...]}`, with optional lists of the same
 * length: `scores`, `texts` (null where unknown; `###` is don't care) and `ignore`; and the image's `width` and `height`
 * in pixels. Other keys are left alone.
 */
export const jsonlFormat: PolygonFormat = {
  name: 'jsonl',
  example: `JSON Lines ${EXAMPLE}`,
  extensions: ['.jsonl'],
  recognises: ({ keys }) => keys.has('image') || keys.has('boxes'),
  parse,
}

function parse(files: readonly TextFile[]): ParsedPolygons {
  const images = collectImages()
  for (const file of files) {
    for (const { number, line } of nonBlankLines(file.text)) {
      const place = `${file.path}:${number}`
      const value = parseLine(line, place)
      images.add(
        value.image,
        toAnnotations(value, place),
        place,
        sizeAt(value, 'width', 'height', `${place}: `),
      )
    }
  }
  return images.parsed()
}

function parseLine(line: string, place: string): Line {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    const hint = /\b(NaN|Infinity)\b/.test(line) ? ' (JSON has no NaN or Infinity)' : ''
    throw new InputError(`${place}: not JSON${hint}. Write one ${EXAMPLE} a line.`)
  }
  const parsed = lineSchema.safeParse(value)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    throw new InputError(`${place}: ${pathText(issue.path)} ${issue.message}. Write one ${EXAMPLE} a line.`)
  }
  checkLengths(parsed.data, place)
  return parsed.data
}

function checkLengths(line: Line, place: string): void {
  for (const key of ['scores', 'texts', 'ignore'] as const) {
    const length = line[key]?.length
    if (length !== undefined && length !== line.boxes.length) {
      throw new InputError(
        `${place}: ${key} has ${length} values for ${line.boxes.length} boxes. Give one a box, or leave it out.`,
      )
    }
  }
}

function toAnnotations({ boxes, scores, texts, ignore }: Line, place: string): Annotation[] {
  return boxes.map((points, i): Annotation => {
    const text = texts?.[i] ?? undefined
    return {
      points: points.flat(),
      ...(text === undefined ? {} : { text }),
      ignore: ignore?.[i] ?? text === DONT_CARE,
      ...(scores === undefined ? {} : { confidence: scores[i]! }),
      place: `${place}, boxes[${i}]`,
    }
  })
}

/** `boxes[3][1]` from `["boxes", 3, 1]`. */
function pathText(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'it'
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? String(part) : `.${String(part)}`))
    .join('')
}
