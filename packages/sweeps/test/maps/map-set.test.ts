import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { getuid } from 'node:process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type OpenMapsOptions, openMaps } from '../../src/maps/map-set.js'
import type { ReadMapsOptions } from '../../src/maps/types.js'
import { failure } from '../support/failure.js'
import { type NpyContent, npyBytes, withHeader } from '../support/npy-bytes.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { zipBytes } from '../support/zip-bytes.js'

const folder = temporaryFolder()

/** Everything in a set: name to size and values. */
async function readAll(
  paths: string | string[],
  options: OpenMapsOptions = {},
  reading: ReadMapsOptions = {},
) {
  const set = await openMaps([paths].flat(), options)
  const maps: Record<string, { size: string; values: number[] }> = {}
  for await (const { entry, map } of set.read(reading)) {
    expect([map.width, map.height]).toEqual([entry.width, entry.height])
    maps[entry.image] = { size: `${map.height} x ${map.width}`, values: [...map.data] }
  }
  return maps
}

async function namesIn(paths: string | string[], options: OpenMapsOptions = {}): Promise<string[]> {
  return (await openMaps([paths].flat(), options)).entries.map((entry) => entry.image)
}

function small(count = 1, value = 0.5): Uint8Array {
  const shape = count === 1 ? [2, 3] : [count, 2, 3]
  return npyBytes({ type: 'float32', shape, values: Array<number>(6 * count).fill(value) })
}

describe('values', () => {
  const shape = fc.oneof(
    fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })),
    fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })),
    fc.tuple(
      fc.integer({ min: 1, max: 5 }),
      fc.constant(1),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
    ),
  )
  const content = fc
    .record({
      type: fc.constantFrom('float32', 'float16', 'uint8'),
      bigEndian: fc.boolean(),
      fortranOrder: fc.boolean(),
      version: fc.constantFrom(1, 2, 3),
      shape,
      seed: fc.integer({ min: 0, max: 1023 }),
    })
    .map(({ seed, ...rest }): NpyContent => {
      const count = rest.shape.reduce((product, size) => product * size, 1)
      // Exact in every type: bytes, or eleven significant bits.
      const values = Array.from({ length: count }, (_, i) => (i * 37 + seed) % 1024)
      return { ...rest, values: values.map((v) => (rest.type === 'uint8' ? v % 256 : v / 1024)) }
    })

  it('come out as they went in, whatever the type, order and rank', { timeout: 30_000 }, async () => {
    let run = 0
    await fc.assert(
      fc.asyncProperty(content, fc.boolean(), fc.boolean(), async (array, archive, compress) => {
        const name = `roundtrip/${run++}`
        const bytes = npyBytes(array)
        const path = archive
          ? folder.write(`${name}.npz`, await zipBytes({ 'prob.npy': bytes }, compress))
          : folder.write(`${name}.npy`, bytes)
        const [width, height] = array.shape.toReversed() as [number, number]
        const planes = Object.values(await readAll(path))
        const expected = array.values.map((v) => Math.fround(array.type === 'uint8' ? v / 255 : v))
        expect(planes.flatMap((plane) => plane.values)).toEqual(expected)
        expect(new Set(planes.map((plane) => plane.size))).toEqual(new Set([`${height} x ${width}`]))
      }),
      { numRuns: 300 },
    )
  })

  it('of a large array cross every chunk boundary', { timeout: 30_000 }, async () => {
    const shape = [3, 350, 420]
    const values = Array.from({ length: 3 * 350 * 420 }, (_, i) => ((i * 7919) % 2048) / 2048)
    for (const fortranOrder of [false, true]) {
      const bytes = npyBytes({ type: 'float32', fortranOrder, shape, values })
      const path = folder.write('large.npz', await zipBytes({ 'prob.npy': bytes }))
      const maps = await readAll(path)
      expect(Object.keys(maps)).toEqual(['large#0', 'large#1', 'large#2'])
      for (const [i, { values: plane }] of Object.values(maps).entries()) {
        expect(plane.every((value, at) => value === values[i * 147_000 + at])).toBe(true)
      }
    }
  })

  it('are in a buffer of their own for every map', async () => {
    const path = folder.write(
      'own.npy',
      npyBytes({ type: 'float32', shape: [2, 1, 1], values: [0.25, 0.75] }),
    )
    const kept = []
    for await (const { map } of (await openMaps([path])).read()) kept.push(map.data)
    expect(kept.map((data) => [...data])).toEqual([[0.25], [0.75]])
    expect(kept[0]!.buffer).not.toBe(kept[1]!.buffer)
  })

  it.each([
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['-infinity', Number.NEGATIVE_INFINITY],
  ])('that are %s are refused with their place', async (name, value) => {
    for (const type of ['float32', 'float16'] as const) {
      const values = Array<number>(24).fill(0.5)
      values[12 + 2 * 4 + 3] = value
      const path = folder.write(
        `${type}.npz`,
        await zipBytes({ 'prob.npy': npyBytes({ type, shape: [2, 3, 4], values }) }),
      )
      expect(await failure(() => readAll(path))).toBe(
        `${path}: prob#1 is ${name} at row 2, column 3 (from 0); a probability is a finite number. Check the network's output with np.isfinite before saving.`,
      )
    }
  })

  it('outside 0 to 1 are used and told once', async () => {
    const notices: string[] = []
    const paths = [-1, 2, 3].map((value, i) => folder.write(`logits/${i}.npy`, small(1, value)))
    const maps = await readAll(paths, { onNotice: (line) => notices.push(line) })
    expect(maps['0']!.values).toEqual([-1, -1, -1, -1, -1, -1])
    expect(notices).toEqual([
      `${paths[0]}: the array has values from -1 to 1; probabilities are 0 to 1. They are used as they are; apply a sigmoid before saving if these are logits.`,
    ])
  })

  it('of 0 and 1 themselves need no notice', async () => {
    const path = folder.write('edge.npy', npyBytes({ type: 'float32', shape: [1, 3], values: [0, -0, 1] }))
    await readAll(path, { onNotice: (line) => expect.fail(line) })
  })
})

