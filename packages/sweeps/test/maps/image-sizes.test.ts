import { describe, expect, it } from 'vitest'
import { imageSizes, parseSize } from '../../src/maps/image-sizes.js'
import { failure } from '../support/failure.js'

describe('parseSize', () => {
  it.each([
    ['1280x720', { width: 1280, height: 720 }],
    [' 1 X 2 ', { width: 1, height: 2 }],
    ['640×480', { width: 640, height: 480 }],
  ])('reads %s', (text, size) => {
    expect(parseSize(text)).toEqual(size)
  })

  it.each([
    '',
    '1280',
    '1280x',
    'x720',
    '0x5',
    '5x0',
    '-1x5',
    '1.5x2',
    '1280x720x3',
    '9999999999x1',
    'wide',
    '12,34',
  ])('refuses %j', async (text) => {
    expect(await failure(() => parseSize(text))).toBe(
      `${JSON.stringify(text)} is not an image size. Write width x height in pixels, such as 1280x720.`,
    )
  })
})

describe('imageSizes', () => {
  const entries = ['a', 'b'].map((image) => ({
    image,
    file: `maps/${image}.npy`,
    place: '',
    width: 64,
    height: 32,
  }))

  it('takes the index by name, the size for all, or the map itself', () => {
    const index = [
      { image: 'b.jpg', width: 3, height: 4 },
      { image: 'c', width: 5, height: 6 },
      { image: 'a', width: 1, height: 2 },
    ]
    expect([...imageSizes(entries, index)]).toEqual([
      ['a', { width: 1, height: 2 }],
      ['b', { width: 3, height: 4 }],
    ])
    expect([...imageSizes(entries, { width: 7, height: 8 }).values()]).toEqual([
      { width: 7, height: 8 },
      { width: 7, height: 8 },
    ])
    expect(imageSizes(entries).get('b')).toEqual({ width: 64, height: 32 })
  })

  it('names the map that the index lacks', async () => {
    expect(await failure(() => imageSizes(entries, [{ image: 'a', width: 1, height: 2 }]))).toBe(
      'maps/b.npy: the index has no entry for image "b" among its 1. Add {"image": "b", "width": ..., "height": ...}.',
    )
  })
})
