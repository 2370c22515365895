import type { Size } from '@thresher/native'
import type { ThresholdProgress } from '@thresher/sweeps'
import { initialState, type MonitorEvent, type MonitorState, reduce } from './state.js'

/** The monitor's state outside React, shaped for useSyncExternalStore. */
export interface MonitorStore {
  getSnapshot(): MonitorState
  subscribe(listener: () => void): () => void
  /** Applies an event at once: keys and results must not wait. */
  dispatch(event: MonitorEvent): void
  /** Takes progress, which comes faster than anybody reads; it is applied with the next flush. */
  progress(progress: ThresholdProgress): void
  dispose(): void
}

const FLUSH_MS = 100
const TICK_MS = 1000

/** `now` gives milliseconds; every time shown comes from it. */
export function createMonitorStore(size: Size, now: () => number): MonitorStore {
  let state = initialState(size, now())
  let pending: ThresholdProgress | undefined
  let ticked = now()
  const listeners = new Set<() => void>()

  const set = (next: MonitorState) => {
    if (next === state) return
    state = next
    for (const listener of listeners) listener()
  }
  const dispatch = (event: MonitorEvent) => set(reduce(state, event, now()))
  const flush = () => {
    if (pending) {
      const progress = pending
      pending = undefined
      ticked = now()
      dispatch({ type: 'progress', progress })
    } else if (now() - ticked >= TICK_MS) {
      ticked = now()
      dispatch({ type: 'tick' })
    }
  }
  const timer = setInterval(flush, FLUSH_MS)

  return {
    getSnapshot: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    dispatch(event) {
      flush()
      dispatch(event)
    },
    progress(progress) {
      // Standings come with some events only; the latest must not be lost between two flushes.
      const standings = progress.standings ?? pending?.standings
      pending = standings ? { ...progress, standings } : progress
    },
    dispose: () => clearInterval(timer),
  }
}
