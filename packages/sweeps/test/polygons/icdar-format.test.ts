import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPolygons } from '../../src/polygons/read-polygons.js'
import type { Annotation } from '../../src/polygons/types.js'
import { failure } from '../support/failure.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const folder = temporaryFolder()
const QUAD = '1,2,30,2,30,9,1,9'
const POINTS = [1, 2, 30, 2, 30, 9, 1, 9]

/** The annotations of one file, without their places. */
async function read(text: string, name = 'gt_img_1.txt', confidences?: boolean) {
  const { images } = await readPolygons(folder.write(name, text), { confidences })
  expect(images.size).toBe(1)
  return [...images.values()][0]!.map(({ place: _, ...rest }) => rest)
}

async function texts(...lines: string[]): Promise<(string | undefined)[]> {
  const found = await read(lines.join('\n'))
  for (const { points } of found) expect(points).toEqual(POINTS)
  return found.map(({ text }) => text)
}

async function pointCounts(lines: readonly string[], confidences?: boolean): Promise<number[]> {
  return (await read(lines.join('\n'), 'gt_img_1.txt', confidences)).map(({ points }) => points.length / 2)
}

describe('quadrilaterals', () => {
  it('have eight coordinates and a text that may hold anything', async () => {
    expect(
      await texts(
        `${QUAD},Total`,
        `${QUAD},2015`,
        `${QUAD},12,000`,
        `${QUAD},1,234,567`,
        `${QUAD},a, b,c`,
        `${QUAD},`,
        QUAD,
        `${QUAD}, padded `,
      ),
    ).toEqual(['Total', '2015', '12,000', '1,234,567', 'a, b,c', '', undefined, ' padded '])
  })

  it('lose the quotes around a text and their escapes', async () => {
    expect(
      await texts(
        `${QUAD},"quoted, with comma"`,
        String.raw`${QUAD},"a \"b\" c:\\d"`,
        `${QUAD}, "spaces around" `,
        `${QUAD},"one side`,
        `${QUAD},say "hi"`,
        `${QUAD},""`,
      ),
    ).toEqual(['quoted, with comma', 'a "b" c:\\d', 'spaces around', '"one side', 'say "hi"', ''])
  })

  it("are don't care with ### and nothing else", async () => {
    const found = await read(
      ['###', '"###"', '####', ' ###', '# # #', ''].map((text) => `${QUAD},${text}`).join('\n'),
    )
    expect(found.map(({ ignore }) => ignore)).toEqual([true, true, false, false, false, false])
    expect((await read(QUAD))[0]).toEqual({ points: POINTS, ignore: false })
  })

  it('stand on lines that end in any way, after a byte order mark, with signs, decimals and blanks', async () => {
    const lines = [
      '\uFEFF 1 , 2,+30,2.0,3e1,9,1,9,a',
      '   ',
      `${QUAD},b\r`,
      '',
      '-1,-2.5,.5,2,30,9,01,009,c',
      '',
    ]
    const found = await read(lines.join('\r\n'))
    expect(found.map(({ points, text }) => [points, text])).toEqual([
      [POINTS, 'a'],
      [POINTS, 'b'],
      [[-1, -2.5, 0.5, 2, 30, 9, 1, 9], 'c'],
    ])
  })

  it('remember their line', async () => {
    const path = folder.write('gt_a.txt', `${QUAD},a\n\n${QUAD},b\n`)
    const { images } = await readPolygons(path)
    expect(images.get('a')!.map(({ place }) => place)).toEqual([`${path}:1`, `${path}:3`])
  })

  it('are quadrilaterals whatever their texts, amounts above all', async () => {
    const amount = fc
      .tuple(fc.nat(2e9), fc.constantFrom('', '원', ' won', '.50', ',-', ' USD'))
      .map(([value, unit]) => value.toLocaleString('en-US') + unit)
    const word = fc.oneof(
      amount,
      fc.constantFrom('2015', '0', '5', '3,5', '$1,234', '7,8,9,10'),
      fc.string({ unit: fc.constantFrom('a', ',', ' ', '"', '가', '.'), maxLength: 8 }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 12 }), async (words) => {
        const lines = [...words, 'word'].map((text) => `${QUAD},${text}`)
        expect(new Set(await pointCounts(lines))).toEqual(new Set([4]))
      }),
      { numRuns: 200 },
    )
  })
})

describe('polygons', () => {
  const points = (count: number) => Array.from({ length: count }, (_, i) => `${10 + i},${50 - i}`).join(',')

  it('have any count when no line has words and not all have eight', async () => {
    expect(await pointCounts([points(3), points(4), points(14)])).toEqual([3, 4, 14])
    expect(await pointCounts([points(5)])).toEqual([5])
  })

  it('have any count when many points stand before words', async () => {
    const found = await read(
      [
        `${points(7)},curved`,
        `${points(4)},straight`,
        `${points(5)},2015`,
        `${points(14)},###`,
        points(6),
      ].join('\n'),
    )
    expect(found.map(({ points: p, text, ignore }) => [p.length / 2, text, ignore])).toEqual([
      [7, 'curved', false],
      [4, 'straight', false],
      [5, '2015', false],
      [14, '###', true],
      [6, undefined, false],
    ])
  })

  it('are decided over the whole set, not file by file', async () => {
    folder.write('set/gt_1.txt', `${QUAD},3,500`)
    folder.write('set/gt_2.txt', `${QUAD},Tea\n${QUAD},Cake`)
    const { images } = await readPolygons(`${folder.path}/set`)
    expect(images.get('1')![0]).toMatchObject({ points: POINTS, text: '3,500' })
  })
})

