import { describe, expect, test } from 'vitest'
import { actionFor, KEY_TABLE, keyNames, type PressedKey } from '../../src/monitor/keys.js'

const NONE: PressedKey = {
  upArrow: false,
  downArrow: false,
  pageUp: false,
  pageDown: false,
  home: false,
  end: false,
  escape: false,
  ctrl: false,
  meta: false,
}

describe('keyNames', () => {
  test.each([
    ['', { upArrow: true }, ['up']],
    ['', { pageDown: true }, ['pagedown']],
    ['', { escape: true, meta: true }, ['escape']],
    ['c', { ctrl: true }, ['ctrl+c']],
    ['jjk', {}, ['j', 'j', 'k']],
    ['j\u0003', {}, ['j', 'ctrl+c']],
    [' ', {}, ['space']],
    ['x', { meta: true }, []],
  ] as const)('%j %o', (input, key, names) => expect(keyNames(input, { ...NONE, ...key })).toEqual(names))
})

describe('the key table', () => {
  test('gives every key one action', () => {
    const keys = KEY_TABLE.flatMap(({ keys }) => keys)
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('finds the action of a key, and none for others', () => {
    expect(actionFor('G')).toBe('last')
    expect(actionFor('g')).toBe('first')
    expect(actionFor('ctrl+c')).toBe('interrupt')
    expect(actionFor('x')).toBeUndefined()
  })
})
