import type { Size } from '@thresher/native'
import { createMonitorStore, type MonitorStore } from '../store.js'
import { furthestOffset, type TrainingScreen } from './screen-lines.js'
import { initialState, reduce, type TrainingEvent, type TrainingState } from './state.js'

/** The store of a training sweep's view. `now` gives milliseconds of a clock that never goes back. */
export function createTrainingStore(
  size: Size,
  now: () => number,
  screen: TrainingScreen,
): MonitorStore<TrainingState, TrainingEvent> {
  return createMonitorStore<TrainingState, TrainingEvent>({
    initial: initialState(size, now()),
    // How long the page about a run is depends on what is drawn on it.
    reduce: (state, event, at) => {
      const next = reduce(state, event, at)
      if (!next.page) return next
      const furthest = furthestOffset(next, screen)
      return next.page.offset <= furthest ? next : { ...next, page: { ...next.page, offset: furthest } }
    },
    now,
  })
}
