import type { Size } from '@thresher/native'
import { BY_RANK, nextSortId, type SortOrder } from '../../training/sort.js'
import { NO_ACTIVITY, type SweepActivity } from '../../training/sweep-activity.js'
import type { TrainingView } from '../../training/training-view.js'
import { type Cursor, follow, inView, type Move, moved, TOP } from '../cursor.js'
import { type Notice, noticeAt, noticeIn } from '../notice.js'
import type { Tick } from '../store.js'
import { tableHeight } from './layout.js'
import { NO_ROWS, shownRows, type TrainingRows } from './rows.js'

/** Everything that the view of a training sweep shows. Never changed in place. */
export interface TrainingState {
  readonly size: Size
  /** Milliseconds, as of the last change or tick. */
  readonly now: number
  /** As the study was read last. */
  readonly latest: TrainingView | undefined
  /** What is shown: the latest, unless the table is held still. */
  readonly view: TrainingView | undefined
  readonly rows: TrainingRows
  readonly cursor: Cursor
  readonly order: SortOrder
  readonly filter: string
  /** Filter and cursor as they were before somebody typed at the filter; undefined while nobody does. */
  readonly beforeTyping: { readonly filter: string; readonly cursor: Cursor } | undefined
  readonly frozen: boolean
  /** The page about one run, and how far it is scrolled. */
  readonly page: { readonly key: number; readonly offset: number } | undefined
  readonly help: boolean
  /** Asked to quit while the sweep runs: the next key decides. */
  readonly confirming: boolean
  readonly stopping: boolean
  /** What the sweep says of itself: its trainer, its phase; nothing where others run it. */
  readonly activity: SweepActivity
  /** Why the sweep ended. */
  readonly ended: string | undefined
  readonly notice: Notice | undefined
  /** Why the study cannot be read at the moment. */
  readonly trouble: string | undefined
}

export type TrainingEvent =
  | { readonly type: 'view'; readonly view: TrainingView }
  | { readonly type: 'trouble'; readonly text: string }
  | { readonly type: 'resize'; readonly size: Size }
  | { readonly type: 'move'; readonly by: Move }
  | { readonly type: 'page'; readonly open: boolean }
  | { readonly type: 'sort'; readonly by: 1 | -1 }
  | { readonly type: 'reverse' }
  | {
      readonly type: 'filter'
      readonly change: 'begin' | 'commit' | 'cancel' | 'clear' | 'backspace' | { readonly typed: string }
    }
  | { readonly type: 'freeze' }
  | { readonly type: 'help'; readonly open: boolean }
  | { readonly type: 'confirm'; readonly open: boolean }
  | { readonly type: 'stopping' }
  | { readonly type: 'activity'; readonly activity: SweepActivity }
  | { readonly type: 'ended'; readonly text: string }
  | { readonly type: 'notice'; readonly text: string }

export function initialState(size: Size, now: number): TrainingState {
  return {
    size,
    now,
    latest: undefined,
    view: undefined,
    rows: NO_ROWS,
    cursor: TOP,
    order: BY_RANK,
    filter: '',
    beforeTyping: undefined,
    frozen: false,
    page: undefined,
    help: false,
    confirming: false,
    stopping: false,
    activity: NO_ACTIVITY,
    ended: undefined,
    notice: undefined,
    trouble: undefined,
  }
}

/** The state after an event at time `now`. */
export function reduce(state: TrainingState, event: TrainingEvent | Tick, now: number): TrainingState {
  const next = { ...state, now, notice: noticeIn(state.notice, now) }
  switch (event.type) {
    case 'tick':
      return next
    case 'view':
      return thawed({ ...next, latest: event.view, trouble: undefined })
    case 'trouble':
      return { ...next, trouble: event.text }
    case 'resize':
      return { ...next, size: event.size, cursor: inView(next.cursor, next.rows, tableHeight(event.size)) }
    case 'move':
      return next.page ? scrolled(next, event.by) : movedTo(next, event.by)
    case 'page':
      return { ...next, page: event.open ? pageOf(next) : undefined }
    case 'sort':
      return next.view
        ? withRows({ ...next, order: { ...next.order, id: nextSortId(next.view, next.order.id, event.by) } })
        : next
    case 'reverse':
      return withRows({ ...next, order: { ...next.order, reversed: !next.order.reversed } })
    case 'filter':
      return filtered(next, event.change)
    case 'freeze':
      return thawed({ ...next, frozen: !next.frozen })
    case 'help':
      return { ...next, help: event.open }
    case 'confirm':
      return { ...next, confirming: event.open }
    case 'stopping':
      return { ...next, stopping: true, confirming: false }
    case 'activity':
      return { ...next, activity: event.activity }
    case 'ended':
      return { ...next, ended: event.text, stopping: false, confirming: false }
    case 'notice':
      return { ...next, notice: noticeAt(event.text, now) }
  }
}

/** Shows the latest, unless the table is held still or a filter is being typed. */
function thawed(state: TrainingState): TrainingState {
  const held = state.view !== undefined && (state.frozen || state.beforeTyping !== undefined)
  return held || state.view === state.latest ? state : withRows({ ...state, view: state.latest })
}

function withRows(state: TrainingState): TrainingState {
  if (state.view === undefined) return state
  const rows = shownRows(state.view, state.filter, state.order)
  return { ...state, rows, cursor: follow(state.cursor, rows, tableHeight(state.size)) }
}

function movedTo(state: TrainingState, by: Move): TrainingState {
  return { ...state, cursor: moved(state.cursor, state.rows, by, tableHeight(state.size)) }
}

/** The page is scrolled within what it has by whoever draws it. */
function scrolled(state: TrainingState, by: Move): TrainingState {
  const { page, size } = state
  if (!page) return state
  const steps = {
    'page-up': -tableHeight(size),
    'page-down': tableHeight(size),
    first: -page.offset,
    last: FAR,
  }
  const offset = Math.max(0, page.offset + (typeof by === 'number' ? by : steps[by]))
  return { ...state, page: { ...page, offset } }
}

const FAR = 100_000

function pageOf({ rows, cursor }: TrainingState): TrainingState['page'] {
  const row = rows.at(cursor.index)
  return row && { key: row.key, offset: 0 }
}

function filtered(
  state: TrainingState,
  change: Extract<TrainingEvent, { type: 'filter' }>['change'],
): TrainingState {
  const { filter, cursor, beforeTyping = { filter, cursor } } = state
  switch (change) {
    case 'begin':
      return { ...state, beforeTyping }
    case 'commit':
      return thawed({ ...state, beforeTyping: undefined })
    case 'cancel':
      return thawed(withRows({ ...state, ...beforeTyping, beforeTyping: undefined }))
    case 'clear':
      return withRows({ ...state, filter: '' })
    default: {
      const typed = change === 'backspace' ? Array.from(filter).slice(0, -1).join('') : filter + change.typed
      // Half a word may leave other rows than the whole: the selection goes by what it was before.
      return withRows({ ...state, filter: typed, cursor: beforeTyping.cursor })
    }
  }
}
