import type { Symbols } from '../output/symbols.js'

/** A line of a key table. One table a view dispatches its keys, heads its footer and fills its help. */
export interface KeyBinding<Action extends string> {
  readonly action: Action
  /** Names as keyNames() gives them. */
  readonly keys: readonly string[]
  readonly description: string
  /** Label in the footer; bindings without one stand in the help only. */
  readonly hint?: string
  /** How the keys are shown where their names would not do. */
  readonly shown?: (symbols: Symbols) => string
}

export type KeyTable<Action extends string> = readonly KeyBinding<Action>[]

/** What keys do in every view. */
export type CommonAction =
  | 'up'
  | 'down'
  | 'pageUp'
  | 'pageDown'
  | 'first'
  | 'last'
  | 'help'
  | 'close'
  | 'suspend'
  | 'interrupt'
  | 'quit'

/** Keys that move among rows, which are called `row` in the help. */
export function movingKeys(row: string): KeyTable<CommonAction> {
  return [
    { action: 'up', keys: ['up', 'k'], description: `Previous ${row}`, hint: 'move', shown: (s) => s.upDown },
    { action: 'down', keys: ['down', 'j'], description: `Next ${row}` },
    { action: 'pageUp', keys: ['pageup', 'ctrl+b'], description: 'One page up' },
    { action: 'pageDown', keys: ['pagedown', 'ctrl+f', 'space'], description: 'One page down' },
    { action: 'first', keys: ['home', 'g'], description: `First ${row}` },
    { action: 'last', keys: ['end', 'G'], description: `Last ${row}` },
  ]
}

/** Keys for help and the way out; `interrupt` and `quit` say what these do. */
export function leavingKeys({
  interrupt,
  quit,
}: {
  interrupt: string
  quit: string
}): KeyTable<CommonAction> {
  return [
    { action: 'help', keys: ['?', 'h'], description: 'These keys', hint: 'keys', shown: () => '?' },
    { action: 'close', keys: ['escape'], description: 'Close what is open' },
    { action: 'suspend', keys: ['ctrl+z'], description: 'Back to the shell; fg returns here' },
    { action: 'interrupt', keys: ['ctrl+c'], description: interrupt },
    { action: 'quit', keys: ['q'], description: quit, hint: 'quit' },
  ]
}

/** What Ink says of a key beside its text; only what is used here. */
export interface PressedKey {
  readonly upArrow: boolean
  readonly downArrow: boolean
  readonly pageUp: boolean
  readonly pageDown: boolean
  readonly home: boolean
  readonly end: boolean
  readonly return: boolean
  readonly backspace: boolean
  readonly delete: boolean
  readonly escape: boolean
  readonly ctrl: boolean
  readonly meta: boolean
}

/** Names of the keys in one input event. Text typed fast arrives as one event of several keys. */
export function keyNames(input: string, key: PressedKey): string[] {
  if (key.upArrow) return ['up']
  if (key.downArrow) return ['down']
  if (key.pageUp) return ['pageup']
  if (key.pageDown) return ['pagedown']
  if (key.home) return ['home']
  if (key.end) return ['end']
  if (key.return) return ['enter']
  // The key above Enter is called either, by terminals and by Ink.
  if (key.backspace || key.delete) return ['backspace']
  if (key.escape) return ['escape']
  if (key.ctrl) return input === '' ? [] : [`ctrl+${input}`]
  if (key.meta) return []
  return Array.from(input, (character) => NAMED.get(character) ?? controlName(character))
}

/** The action of a key, if it has one. */
export function actionFor<Action extends string>(table: KeyTable<Action>, name: string): Action | undefined {
  return table.find(({ keys }) => keys.includes(name))?.action
}

const NAMED: ReadonlyMap<string, string> = new Map([
  [' ', 'space'],
  ['\r', 'enter'],
  ['\n', 'enter'],
  ['\u007f', 'backspace'],
  ['\b', 'backspace'],
])

/** Control characters inside pasted or fast text: Ink names them only where they come alone. */
function controlName(character: string): string {
  const code = character.charCodeAt(0)
  return code >= 1 && code <= 26 ? `ctrl+${String.fromCharCode(code + 96)}` : character
}
