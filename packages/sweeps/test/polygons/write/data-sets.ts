import fc from 'fast-check'
import type { Annotation, PolygonFile } from '../../../src/polygons/types.js'

/** What a data set says, without where it was read. */
export interface Content {
  images: [name: string, Omit<Annotation, 'place'>[]][]
  sizes: [name: string, { width: number; height: number }][]
}

export interface ContentShape {
  /** Points of a region, least and most. */
  points: [least: number, most: number]
  coordinate: fc.Arbitrary<number>
  confidences: boolean
}

const NAMES = ['img_1', 'val/img_2.jpg', '3', '12', '한글 영수증.png', 'a,b.c', 'gt_res_x', '"q"', "it's.JPG"]
const TEXTS = [
  ...[
    '',
    '가나다',
    '12',
    '3,4',
    '1,234,567원',
    ' padded ',
    '050',
    '0.5',
    ',',
    '\\',
    '"',
    '"quoted, \\ text"',
  ],
  ...[
    'say "hi"',
    '"',
    '""',
    '\\"',
    '"\\',
    '"a" ',
    'tab\there',
    '#',
    '####',
    '-',
    '1e5,2',
    '\u2028',
    '\ufeff',
  ],
]

/** Texts that mean don't care somewhere: what becomes of them is not a matter of luck but a test of its own. */
const DONT_CARE_MARKS = ['*', '###']

/** Coordinates as detectors give them. */
export const anyCoordinate = fc.oneof(
  fc.integer({ min: -50, max: 5000 }),
  fc.double({ min: -100, max: 10_000, noNaN: true }).map((value) => value + 0),
)

/** Data sets whose regions either all have a confidence, not all of them whole, or none has. */
export function dataSets({ points, coordinate, confidences }: ContentShape): fc.Arbitrary<Content> {
  const polygon = fc
    .integer({ min: points[0], max: points[1] })
    .chain((count) => fc.array(coordinate, { minLength: 2 * count, maxLength: 2 * count }))
  const written = fc
    .oneof(fc.constantFrom(...TEXTS), fc.string({ unit: 'grapheme', maxLength: 6 }))
    .filter((drawn) => !DONT_CARE_MARKS.includes(drawn))
  const text = fc.option(written, { nil: undefined })
  const region = fc.record({
    points: polygon,
    text,
    ignore: fc.boolean(),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0),
  })
  const side = fc.integer({ min: 1, max: 2 ** 31 - 1 })
  const item = fc.record({
    regions: fc.array(region, { maxLength: 4 }),
    size: fc.option(fc.record({ width: side, height: side }), { nil: undefined }),
  })
  const names = fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 5 })
  return fc
    .tuple(names, fc.array(item, { minLength: 5, maxLength: 5 }), fc.boolean())
    .map(([chosen, items, scored]) => {
      const used = chosen.map((name, i) => [name, items[i]!] as const)
      const fractions = used.some(([, { regions }]) => regions.some(({ confidence }) => confidence % 1 !== 0))
      const withConfidence = confidences && scored && fractions
      return {
        images: used.map(([name, { regions }]) => [
          name,
          regions.map(({ text: given, confidence, ...rest }) => ({
            ...rest,
            ...(given === undefined ? {} : { text: given }),
            ...(withConfidence ? { confidence } : {}),
          })),
        ]),
        sizes: used.flatMap(([name, { size }]) =>
          size === undefined ? [] : [[name, size] as [string, typeof size]],
        ),
      }
    })
}

/** The content as if it had been read. */
export function asRead({ images, sizes }: Content): PolygonFile {
  return {
    path: 'source',
    format: 'jsonl',
    images: new Map(
      images.map(([name, regions]) => [
        name,
        regions.map((region, i) => ({ ...region, place: `source: ${name}[${i}]` })),
      ]),
    ),
    ...(sizes.length === 0 ? {} : { sizes: new Map(sizes) }),
  }
}

export function contentOf({ images, sizes }: PolygonFile): Content {
  return {
    images: [...images].map(([name, regions]) => [name, regions.map(({ place: _, ...rest }) => rest)]),
    sizes: [...(sizes ?? [])],
  }
}
