import { describe, expect, test } from 'vitest'
import { tableHeight } from '../../../src/monitor/thresholds/layout.js'
import {
  initialState,
  type MonitorEvent,
  type MonitorState,
  reduce,
} from '../../../src/monitor/thresholds/state.js'
import { fakeResult, fakeStandings, GRID } from '../../support/fake-sweep.js'

const SIZE = { width: 100, height: 30 }
const progress = (done: number, standings = fakeStandings(done)): MonitorEvent => ({
  type: 'progress',
  progress: {
    phase: 'evaluate',
    round: 0,
    settings: 2079,
    imagesDone: done,
    images: 12,
    fraction: done / 12,
    elapsedSeconds: done,
    standings,
  },
})
const play = (...events: readonly MonitorEvent[]): MonitorState =>
  events.reduce((state, event) => reduce(state, event, 0), initialState(SIZE, 0))
const down = { type: 'move', by: 1 } as const
const selected = (state: MonitorState) => state.rows.at(state.cursor.index)?.key

describe('the selection', () => {
  test('stays on the leader until somebody moves', () => {
    const [one, two] = [play(progress(1)), play(progress(1), progress(2))]
    expect(selected(one)).toBe(fakeStandings(1).top[0]?.index)
    expect(selected(two)).toBe(fakeStandings(2).top[0]?.index)
  })

  test('follows its setting through changing standings', () => {
    const before = play(progress(1), down, down, down)
    const key = selected(before)
    const after = reduce(before, progress(2), 0)
    expect(after.cursor.index).not.toBe(before.cursor.index)
    expect(selected(after)).toBe(key)
  })

  test('follows its setting into the final ranking', () => {
    const before = play(progress(1), down, down)
    const after = reduce(before, { type: 'result', result: fakeResult() }, 0)
    expect(selected(after)).toBe(selected(before))
    expect(after.rows.count).toBe(GRID.size)
  })

  test('keeps its place where its setting is no longer among the leaders', () => {
    const before = play(progress(1), down, down)
    const standings = {
      ...fakeStandings(2),
      top: fakeStandings(2).top.filter(({ index }) => index !== selected(before)),
    }
    const after = reduce(before, progress(2, standings), 0)
    expect(after.cursor.index).toBe(2)
    expect(selected(after)).toBe(standings.top[2]?.index)
  })

  test('never leaves the rows, and is always in view', () => {
    const done = play({ type: 'result', result: fakeResult() })
    const height = tableHeight(SIZE)
    const moves = ['last', -1, 'page-up', 'first', -1, 'page-down', 'page-down', 5, 'last', 1] as const
    let state = done
    for (const by of moves) {
      state = reduce(state, { type: 'move', by }, 0)
      const { index, offset } = state.cursor
      expect(index).toBeGreaterThanOrEqual(0)
      expect(index).toBeLessThan(GRID.size)
      expect(index - offset).toBeGreaterThanOrEqual(0)
      expect(index - offset).toBeLessThan(height)
    }
    expect(state.cursor.index).toBe(GRID.size - 1)
  })

  test('stays in view when the terminal shrinks', () => {
    const state = play(
      { type: 'result', result: fakeResult() },
      { type: 'move', by: 10 },
      { type: 'resize', size: { width: 80, height: 14 } },
    )
    expect(state.cursor.index - state.cursor.offset).toBeLessThan(tableHeight({ width: 80, height: 14 }))
    expect(state.cursor.index).toBe(10)
  })

  test('moving without rows does nothing', () => expect(play(down).cursor.index).toBe(0))
})

test('a notice goes away by itself', () => {
  const said = reduce(initialState(SIZE, 0), { type: 'notice', text: 'copied' }, 1000)
  expect(reduce(said, { type: 'tick' }, 2000).notice?.text).toBe('copied')
  expect(reduce(said, { type: 'tick' }, 60_000).notice).toBeUndefined()
})

test('progress after the result changes nothing that is shown', () => {
  const done = play({ type: 'result', result: fakeResult() })
  expect(reduce(done, progress(3), 0).rows).toBe(done.rows)
})