describe('names', () => {
  it('are the stem, the key where there are several, and the number in a stack', async () => {
    const one = folder.write('names/one.npz', await zipBytes({ 'prob.npy': small() }))
    const stack = folder.write('names/stack.npy', small(2))
    const mixed = folder.write(
      'names/mixed.v2.npz',
      await zipBytes({ 'b.npy': small(2), 'note.txt': 'x', 'a.npy': small() }),
    )
    const set = await openMaps([one, stack, mixed])
    expect(set.entries.map(({ image, place }) => [image, place])).toEqual([
      ['one', 'prob'],
      ['stack#0', '#0'],
      ['stack#1', '#1'],
      ['mixed.v2/b#0', 'b#0'],
      ['mixed.v2/b#1', 'b#1'],
      ['mixed.v2/a', 'a'],
    ])
    expect(set.entries[0]).toMatchObject({ file: one, width: 3, height: 2 })
  })

  it('are found in folders in natural order', async () => {
    for (const name of ['10', '2', 'sub/1']) folder.write(`order/${name}.npy`, small())
    folder.write('order/index.json', '[]')
    expect(await namesIn(join(folder.path, 'order'))).toEqual(['2', '10', '1'])
  })

  it('come from an index as long as a stack, unless it knows the maps by their own', async () => {
    const stack = folder.write('maps.npy', small(2))
    const single = folder.write(
      'single.npy',
      npyBytes({ type: 'float32', shape: [1, 2, 3], values: [0, 0, 0, 0, 0, 0] }),
    )
    const entry = (image: string) => ({ image, width: 6, height: 4 })
    expect(await namesIn(stack, { index: [entry('cat'), entry('dog')] })).toEqual(['cat', 'dog'])
    expect(await namesIn(stack, { index: [entry('cat')] })).toEqual(['maps#0', 'maps#1'])
    expect(await namesIn(stack, { index: [entry('maps#1'), entry('maps#0')] })).toEqual(['maps#0', 'maps#1'])
    expect(await namesIn(single, { index: [entry('cat')] })).toEqual(['cat'])
    expect(await namesIn(single, { index: [entry('single')] })).toEqual(['single'])
    expect(await namesIn([single, stack], { index: [entry('cat')] })).toEqual(['single', 'maps#0', 'maps#1'])
  })

  it('must differ', async () => {
    const a = folder.write('twice/a/x.npy', small())
    const b = folder.write('twice/b/x.npz', await zipBytes({ 'p.npy': small() }))
    expect(await failure(() => openMaps([join(folder.path, 'twice')]))).toBe(
      `${a} and ${b} (p) are both maps of image "x"; an image has one map. Remove or rename one.`,
    )
    expect(await failure(() => openMaps([a, a]))).toBe(
      `${a} is given twice of image "x"; an image has one map. Remove or rename one.`,
    )
  })
})

