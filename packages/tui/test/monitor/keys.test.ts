import { describe, expect, test } from 'vitest'
import { actionFor, keyNames, type PressedKey } from '../../src/monitor/keys.js'
import { KEY_TABLE } from '../../src/monitor/thresholds/keys.js'

const NONE: PressedKey = {
  upArrow: false,
  downArrow: false,
  pageUp: false,
  pageDown: false,
  home: false,
  end: false,
  return: false,
  backspace: false,
  delete: false,
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
    ['', { return: true }, ['enter']],
    ['', { delete: true }, ['backspace']],
    ['lr\r', {}, ['l', 'r', 'enter']],
    ['x\u007f', {}, ['x', 'backspace']],
    ['x', { meta: true }, []],
  ] as const)('%j %o', (input, key, names) => expect(keyNames(input, { ...NONE, ...key })).toEqual(names))
})

describe('the key table', () => {
  test('gives every key one action', () => {
    const keys = KEY_TABLE.flatMap(({ keys }) => keys)
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('finds the action of a key, and none for others', () => {
    expect(actionFor(KEY_TABLE, 'G')).toBe('last')
    expect(actionFor(KEY_TABLE, 'g')).toBe('first')
    expect(actionFor(KEY_TABLE, 'ctrl+c')).toBe('interrupt')
    expect(actionFor(KEY_TABLE, 'x')).toBeUndefined()
  })
})
