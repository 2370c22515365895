import { InputError } from './errors.js'

/** Reads of option values that a person wrote; `owner` is the factory's name, which the message begins with. */
export interface OptionChecks {
  /** A whole number of at least `least`, and at most `most` where given. */
  whole(name: string, value: number, least: number, most?: number): number
  /** A finite number in [low, high]. */
  within(name: string, value: number, low: number, high: number): number
  /** A finite number above `low` and below `high`. */
  between(name: string, value: number, low: number, high: number): number
  /** Any number but NaN. */
  number(name: string, value: number): number
  flag(name: string, value: boolean): boolean
  oneOf<T extends string>(name: string, value: T, choices: readonly T[]): T
  /** That `given` has no option but `known`: a misspelt one must not count as left out, unless it is undefined. */
  allowed(given: object, known: readonly string[]): void
}

/** @throws InputError from every check: `medianPruner: nMinTrials is 0; give a whole number from 1 up.` */
export function optionsOf(owner: string): OptionChecks {
  const refuse = (name: string, value: unknown, mend: string): never => {
    throw new InputError(`${owner}: ${name} is ${shown(value)}; give ${mend}.`)
  }
  return {
    whole(name, value, least, most = Number.MAX_SAFE_INTEGER) {
      if (Number.isSafeInteger(value) && value >= least && value <= most) return value
      const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} up` : `from ${least} to ${most}`
      return refuse(name, value, `a whole number ${range}`)
    },
    within(name, value, low, high) {
      if (Number.isFinite(value) && value >= low && value <= high) return value
      return refuse(name, value, inWords(low, high, 'from', 'to'))
    },
    between(name, value, low, high) {
      if (Number.isFinite(value) && value > low && value < high) return value
      return refuse(name, value, inWords(low, high, 'above', 'and below'))
    },
    number(name, value) {
      return typeof value === 'number' && !Number.isNaN(value) ? value : refuse(name, value, 'a number')
    },
    flag(name, value) {
      return typeof value === 'boolean' ? value : refuse(name, value, 'true or false')
    },
    oneOf(name, value, choices) {
      return choices.includes(value) ? value : refuse(name, value, choices.join(' or '))
    },
    allowed(given, known) {
      for (const [name, value] of Object.entries(given)) {
        if (value !== undefined && !known.includes(name)) {
          throw new InputError(`${owner}: there is no option ${name}; the options are ${known.join(', ')}.`)
        }
      }
    },
  }
}

function inWords(low: number, high: number, above: string, below: string): string {
  const bounds = []
  if (low !== Number.NEGATIVE_INFINITY) bounds.push(`${above} ${low}`)
  if (high !== Number.POSITIVE_INFINITY) bounds.push(`${below} ${high}`)
  return ['a number', ...bounds].join(' ')
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value)
}
