import { describe, expect, it } from 'vitest'
import { readIndex } from '../../src/maps/index-file.js'
import { failure } from '../support/failure.js'
import { temporaryFolder } from '../support/temporary-folder.js'

describe('readIndex', () => {
  const folder = temporaryFolder()

  it('reads names and sizes and leaves other keys alone', async () => {
    const path = folder.write('index.json', '\uFEFF[{"image": "a", "width": 3, "height": 4, "map_width": 1}]')
    expect(await readIndex(path)).toEqual([{ image: 'a', width: 3, height: 4 }])
    expect(await readIndex(folder.write('empty.json', '[]'))).toEqual([])
  })

  it.each([
    ['{"image": "a"}', 'not a list.'],
    ['', 'not JSON (Unexpected end of JSON input).'],
    ['[{"image": "a",\n}]', 'not JSON ('],
    ['[1]', 'entry 0 (from 0): is not an object.'],
    ['[{"width": 1, "height": 1}]', 'entry 0 (from 0): image is not a text.'],
    ['[{"image": "", "width": 1, "height": 1}]', 'entry 0 (from 0): image is empty.'],
    [
      '[{"image": "a", "width": 1, "height": 1}, {"image": "b", "width": 1}]',
      'entry 1 (from 0): height is not a whole number.',
    ],
    ['[{"image": "a", "width": 1.5, "height": 1}]', 'entry 0 (from 0): width is not a whole number.'],
    ['[{"image": "a", "width": "1", "height": 1}]', 'entry 0 (from 0): width is not a whole number.'],
    ['[{"image": "a", "width": 0, "height": 1}]', 'entry 0 (from 0): width is not above 0.'],
    ['[{"image": "a", "width": 1, "height": 4294967296}]', 'entry 0 (from 0): height is too large.'],
    [
      '[{"image": "a", "width": 1, "height": 1}, {"image": "a", "width": 2, "height": 1}]',
      'entries 0 and 1 (from 0) both name "a".',
    ],
  ])('refuses %s', async (text, message) => {
    const path = folder.write('bad.json', text)
    expect(await failure(() => readIndex(path))).toContain(`${path}: ${message}`)
  })

  it('names a missing file', async () => {
    expect(await failure(() => readIndex('no/index.json'))).toBe(
      'no/index.json: no such file or folder. Check the path.',
    )
    expect(await failure(() => readIndex(folder.path))).toContain('not a file.')
  })
})
