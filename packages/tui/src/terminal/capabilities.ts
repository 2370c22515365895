import type { Environment, Look, OutputStream } from '../context.js'
import { ASCII_SYMBOLS, type Symbols, UNICODE_SYMBOLS } from '../output/symbols.js'

export const COLOUR_CHOICES = ['auto', 'always', 'never'] as const
export type ColourChoice = (typeof COLOUR_CHOICES)[number]

/** Whether to colour a stream: --color first, then NO_COLOR (no-color.org), FORCE_COLOR, then what the stream is. */
export function wantsColour(choice: ColourChoice, env: Environment, stream: OutputStream): boolean {
  if (choice !== 'auto') return choice === 'always'
  if (env.NO_COLOR) return false
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false'
  return stream.isTTY === true && env.TERM !== 'dumb'
}

/**
 * Plain ASCII where the locale says that the terminal knows no UTF-8. Containers often set no locale at all; there
 * UTF-8 is assumed, except inside tmux or screen, which themselves go by the locale.
 */
export function chooseSymbols(ascii: boolean, env: Environment): Symbols {
  if (ascii) return ASCII_SYMBOLS
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG
  if (!locale) return env.TMUX || env.STY ? ASCII_SYMBOLS : UNICODE_SYMBOLS
  return /utf-?8/i.test(locale) ? UNICODE_SYMBOLS : ASCII_SYMBOLS
}

export function chooseLook(
  options: { readonly color: ColourChoice; readonly ascii?: boolean | undefined },
  env: Environment,
  stream: OutputStream,
): Look {
  return {
    colour: wantsColour(options.color, env, stream),
    symbols: chooseSymbols(options.ascii ?? false, env),
  }
}

/** Whether a live screen can be shown: a terminal on both sides, that moves its cursor, with a person before it. */
export function canShowScreen(
  env: Environment,
  stdin: { readonly isTTY?: boolean | undefined },
  stdout: OutputStream,
): boolean {
  return stdin.isTTY === true && stdout.isTTY === true && env.TERM !== 'dumb' && !isContinuousIntegration(env)
}

/** The same signs that Ink goes by: under them it draws no frames. */
function isContinuousIntegration(env: Environment): boolean {
  if (env.CI === '0' || env.CI === 'false') return false
  return (
    'CI' in env || 'CONTINUOUS_INTEGRATION' in env || Object.keys(env).some((name) => name.startsWith('CI_'))
  )
}
