import type { Setting } from '@thresher/core'
import type { UsageHints } from '../../output/usage-hints.js'
import { clipboardSequence } from '../../terminal/clipboard.js'
import { actionFor } from '../keys.js'
import { createLeaving, type Leaving } from '../leaving.js'
import type { MonitorStore } from '../store.js'
import { exportRanking } from './export-ranking.js'
import { type Action, KEY_TABLE } from './keys.js'
import type { MonitorEvent, MonitorState } from './state.js'

export interface Controller {
  /** Takes a key by its name. */
  readonly key: (name: string) => void
  readonly leaving: Leaving
}

export interface ControllerOptions {
  readonly store: MonitorStore<MonitorState, MonitorEvent>
  hints(setting: Setting): UsageHints
  /** Writes an escape sequence to the terminal. */
  copy(sequence: string): void
  /** Ends the sweep so that what is finished is kept. */
  stop(): void
  suspend(): void
  /** Writes the ranking to files and names them. */
  readonly exportTo?: typeof exportRanking
}

/** Turns keys into what they do. */
export function createController(options: ControllerOptions): Controller {
  const { store, hints, copy, stop, suspend, exportTo = exportRanking } = options
  const leaving = createLeaving({
    finished: () => store.getSnapshot().result !== undefined,
    confirming: () => store.getSnapshot().confirming,
    ask: () => store.dispatch({ type: 'confirm', open: true }),
    stop: () => {
      stop()
      store.dispatch({ type: 'stopping' })
    },
  })
  const say = (text: string) => store.dispatch({ type: 'notice', text })
  const copyHint = (name: 'options' | 'command') => {
    const { rows, cursor } = store.getSnapshot()
    const row = rows.at(cursor.index)
    if (!row) return say('There is no setting to copy yet.')
    const text = hints(row.setting)[name]
    copy(clipboardSequence(text))
    say(`Copied, if the terminal allows it: ${text}`)
  }
  const exportAll = () => {
    const { result } = store.getSnapshot()
    if (!result) return say('The ranking is not final yet; e writes it when the sweep is done.')
    say('Writing...')
    exportTo(result).then(
      (files) => say(`Written: ${files.join(', ')}`),
      (error: Error) => say(error.message),
    )
  }
  const actions: Readonly<Record<Action, () => void>> = {
    up: () => store.dispatch({ type: 'move', by: -1 }),
    down: () => store.dispatch({ type: 'move', by: 1 }),
    pageUp: () => store.dispatch({ type: 'move', by: 'page-up' }),
    pageDown: () => store.dispatch({ type: 'move', by: 'page-down' }),
    first: () => store.dispatch({ type: 'move', by: 'first' }),
    last: () => store.dispatch({ type: 'move', by: 'last' }),
    copyOptions: () => copyHint('options'),
    copyCommand: () => copyHint('command'),
    export: exportAll,
    help: () => store.dispatch({ type: 'help', open: !store.getSnapshot().help }),
    close: () => store.dispatch({ type: 'help', open: false }),
    suspend,
    interrupt: leaving.interrupt,
    quit: leaving.quit,
  }
  const key = (name: string) => {
    const action = actionFor(KEY_TABLE, name)
    if (store.getSnapshot().confirming && action !== 'quit' && action !== 'interrupt') {
      store.dispatch({ type: 'confirm', open: false })
      return
    }
    if (action) actions[action]()
  }
  return { key, leaving }
}
