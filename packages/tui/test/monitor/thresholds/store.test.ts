import type { Standings } from '@thresher/sweeps'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { MonitorStore } from '../../../src/monitor/store.js'
import type { MonitorEvent, MonitorState } from '../../../src/monitor/thresholds/state.js'
import { createThresholdStore } from '../../../src/monitor/thresholds/store.js'
import { fakeStandings } from '../../support/fake-sweep.js'

let store: MonitorStore<MonitorState, MonitorEvent>
let changes: number

beforeEach(() => {
  vi.useFakeTimers()
  store = createThresholdStore({ width: 80, height: 24 }, () => Date.now())
  changes = 0
  store.subscribe(() => changes++)
})
afterEach(() => {
  store.dispose()
  vi.useRealTimers()
})

const progress = (imagesDone: number, standings?: Standings): MonitorEvent => ({
  type: 'progress',
  progress: {
    phase: 'evaluate' as const,
    round: 0,
    settings: 2079,
    imagesDone,
    images: 1000,
    fraction: imagesDone / 1000,
    elapsedSeconds: imagesDone / 100,
    ...(standings && { standings }),
  },
})

test('a flood of progress becomes at most ten changes a second', () => {
  for (let i = 1; i <= 500; i++) {
    store.defer(progress(i))
    vi.advanceTimersByTime(2)
  }
  expect(changes).toBeLessThanOrEqual(11)
  expect(store.getSnapshot().progress?.imagesDone).toBeGreaterThan(480)
})

test('standings are not lost between two flushes', () => {
  store.defer(progress(1, fakeStandings(1)))
  store.defer(progress(2))
  vi.advanceTimersByTime(100)
  expect(store.getSnapshot().rows.count).toBe(40)
  expect(store.getSnapshot().progress?.imagesDone).toBe(2)
})

test('keys act at once', () => {
  store.dispatch({ type: 'help', open: true })
  expect(changes).toBe(1)
  expect(store.getSnapshot().help).toBe(true)
})

test('the clock goes on while nothing is reported', () => {
  vi.advanceTimersByTime(3000)
  expect(changes).toBeGreaterThanOrEqual(2)
  expect(changes).toBeLessThanOrEqual(4)
})

test('after dispose nothing runs any more', () => {
  store.dispose()
  expect(vi.getTimerCount()).toBe(0)
})