describe('reading', () => {
  it('leaves out what was not asked for', async () => {
    for (const fortranOrder of [false, true]) {
      const values = Array.from({ length: 12 }, (_, i) => i / 16)
      const stack = npyBytes({ type: 'float16', fortranOrder, shape: [4, 1, 3], values })
      const path = folder.write('some.npz', await zipBytes({ 'prob.npy': stack }))
      const maps = await readAll(path, {}, { only: new Set(['some#1', 'some#3', 'elsewhere']) })
      expect(maps).toEqual({
        'some#1': { size: '1 x 3', values: values.slice(3, 6) },
        'some#3': { size: '1 x 3', values: values.slice(9, 12) },
      })
    }
  })

  it('can be repeated and stopped', async () => {
    const path = folder.write('stop.npy', small(5))
    const set = await openMaps([path])
    for (let pass = 0; pass < 2; pass++) {
      const stop = new AbortController()
      const seen: string[] = []
      await expect(async () => {
        for await (const { entry } of set.read({ signal: stop.signal })) {
          seen.push(entry.image)
          if (seen.length === 2) stop.abort()
        }
      }).rejects.toThrow('aborted')
      expect(seen).toEqual(['stop#0', 'stop#1'])
    }
  })

  it('checks the archive before the last map is handed out', async () => {
    const zip = await zipBytes({ 'prob.npy': small(2) }, false)
    const data = zip.indexOf(Buffer.from(Float32Array.of(0.5).buffer))
    zip[data + 4 * 11]! ^= 1
    const path = folder.write('flipped.npz', zip)
    const seen: string[] = []
    const message = await failure(async () => {
      for await (const { entry } of (await openMaps([path])).read()) seen.push(entry.image)
    })
    expect(message).toBe(
      `${path}: prob.npy is damaged (its CRC-32 does not match). Copy or save the file again.`,
    )
    expect(seen).toEqual(['flipped#0'])
  })
})

