import type { Scores } from '@thresher/core'
import type { Size } from '@thresher/native'
import type { ThresholdProgress, ThresholdResult } from '@thresher/sweeps'
import { type Cursor, follow, inView, type Move, moved, TOP } from '../cursor.js'
import { type Notice, noticeAt, noticeIn } from '../notice.js'
import type { Tick } from '../store.js'
import { tableHeight } from './layout.js'
import { finalRows, NO_ROWS, provisionalRows, type RowSource } from './rows.js'

/** Everything the monitor shows. Never changed in place. */
export interface MonitorState {
  readonly size: Size
  /** Milliseconds, as of the last change or tick. */
  readonly now: number
  readonly progress: ThresholdProgress | undefined
  readonly progressAt: number
  readonly baseline: Scores | undefined
  readonly rows: RowSource
  readonly result: ThresholdResult | undefined
  readonly cursor: Cursor
  readonly help: boolean
  /** Asked to quit while the sweep runs: the next key decides. */
  readonly confirming: boolean
  readonly stopping: boolean
  readonly notice: Notice | undefined
}

export type MonitorEvent =
  | { readonly type: 'progress'; readonly progress: ThresholdProgress }
  | { readonly type: 'result'; readonly result: ThresholdResult }
  | { readonly type: 'resize'; readonly size: Size }
  | { readonly type: 'move'; readonly by: Move }
  | { readonly type: 'help'; readonly open: boolean }
  | { readonly type: 'confirm'; readonly open: boolean }
  | { readonly type: 'stopping' }
  | { readonly type: 'notice'; readonly text: string }

export function initialState(size: Size, now: number): MonitorState {
  return {
    size,
    now,
    progress: undefined,
    progressAt: now,
    baseline: undefined,
    rows: NO_ROWS,
    result: undefined,
    cursor: TOP,
    help: false,
    confirming: false,
    stopping: false,
    notice: undefined,
  }
}

/** The state after an event at time `now`. */
export function reduce(state: MonitorState, event: MonitorEvent | Tick, now: number): MonitorState {
  const next = { ...state, now, notice: noticeIn(state.notice, now) }
  switch (event.type) {
    case 'progress':
      return withProgress(next, event.progress)
    case 'result':
      return withRows(
        {
          ...next,
          result: event.result,
          baseline: event.result.ranking.baseline,
          confirming: false,
          stopping: false,
        },
        finalRows(event.result.ranking),
      )
    case 'tick':
      return next
    case 'resize':
      return { ...next, size: event.size, cursor: inView(next.cursor, next.rows, tableHeight(event.size)) }
    case 'move':
      return { ...next, cursor: moved(next.cursor, next.rows, event.by, tableHeight(next.size)) }
    case 'help':
      return { ...next, help: event.open }
    case 'confirm':
      return { ...next, confirming: event.open }
    case 'stopping':
      return { ...next, stopping: true, confirming: false }
    case 'notice':
      return { ...next, notice: noticeAt(event.text, now) }
  }
}

function withProgress(state: MonitorState, progress: ThresholdProgress): MonitorState {
  if (state.result) return state
  const next = { ...state, progress, progressAt: state.now }
  if (!progress.standings) return next
  return withRows({ ...next, baseline: progress.standings.baseline }, provisionalRows(progress.standings))
}

function withRows(state: MonitorState, rows: RowSource): MonitorState {
  return { ...state, rows, cursor: follow(state.cursor, rows, tableHeight(state.size)) }
}
