import { describe, expect, test } from 'vitest'
import { follow, inView, type KeyedRows, type Move, moved, TOP } from '../../src/monitor/cursor.js'

const HEIGHT = 5

function rows(keys: readonly number[], pinned = 0): KeyedRows {
  return {
    count: keys.length,
    pinned,
    at: (index) => (keys[index] === undefined ? undefined : { key: keys[index] }),
    find: (key) => keys.indexOf(key),
  }
}

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i * 10)

describe('a cursor over rows of which the first is pinned', () => {
  test('begins below it, and with it where there is nothing else', () => {
    expect(follow(TOP, rows(upTo(9), 1), HEIGHT)).toMatchObject({ index: 1, offset: 0, key: undefined })
    expect(follow(TOP, rows([7], 1), HEIGHT).index).toBe(0)
    expect(follow(TOP, rows([]), HEIGHT).index).toBe(0)
  })

  test('is always in view, wherever it goes', () => {
    const all = rows(upTo(30), 1)
    const moves: readonly Move[] = ['last', -1, 'page-up', 'page-up', 1, 'first', 1, 1, 'page-down', 3, -1]
    let cursor = follow(TOP, all, HEIGHT)
    for (const by of moves) {
      cursor = moved(cursor, all, by, HEIGHT)
      expect(cursor.key).toBe(all.at(cursor.index)?.key)
      if (cursor.index === 0) expect(cursor.offset).toBe(0)
      else {
        expect(cursor.index - 1).toBeGreaterThanOrEqual(cursor.offset)
        expect(cursor.index - 1).toBeLessThan(cursor.offset + HEIGHT)
      }
    }
    expect(moved(cursor, all, 'last', HEIGHT)).toMatchObject({ index: 29, offset: 24 })
    expect(moved(cursor, all, 'first', HEIGHT)).toMatchObject({ index: 0, offset: 0 })
  })

  test('goes with its row, and does not fall on the pinned one where that is gone', () => {
    const cursor = moved(follow(TOP, rows(upTo(9), 1), HEIGHT), rows(upTo(9), 1), 2, HEIGHT)
    expect(cursor.key).toBe(30)
    expect(follow(cursor, rows([0, 5, 10, 20, 30], 1), HEIGHT)).toMatchObject({ index: 4, key: 30 })
    expect(follow(cursor, rows([0, 5], 1), HEIGHT)).toMatchObject({ index: 1, key: 5 })
    expect(follow(cursor, rows([0], 1), HEIGHT)).toMatchObject({ index: 0, key: 0 })
  })

  test('stays in view where the table shrinks', () => {
    const all = rows(upTo(30), 1)
    const cursor = moved(TOP, all, 'last', 20)
    expect(inView(cursor, all, 3)).toMatchObject({ index: 29, offset: 26 })
    expect(inView(cursor, all, 0)).toMatchObject({ index: 29, offset: 28 })
  })
})
