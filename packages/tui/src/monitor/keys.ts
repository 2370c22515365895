import type { Symbols } from '../output/symbols.js'

/** What a key can do. */
export type Action =
  | 'up'
  | 'down'
  | 'pageUp'
  | 'pageDown'
  | 'first'
  | 'last'
  | 'copyOptions'
  | 'copyCommand'
  | 'export'
  | 'help'
  | 'close'
  | 'suspend'
  | 'interrupt'
  | 'quit'

export interface KeyBinding {
  readonly action: Action
  /** Names as keyNames() gives them. */
  readonly keys: readonly string[]
  readonly description: string
  /** Label in the footer; bindings without one stand in the help only. */
  readonly hint?: string
  /** How the keys are shown where their names would not do. */
  readonly shown?: (symbols: Symbols) => string
}

/** The one table of keys: it dispatches, heads the footer and fills the help. */
export const KEY_TABLE: readonly KeyBinding[] = [
  { action: 'up', keys: ['up', 'k'], description: 'Previous setting', hint: 'move', shown: (s) => s.upDown },
  { action: 'down', keys: ['down', 'j'], description: 'Next setting' },
  { action: 'pageUp', keys: ['pageup', 'ctrl+b'], description: 'One page up' },
  { action: 'pageDown', keys: ['pagedown', 'ctrl+f', 'space'], description: 'One page down' },
  { action: 'first', keys: ['home', 'g'], description: 'First setting' },
  { action: 'last', keys: ['end', 'G'], description: 'Last setting' },
  {
    action: 'copyOptions',
    keys: ['c'],
    description: "Copy the selected setting as the framework's options",
    hint: 'copy',
  },
  {
    action: 'copyCommand',
    keys: ['b'],
    description: 'Copy the thresher boxes command of the selected setting',
  },
  {
    action: 'export',
    keys: ['e'],
    description: 'Write the whole ranking as JSON and CSV to this folder',
    hint: 'export',
  },
  { action: 'help', keys: ['?', 'h'], description: 'These keys', hint: 'keys', shown: () => '?' },
  { action: 'close', keys: ['escape'], description: 'Close what is open' },
  { action: 'suspend', keys: ['ctrl+z'], description: 'Back to the shell; fg returns here' },
  {
    action: 'interrupt',
    keys: ['ctrl+c'],
    description: 'Stop the sweep and rank what is finished; again: leave',
  },
  { action: 'quit', keys: ['q'], description: 'Leave; the table is printed once more', hint: 'quit' },
]

/** What Ink says of a key beside its text; only what is used here. */
export interface PressedKey {
  readonly upArrow: boolean
  readonly downArrow: boolean
  readonly pageUp: boolean
  readonly pageDown: boolean
  readonly home: boolean
  readonly end: boolean
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
  if (key.escape) return ['escape']
  if (key.ctrl) return input === '' ? [] : [`ctrl+${input}`]
  if (key.meta) return []
  return Array.from(input, (character) => (character === ' ' ? 'space' : controlName(character)))
}

/** The action of a key, if it has one. */
export function actionFor(name: string): Action | undefined {
  return KEY_TABLE.find(({ keys }) => keys.includes(name))?.action
}

/** Control characters inside pasted or fast text: Ink names them only where they come alone. */
function controlName(character: string): string {
  const code = character.charCodeAt(0)
  return code >= 1 && code <= 26 ? `ctrl+${String.fromCharCode(code + 96)}` : character
}
