import type { Size } from '@thresher/native'
import { createMonitorStore, type MonitorStore } from '../store.js'
import { initialState, type MonitorEvent, type MonitorState, reduce } from './state.js'

/** The store of the thresholds' monitor. `now` gives milliseconds; every time shown comes from it. */
export function createThresholdStore(
  size: Size,
  now: () => number,
): MonitorStore<MonitorState, MonitorEvent> {
  return createMonitorStore<MonitorState, MonitorEvent>({
    initial: initialState(size, now()),
    reduce,
    now,
    merge: (earlier, later) => {
      // Standings come with some events only; the latest must not be lost between two flushes.
      if (earlier.type !== 'progress' || later.type !== 'progress') return later
      const standings = later.progress.standings ?? earlier.progress.standings
      return standings ? { ...later, progress: { ...later.progress, standings } } : later
    },
  })
}
