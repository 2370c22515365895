import { describe, expect, test } from 'vitest'
import { paint } from '../../src/output/style.js'
import { clip, clipLine, displayWidth, printable, spread, wrapWords } from '../../src/output/text.js'

describe('displayWidth', () => {
  test.each([
    ['abc', 3],
    ['영수증', 6],
    ['e\u0301', 1],
    ['├─●─┤', 5],
    ['🧾', 2],
  ])('%s takes %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width)
  })
})

describe('clip', () => {
  test('leaves alone what fits', () => expect(clip('abc', 3, '…')).toBe('abc'))
  test('ends in the ellipsis', () => expect(clip('abcdef', 4, '…')).toBe('abc…'))
  test('never splits a wide character', () => {
    expect(clip('영수증', 4, '…')).toBe('영…')
    expect(displayWidth(clip('영수증', 4, '…'))).toBeLessThanOrEqual(4)
  })
  test('gives nothing where nothing fits', () => expect(clip('abc', 0, '…')).toBe(''))
})

describe('clipLine', () => {
  const line = [{ text: 'one ' }, { text: 'two ', tone: 'better' as const }, { text: 'three' }]
  const clipped = (width: number) => paint(clipLine(line, width, '…'), false)

  test.each([
    [13, 'one two three'],
    [12, 'one two thr…'],
    [8, 'one two…'],
    [4, 'one…'],
    [1, '…'],
  ])('at %i columns', (width, text) => expect(clipped(width)).toBe(text))
})

test('spread drops the right part where both do not fit', () => {
  const [left, right] = [[{ text: 'left' }], [{ text: 'right' }]]
  expect(paint(spread(left, right, 12), false)).toBe('left   right')
  expect(paint(spread(left, right, 10), false)).toBe('left')
})

test('wrapWords breaks between words only', () => {
  expect(wrapWords('aa bb cccccc d', 5)).toEqual(['aa bb', 'cccccc', 'd'])
})

test('printable takes the control characters out of a name', () => {
  expect(printable('a\u001b[2Jb\n')).toBe('a?[2Jb?')
})
