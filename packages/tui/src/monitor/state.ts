import type { Scores } from '@thresher/core'
import type { Size } from '@thresher/native'
import type { ThresholdProgress, ThresholdResult } from '@thresher/sweeps'
import { finalRows, NO_ROWS, provisionalRows, type RowSource } from './rows.js'
import { tableHeight } from './screen-layout.js'

/** Which row is selected, and where the visible part of the table begins. */
interface Cursor {
  readonly index: number
  readonly offset: number
  /** The selected setting, once somebody has moved; until then the selection stays on the leader. */
  readonly key: number | undefined
}

interface Notice {
  readonly text: string
  readonly until: number
}

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
  | { readonly type: 'tick' }
  | { readonly type: 'resize'; readonly size: Size }
  | { readonly type: 'move'; readonly by: number | 'page-up' | 'page-down' | 'first' | 'last' }
  | { readonly type: 'help'; readonly open: boolean }
  | { readonly type: 'confirm'; readonly open: boolean }
  | { readonly type: 'stopping' }
  | { readonly type: 'notice'; readonly text: string }

const NOTICE_MS = 6000

export function initialState(size: Size, now: number): MonitorState {
  return {
    size,
    now,
    progress: undefined,
    progressAt: now,
    baseline: undefined,
    rows: NO_ROWS,
    result: undefined,
    cursor: { index: 0, offset: 0, key: undefined },
    help: false,
    confirming: false,
    stopping: false,
    notice: undefined,
  }
}

/** The state after an event at time `now`. */
export function reduce(state: MonitorState, event: MonitorEvent, now: number): MonitorState {
  const notice = state.notice && now < state.notice.until ? state.notice : undefined
  const next = { ...state, now, notice }
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
      return keepInView({ ...next, size: event.size })
    case 'move':
      return moved(next, event.by)
    case 'help':
      return { ...next, help: event.open }
    case 'confirm':
      return { ...next, confirming: event.open }
    case 'stopping':
      return { ...next, stopping: true, confirming: false }
    case 'notice':
      return { ...next, notice: { text: event.text, until: now + NOTICE_MS } }
  }
}

function withProgress(state: MonitorState, progress: ThresholdProgress): MonitorState {
  if (state.result) return state
  const next = { ...state, progress, progressAt: state.now }
  if (!progress.standings) return next
  return withRows({ ...next, baseline: progress.standings.baseline }, provisionalRows(progress.standings))
}

/** New rows: the selection goes with its setting, or stays in place where that is no longer among them. */
function withRows(state: MonitorState, rows: RowSource): MonitorState {
  const { cursor } = state
  if (cursor.key === undefined) return keepInView({ ...state, rows, cursor: { ...cursor, index: 0 } })
  const found = rows.find(cursor.key)
  const index = found >= 0 ? found : Math.min(cursor.index, Math.max(0, rows.count - 1))
  return keepInView({ ...state, rows, cursor: { ...cursor, index, key: rows.at(index)?.key } })
}

function moved(state: MonitorState, by: number | 'page-up' | 'page-down' | 'first' | 'last'): MonitorState {
  const { rows, cursor, size } = state
  if (rows.count === 0) return state
  const page = Math.max(1, tableHeight(size) - 1)
  const last = rows.count - 1
  const target = { 'page-up': cursor.index - page, 'page-down': cursor.index + page, first: 0, last }
  const index = Math.max(0, Math.min(last, typeof by === 'number' ? cursor.index + by : target[by]))
  return keepInView({ ...state, cursor: { ...cursor, index, key: rows.at(index)?.key } })
}

/** Scrolls as little as needed to show the selected row. */
function keepInView(state: MonitorState): MonitorState {
  const { cursor, rows, size } = state
  const height = Math.max(1, tableHeight(size))
  const furthest = Math.max(0, rows.count - height)
  const offset = Math.max(0, Math.min(cursor.offset, furthest, cursor.index))
  const lowest = cursor.index - height + 1
  return { ...state, cursor: { ...cursor, offset: Math.max(offset, lowest) } }
}
