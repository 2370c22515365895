import { describe, expect, it } from 'vitest'
import { findImage } from '../../src/files/image-name.js'

describe('findImage', () => {
  const images = new Map([
    ['img_1', 1],
    ['img_2.jpg', 2],
    ['val/img_3.png', 3],
    ['a/img_4.png', 4],
    ['b/img_4.png', 5],
    ['file/prob', 6],
  ])

  it.each([
    ['img_1', 1],
    ['img_1.jpg', 1],
    ['test/img_1.JPEG', 1],
    ['img_2', 2],
    ['img_2.png', 2],
    ['img_3', 3],
    ['a/img_4.png', 4],
    ['file/prob', 6],
  ])('finds %s', (name, value) => {
    expect(findImage(images, name)).toBe(value)
  })

  it.each(['img_4', 'img_4.png', 'prob', 'img_5', 'img_1.txt', ''])('does not guess %j', (name) => {
    expect(findImage(images, name)).toBeUndefined()
  })
})