describe('bad input is one line', () => {
  const header = (shape: string, descr = "'<f4'", order = 'False') =>
    `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }`
  const data = new Uint8Array(24)
  const float64 = "'<f8'"

  it.each<[string, Uint8Array, string]>([
    ['empty', new Uint8Array(0), 'the array has 0 bytes; a .npy file has more.'],
    ['text', Buffer.from('hello, this is text'), 'the array is no .npy file. Save it with numpy.save.'],
    ['png', Buffer.from('\x89PNG\r\n\x1a\n0000', 'latin1'), 'is no .npy file but a picture'],
    ['jpeg', Buffer.from('\xff\xd8\xff\xe000000000', 'latin1'), 'is no .npy file but a picture'],
    [
      'zip',
      Buffer.from('PK\x03\x04000000000', 'latin1'),
      'is no .npy file but a zip archive: rename it .npz.',
    ],
    [
      'version',
      withHeader(header('(2, 3)'), data).with(6, 4),
      'has .npy format version 4.0; 1.0, 2.0 and 3.0 are read',
    ],
    ['minor', withHeader(header('(2, 3)'), data).with(7, 1), 'has .npy format version 1.1'],
    ['cut-header', withHeader(header('(2, 3)'), data).slice(0, 60), 'ends inside its header'],
    ['cut-length', withHeader(header('(2, 3)'), data, 2).slice(0, 11), 'ends inside its header'],
    [
      'cut',
      npyBytes({ type: 'float32', shape: [2, 3], values: Array(6).fill(0) }).slice(0, -1),
      'the array is 2 x 3 float32, 24 bytes, but only 23 follow: the copy was cut short. Copy or save it again.',
    ],
    ['long', withHeader(header('(2, 3)'), new Uint8Array(25)), 'but 25 follow: something else was added'],
    ['zero', withHeader(header('(2, 0, 3)'), data), 'the array is 2 x 0 x 3: it holds no values.'],
    ['scalar', withHeader(header('()'), data), 'the array is a single number; a map is H x W'],
    ['vector', withHeader(header('(6,)'), data), 'the array is 6 long; a map is H x W'],
    ['five', withHeader(header('(1, 1, 1, 2, 3)'), data), 'the array is 1 x 1 x 1 x 2 x 3; a map is H x W'],
    [
      'channels',
      withHeader(header('(1, 2, 1, 3)'), data),
      'the array is 1 x 2 x 1 x 3; a map is H x W, 1 x H x W, N x H x W or N x 1 x H x W. Save the probability channel alone.',
    ],
    ['huge', withHeader(header('(100000, 100000)'), data), 'a map has at most 268435456 values'],
    ['many', withHeader(header('(9007199254740991, 1, 1)'), data), 'an array holds at most 1000000 maps'],
    [
      'overflow',
      withHeader(header('(99999999999999999999, 1, 1)'), data),
      'damaged header (the number "99999999999999999999" is too large, character 51)',
    ],
    ['promised', withHeader(header('(16384, 16384)'), data), '1073741824 bytes, but only 24 follow'],
    ['negative', withHeader(header('(-2, -3)'), data), 'whose shape is no tuple of sizes'],
    ['list-shape', withHeader(header('[2, 3]'), data), 'whose shape is no tuple of sizes'],
    ['text-shape', withHeader(header("('2', 3)"), data), 'whose shape is no tuple of sizes'],
    [
      'float64',
      withHeader(header('(1, 3)', float64), data),
      'the array is float64 ("<f8"); a map is float32, float16 or uint8. Save it with .astype(np.float32).',
    ],
    ['int32', withHeader(header('(2, 3)', "'>i4'"), data), 'the array is int32 (">i4")'],
    ['bool', withHeader(header('(4, 6)', "'|b1'"), data), 'the array is bool ("|b1")'],
    ['object', withHeader(header('(1, 3)', "'|O'"), data), 'holds pickled Python objects'],
    ['record', withHeader(header('(2, 3)', "[('p', '<f4')]"), data), 'holds records (a structured dtype)'],
    ['odd', withHeader(header('(2, 3)', "'f4; rm'"), data), 'is unknown ("f4; rm")'],
    ['order', withHeader(header('(2, 3)', "'<f4'", '0'), data), 'fortran_order is not True or False'],
    [
      'keys',
      withHeader("{'descr': '<f4', 'shape': (2, 3)}", data),
      'header with the keys "descr", "shape"; they are descr, fortran_order, shape',
    ],
    [
      'extra-key',
      withHeader("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), 'x': 1}", data),
      'the keys "descr", "fortran_order", "shape", "x";',
    ],
    ['no-dict', withHeader("('<f4', False, (2, 3))", data), 'damaged header (it is no dictionary'],
    ['code', withHeader("__import__('os').system('x')", data), 'damaged header (unexpected "__import__"'],
    ['header-size', withHeader(header('(2, 3)').padEnd(70_000), data, 2), 'has a header of 70'],
  ])('%s', async (name, bytes, message) => {
    const npy = folder.write(`bad/${name}.npy`, bytes)
    const text = await failure(() => openMaps([npy]))
    expect(text.startsWith(`${npy}: `)).toBe(true)
    expect(text).toContain(message)
    const npz = folder.write(`bad/${name}.npz`, await zipBytes({ 'prob.npy': bytes }))
    expect(await failure(() => openMaps([npz]))).toBe(text.replace(npy, npz).replace('the array', 'prob'))
  })

  it('for an archive without arrays, or that is none', async () => {
    const empty = folder.write('bad/none.npz', await zipBytes({ 'readme.txt': 'x' }))
    expect(await failure(() => openMaps([empty]))).toContain('none.npz: no array in the archive.')
    const renamed = folder.write('bad/renamed.npz', small())
    expect(await failure(() => openMaps([renamed]))).toContain('renamed.npz: not a readable zip archive')
  })

  it('for paths that lead nowhere', async () => {
    mkdirSync(join(folder.path, 'nothing/here'), { recursive: true })
    const picture = folder.write('picture.png', 'x')
    expect(await failure(() => openMaps([]))).toBe(
      'No maps given. Name .npy or .npz files, or folders of these.',
    )
    expect(await failure(() => openMaps(['no/such.npy']))).toBe(
      'no/such.npy: no such file or folder. Check the path.',
    )
    expect(await failure(() => openMaps([join(folder.path, 'nothing')]))).toContain(
      'nothing: no .npy or .npz file in this folder.',
    )
    expect(await failure(() => openMaps([picture]))).toContain('picture.png: maps are .npy or .npz files')
    expect(await failure(() => openMaps([join(picture, 'x.npy')]))).toContain('a part of the path is a file')
    expect(await failure(() => openMaps(['/dev/null']))).toContain('neither a file nor a folder')
  })

  it.skipIf(getuid?.() === 0)(
    'for a file that may not be read (skipped for root, who may read everything)',
    async () => {
      const path = folder.write('bad/secret.npy', small())
      chmodSync(path, 0)
      expect(await failure(() => openMaps([path]))).toContain('secret.npy: permission denied.')
    },
  )

  it('names the first bad file in order, not the first found', async () => {
    const files = Array.from({ length: 40 }, (_, i) =>
      folder.write(`several/${i}.npy`, i < 7 ? small() : 'bad'),
    )
    expect(await failure(() => openMaps(files))).toContain('7.npy')
  })
})
