import type { Line, Span } from '../output/style.js'
import type { Symbols } from '../output/symbols.js'
import type { KeyBinding, KeyTable } from './keys.js'

const KEYS_WIDTH = 26

/** The hints of a key table, for the bottom line. */
export function hintsLine(table: KeyTable<string>, symbols: Symbols): Line {
  const hints = table.filter((binding) => binding.hint !== undefined)
  return hints.flatMap((binding, i): Span[] => [
    { text: i > 0 ? '   ' : '' },
    { text: shownKeys(binding, symbols, true), tone: 'strong' },
    { text: ` ${binding.hint}`, tone: 'faint' },
  ])
}

/** All keys, one a line. */
export function helpLines(table: KeyTable<string>, symbols: Symbols): Line[] {
  return table.map((binding) => [
    { text: `  ${shownKeys(binding, symbols, false).padEnd(KEYS_WIDTH)}`, tone: 'strong' },
    { text: binding.description },
  ])
}

function shownKeys(binding: KeyBinding<string>, symbols: Symbols, short: boolean): string {
  if (short) return binding.shown?.(symbols) ?? binding.keys[0]!
  return binding.keys.map((name) => name.replace(/^ctrl\+/, 'ctrl-')).join(', ')
}
