import { InputError } from '@thresher/core'
import { oneLine, quote } from '../../../files/quote.js'
import type { FileParameter } from '../parameters.js'
import { hydraParameter } from './hydra-parameter.js'
import { HydraError } from './hydra-value.js'
import { parseHydra } from './parse-hydra.js'

/** A word such as `model.lr=tag(log, interval(1e-5, 1e-2))`. */
export interface HydraOverride {
  /** Before the name: `+` adds a key to the configuration, `++` adds or changes it. */
  readonly prefix: '' | '+' | '++'
  readonly name: string
  readonly parameter: FileParameter
}

const KEY = /^(\+{0,2})([A-Za-z_$][\w$\-./@:]*|\d[\w.]*)\s*=\s*/

/**
 * Reads an override of Hydra's: a fixed value, a range or a choice.
 * @throws InputError for what is none, and for `~name`, which takes a key away
 */
export function parseHydraOverride(word: string): HydraOverride {
  const fail = (words: string): never => {
    throw new InputError(`${quote(word)}: ${oneLine(words)}`)
  }
  if (word.startsWith('~'))
    return fail('takes a key away, which is nothing to search. Put it into the command.')
  const match = KEY.exec(word)
  if (match === null) return fail('is no override. Write name=value.')
  const rest = word.slice(match[0].length)
  try {
    const parameter: FileParameter =
      rest.trim() === '' ? { kind: 'fixed', value: '' } : hydraParameter(parseHydra(rest))
    return { prefix: match[1] as HydraOverride['prefix'], name: match[2]!, parameter }
  } catch (error) {
    if (error instanceof HydraError || error instanceof InputError) return fail(error.message)
    throw error
  }
}
