import { type Decimal, parseDecimal, toNumber, unitsAt } from './decimal.js'
import { InputError } from './errors.js'
import { checkValue, DEFAULT_SETTING, type ParameterName, parameterNamed, type Setting } from './parameter.js'

/** A parameter and the values that a grid takes for it. */
export interface ParameterValues {
  name: ParameterName
  values: readonly number[]
}

const MAX_VALUES = 1_000_000

/**
 * Reads numbers: a range `start:stop:step`, whose stop belongs to it where it falls on a step, or a list `0.25,0.3`, in
 * the order written. Every value is the decimal number rounded once: the tenth of `0.2:0.4:0.01` is the literal 0.29,
 * not 0.2 plus nine roundings. `name` is what messages call them.
 * @throws InputError for anything else, a value twice, or more than a million values.
 */
export function parseNumbers(text: string, name: string): number[] {
  const values = text.includes(':') ? parseRange(text, name) : parseList(text, name)
  const seen = new Set<number>()
  for (const value of values) {
    if (seen.has(value)) throw new InputError(`${name}=${text}: ${value} comes twice; give every value once.`)
    seen.add(value)
  }
  return values
}

/**
 * Reads the values of one parameter, as {@link parseNumbers} does.
 * @throws InputError as there, and for a value outside the parameter's domain.
 */
export function parseValues(text: string, name: ParameterName): number[] {
  const values = parseNumbers(text, name)
  for (const value of values) checkValue(name, value)
  return values
}

/**
 * Reads `thresh=0.2:0.4:0.01`.
 * @throws InputError as {@link parseValues}, and where the name is no parameter's.
 */
export function parseParam(text: string): ParameterValues {
  const equals = text.indexOf('=')
  if (equals < 0) throw new InputError(`${text}: no values; write NAME=VALUES, e.g. thresh=0.2:0.4:0.01.`)
  const name = parameterNamed(text.slice(0, equals).trim())
  return { name, values: parseValues(text.slice(equals + 1), name) }
}

/**
 * Reads one setting, `thresh=0.3,box_thresh=0.6`. Parameters that are not named keep their value in `base`.
 * @throws InputError for an unknown or repeated name, and for a value that is no number or outside the domain.
 */
export function parseSetting(text: string, base: Setting = DEFAULT_SETTING): Setting {
  const setting = { ...base }
  const named = new Set<ParameterName>()
  for (const part of text.split(',')) {
    const equals = part.indexOf('=')
    if (equals < 0) {
      throw new InputError(`${quoted(part)}: no value; write NAME=VALUE, e.g. thresh=0.3,box_thresh=0.6.`)
    }
    const name = parameterNamed(part.slice(0, equals).trim())
    if (named.has(name)) throw new InputError(`${text}: ${name} comes twice; give it once.`)
    named.add(name)
    const value = toNumber(decimal(part.slice(equals + 1), part.trim(), 'a number'))
    checkValue(name, value)
    setting[name] = value
  }
  return Object.freeze(setting)
}

function parseList(text: string, name: string): number[] {
  const whole = `${name}=${text}`
  return text
    .split(',')
    .map((part) => toNumber(decimal(part, whole, 'a range 0.2:0.4:0.01 or a list 0.25,0.3')))
}

function parseRange(text: string, name: string): number[] {
  const whole = `${name}=${text}`
  const parts = text.split(':').map((part) => part.trim())
  const [startText, stopText, stepText] = parts
  if (parts.length !== 3 || startText === undefined || stopText === undefined || stepText === undefined) {
    throw new InputError(`${whole}: a range is start:stop:step; e.g. ${name}=0.2:0.4:0.01.`)
  }
  const shape = 'start:stop:step, three numbers'
  const start = decimal(startText, whole, shape)
  const stop = decimal(stopText, whole, shape)
  const step = decimal(stepText, whole, shape)

  const exponent = Math.min(start.exponent, stop.exponent, step.exponent)
  const first = unitsAt(start, exponent)
  const last = unitsAt(stop, exponent)
  const stride = unitsAt(step, exponent)
  if (stride === 0n) throw new InputError(`${whole}: the step is 0; give a step above 0.`)
  if (stride < 0n || last < first) {
    const ends = last < first ? `${stopText}:${startText}` : `${startText}:${stopText}`
    throw new InputError(
      `${whole}: a range runs upwards; write ${name}=${ends}:${stepText.replace(/^-/, '')}.`,
    )
  }
  const count = (last - first) / stride + 1n
  if (count > BigInt(MAX_VALUES)) {
    throw new InputError(`${whole}: ${count} values, more than ${MAX_VALUES}; take a larger step.`)
  }
  return Array.from({ length: Number(count) }, (_, i) =>
    toNumber({ units: first + BigInt(i) * stride, exponent }),
  )
}

function decimal(text: string, whole: string, shape: string): Decimal {
  const parsed = parseDecimal(text.trim())
  if (!parsed) throw new InputError(`${whole}: ${quoted(text)} is no number; give ${shape}.`)
  return parsed
}

function quoted(text: string): string {
  return text.trim() === '' ? 'nothing' : text.trim()
}