describe('LTRB', () => {
  it('become corners from the top left on', async () => {
    const found = await read('1,2,30,9,word\n1,2,30,9\n1,2,30,9,2015\n1,2,30,9,12,000\n1,2,30,9,###')
    expect(found.map(({ points: p, text, ignore }) => [p, text, ignore])).toEqual(
      ['word', undefined, '2015', '12,000', '###'].map((text) => [POINTS, text, text === '###']),
    )
  })
})

describe('confidences', () => {
  const both = (list: Omit<Annotation, 'place'>[]) => list.map(({ confidence, text }) => [confidence, text])

  it('are read where the caller says so', async () => {
    expect(both(await read(`${QUAD},0.5,word\n${QUAD},1`, 'gt_1.txt', true))).toEqual([
      [0.5, 'word'],
      [1, undefined],
    ])
    expect(both(await read('1,2,30,9,0.25,word\n1,2,30,9,1', 'gt_1.txt', true))).toEqual([
      [0.25, 'word'],
      [1, undefined],
    ])
    const polygons = await read('1,2,30,2,30,9,0.5\n1,2,30,2,30,9,1,9,0,5,0.25', 'gt_1.txt', true)
    expect(polygons.map(({ points: p, confidence }) => [p.length, confidence])).toEqual([
      [6, 0.5],
      [10, 0.25],
    ])
    expect(both(await read(`${QUAD},0.5`, 'res_1.txt', false))).toEqual([[undefined, '0.5']])
  })

  it('are found in result files where every line has one', async () => {
    expect(both(await read(`${QUAD},0.5,word\n${QUAD},1`, 'res_1.txt'))).toEqual([
      [0.5, 'word'],
      [1, undefined],
    ])
    expect(both(await read('1,2,30,9,0.5\n1,2,30,9,0.75', 'res_1.txt'))).toEqual([
      [0.5, undefined],
      [0.75, undefined],
    ])
    expect(both(await read('1,2,30,2,30,9,0.5\n1,2,30,2,30,9,1,9,0,5,0.25', 'res_1.txt'))).toEqual([
      [0.5, undefined],
      [0.25, undefined],
    ])
  })

  it.each([
    ['in ground truth', 'gt_1.txt', `${QUAD},0.5\n${QUAD},1`],
    ['unless every line has one', 'res_1.txt', `${QUAD},0.5\n${QUAD},word`],
    ['beyond 1', 'res_1.txt', `${QUAD},0.5\n${QUAD},2015`],
    ['among whole numbers', 'res_1.txt', `${QUAD},0\n${QUAD},1`],
    ['where polygons go on', 'res_1.txt', `${QUAD}\n${QUAD},3,4`],
  ])('are not seen %s', async (_, name, text) => {
    for (const { confidence } of await read(text, name)) expect(confidence).toBeUndefined()
  })
})

describe('bad lines', () => {
  it.each([
    [
      `${QUAD},a\n1,2,3,4,5,6,7`,
      ':2: begins with 7 numbers and then ends; the lines here are x1,y1,x2,y2,x3,y3,x4,y4. Complete the line.',
    ],
    [`${QUAD},a\n\n1,2,3,nan,5,6,7,8,x`, ':3: begins with 3 numbers and then "nan";'],
    [`${QUAD},a\n1,2,3,4,5,6,7,inf`, ':2: begins with 7 numbers and then "inf";'],
    [`${QUAD},a\nhello`, ':2: begins with 0 numbers and then "hello";'],
    [
      `${QUAD},a\n1 2 3 4 5 6 7 8 tabs or blanks`,
      ':2: begins with 0 numbers and then "1 2 3 4 5 6 7 8 tabs…";',
    ],
    [
      '1,2,30,9\n1,2,30,9\n1,2,x',
      ':3: begins with 2 numbers and then "x"; the lines here are left,top,right,bottom.',
    ],
    ['1,2,3,4,5,6\n1,2,3,4,5,6,7,8\n1,2', ':3: begins with 2 numbers and then ends;'],
    [`${QUAD},a\n1,2,3,4,5,6,7,1e999,x`, ':2: number 8 is beyond 2147483647. Write image pixels.'],
    [`${QUAD},a\n-3e9,2,3,4,5,6,7,8`, ':2: number 1 is beyond 2147483647.'],
  ])('%j', async (text, message) => {
    const path = folder.write('bad.txt', text)
    expect(await failure(() => readPolygons(path))).toContain(path + message)
  })

  it('that lack a confidence', async () => {
    const path = folder.write('bad.txt', `${QUAD},0.5\n${QUAD},x`)
    expect(await failure(() => readPolygons(path, { confidences: true }))).toContain(
      ':2: begins with 8 numbers and then "x"; the lines here are x1,y1,x2,y2,x3,y3,x4,y4,confidence.',
    )
  })
})
