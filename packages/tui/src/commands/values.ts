import { checkValue, InputError, type ParameterName } from '@thresher/core'
import { InvalidArgumentError } from 'commander'
import { nearest } from './nearest.js'

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** Parser of an option that takes one of a few words. */
export function oneOf<T extends string>(words: readonly T[]): (text: string) => T {
  return (text) => {
    if ((words as readonly string[]).includes(text)) return text as T
    const close = nearest(text, words)
    throw new InvalidArgumentError(
      `${close ? `Did you mean ${close}? ` : ''}It is one of ${words.join(', ')}.`,
    )
  }
}

/** Parser of an option that takes a whole number from `low` to `high`. */
export function integer(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < low || value > high) {
      throw new InvalidArgumentError(`It is a whole number from ${low} to ${high}.`)
    }
    return value
  }
}

/** Parser of an option that sets a parameter, within the parameter's domain. */
export function parameterValue(name: ParameterName): (text: string) => number {
  return (text) => {
    if (!DECIMAL.test(text)) throw new InvalidArgumentError('It is a decimal number such as 0.3.')
    const value = Number(text)
    try {
      checkValue(name, value)
    } catch (error) {
      if (error instanceof InputError) throw new InvalidArgumentError(error.message)
      throw error
    }
    return value
  }
}

/** Parser of an option that may be given several times: collects the texts. */
export function collected(text: string, before: string[] = []): string[] {
  return [...before, text]
}

/** Parser of an option that takes a path. */
export function path(text: string): string {
  if (text === '') throw new InvalidArgumentError('It is empty; name a file or folder.')
  return text
}
