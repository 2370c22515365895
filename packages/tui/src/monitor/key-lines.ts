import { type Line, lineOf, type Span } from '../output/style.js'
import type { Symbols } from '../output/symbols.js'
import { KEY_TABLE, type KeyBinding } from './keys.js'
import type { MonitorState } from './state.js'

const KEYS_WIDTH = 26

/** The bottom line: a question or message if there is one, else the hints of the key table. */
export function footerLine({ confirming, notice }: MonitorState, symbols: Symbols): Line {
  if (confirming) {
    return lineOf(
      'The sweep is not finished. q again: stop it, keep what is done, and leave. Other keys: go on.',
      'warning',
    )
  }
  if (notice) return lineOf(notice.text, 'accent')
  const hints = KEY_TABLE.filter((binding) => binding.hint !== undefined)
  return hints.flatMap((binding, i): Span[] => [
    { text: i > 0 ? '   ' : '' },
    { text: shownKeys(binding, symbols, true), tone: 'strong' },
    { text: ` ${binding.hint}`, tone: 'faint' },
  ])
}

/** All keys, one a line. */
export function helpLines(symbols: Symbols): Line[] {
  return KEY_TABLE.map((binding) => [
    { text: `  ${shownKeys(binding, symbols, false).padEnd(KEYS_WIDTH)}`, tone: 'strong' },
    { text: binding.description },
  ])
}

function shownKeys(binding: KeyBinding, symbols: Symbols, short: boolean): string {
  if (short) return binding.shown?.(symbols) ?? binding.keys[0]!
  return binding.keys.map((name) => name.replace(/^ctrl\+/, 'ctrl-')).join(', ')
}
