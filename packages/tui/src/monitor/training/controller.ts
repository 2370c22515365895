import { clipboardSequence } from '../../terminal/clipboard.js'
import { commandOf } from '../../training/run-facts.js'
import { actionFor, type KeyTable } from '../keys.js'
import type { MonitorStore } from '../store.js'
import type { Action } from './keys.js'
import type { TrainingEvent, TrainingState } from './state.js'

export interface ControllerOptions {
  readonly store: MonitorStore<TrainingState, TrainingEvent>
  readonly keys: KeyTable<Action>
  /** Writes an escape sequence to the terminal. */
  copy(sequence: string): void
  suspend(): void
  quit(): void
  interrupt(): void
}

/** Turns keys into what they do; gives what takes a key by its name. */
export function createController(options: ControllerOptions): (name: string) => void {
  const { store, keys, copy, suspend, quit, interrupt } = options
  const { dispatch } = store
  const actions: Readonly<Record<Action, () => void>> = {
    up: () => dispatch({ type: 'move', by: -1 }),
    down: () => dispatch({ type: 'move', by: 1 }),
    pageUp: () => dispatch({ type: 'move', by: 'page-up' }),
    pageDown: () => dispatch({ type: 'move', by: 'page-down' }),
    first: () => dispatch({ type: 'move', by: 'first' }),
    last: () => dispatch({ type: 'move', by: 'last' }),
    details: () => dispatch({ type: 'page', open: store.getSnapshot().page === undefined }),
    sortNext: () => dispatch({ type: 'sort', by: 1 }),
    sortPrevious: () => dispatch({ type: 'sort', by: -1 }),
    reverse: () => dispatch({ type: 'reverse' }),
    filter: () => dispatch({ type: 'filter', change: 'begin' }),
    freeze: () => dispatch({ type: 'freeze' }),
    copyParameters: () => {
      const { rows, cursor } = store.getSnapshot()
      const row = rows.at(cursor.index)
      if (!row) return dispatch({ type: 'notice', text: 'There is no run to copy yet.' })
      const text = commandOf(row)
      copy(clipboardSequence(text))
      dispatch({ type: 'notice', text: `Copied, if the terminal allows it: ${text}` })
    },
    help: () => dispatch({ type: 'help', open: !store.getSnapshot().help }),
    close: () => {
      const { help, page } = store.getSnapshot()
      if (help) dispatch({ type: 'help', open: false })
      else if (page) dispatch({ type: 'page', open: false })
      else dispatch({ type: 'filter', change: 'clear' })
    },
    suspend,
    interrupt,
    quit,
  }
  return (name) => {
    if (store.getSnapshot().beforeTyping !== undefined && name !== 'ctrl+c') return typeFilter(store, name)
    const action = actionFor(keys, name)
    if (store.getSnapshot().confirming && action !== 'quit' && action !== 'interrupt') {
      dispatch({ type: 'confirm', open: false })
      return
    }
    if (action) actions[action]()
  }
}

function typeFilter({ dispatch }: ControllerOptions['store'], name: string): void {
  if (name === 'enter') dispatch({ type: 'filter', change: 'commit' })
  else if (name === 'escape') dispatch({ type: 'filter', change: 'cancel' })
  else if (name === 'backspace') dispatch({ type: 'filter', change: 'backspace' })
  else if (name === 'space') dispatch({ type: 'filter', change: { typed: ' ' } })
  else if (Array.from(name).length === 1) dispatch({ type: 'filter', change: { typed: name } })
}
