import { describe, expect, test } from 'vitest'
import { nearest } from '../../src/commands/nearest.js'
import { integer, oneOf, parameterValue } from '../../src/commands/values.js'

describe('parameterValue', () => {
  test.each(['0.3', '.3', '3e-1', '+0.3', '0', '1'])('takes %s', (text) => {
    expect(parameterValue('thresh')(text)).toBe(Number(text))
  })

  test.each(['', ' ', '1e', '0x1', 'NaN', 'Infinity', '0.3 ', '0,3', '--', '1_0', '-0.1', '1.1', '1e999'])(
    'refuses "%s"',
    (text) => expect(() => parameterValue('thresh')(text)).toThrow(),
  )
})

describe('integer', () => {
  test.each(['1', '16', '1023'])('takes %s', (text) => expect(integer(1, 1023)(text)).toBe(Number(text)))
  test.each(['', '0', '1024', '2.0', '-1', '1e3', '0x10', ' 4', 'all', '99999999999999999999'])(
    'refuses "%s"',
    (text) => {
      expect(() => integer(1, 1023)(text)).toThrow('It is a whole number from 1 to 1023.')
    },
  )
})

describe('oneOf', () => {
  test('suggests the word that was meant', () => {
    expect(() => oneOf(['paddleocr', 'mhliao'])('padleocr')).toThrow(
      'Did you mean paddleocr? It is one of paddleocr, mhliao.',
    )
  })
  test('suggests nothing far-fetched', () => {
    expect(() => oneOf(['quad', 'poly'])('circle')).toThrow(/^It is one of quad, poly\.$/)
  })
})

test.each([
  ['quda', 'quad'],
  ['pol', 'poly'],
  ['QUAD', 'quad'],
  ['zzzz', undefined],
])('nearest to %s is %s', (text, word) => expect(nearest(text, ['quad', 'poly'])).toBe(word))
