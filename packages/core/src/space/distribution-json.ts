import { InputError } from '../errors.js'
import { parsePythonJson, stringifyPythonJson } from '../python-json.js'
import type { Distribution, ParamValue } from './distribution.js'

/** The `distribution_json` of Optuna's schema, numbers as Python writes them: floats with a point. */
export function distributionToJson(distribution: Distribution): string {
  if (distribution.kind === 'categorical') {
    return `{"name": "CategoricalDistribution", "attributes": {"choices": ${stringifyPythonJson(distribution.choices)}}}`
  }
  const { kind, low, high, step, log } = distribution
  if (kind === 'int') {
    return `{"name": "IntDistribution", "attributes": {"log": ${log}, "step": ${step}, "low": ${low}, "high": ${high}}}`
  }
  const written = step === null ? 'null' : pythonFloat(step)
  return `{"name": "FloatDistribution", "attributes": {"step": ${written}, "low": ${pythonFloat(low)}, "high": ${pythonFloat(high)}, "log": ${log}}}`
}

/**
 * Reads a distribution that Optuna wrote: `{"name": ..., "attributes": {...}}`, in the names of 3.0 and later or the
 * deprecated ones, or the short form of its command line, `{"type": "float", "low": ..., "high": ...}`. The bounds
 * stay as they stand.
 * @throws InputError where it is none of these.
 */
export function distributionFromJson(text: string): Distribution {
  let parsed: unknown
  try {
    parsed = parsePythonJson(text)
  } catch {
    throw new InputError(`distribution ${text}: not JSON; the storage is damaged or not Optuna's.`)
  }
  if (!isObject(parsed)) throw unknownForm(text)
  const distribution =
    typeof parsed.type === 'string'
      ? read(SHORT[parsed.type], parsed)
      : typeof parsed.name === 'string' && isObject(parsed.attributes)
        ? read(parsed.name, parsed.attributes)
        : undefined
  if (distribution === undefined) throw unknownForm(text)
  return Object.freeze(distribution)
}

const SHORT: Readonly<Record<string, string>> = {
  float: 'FloatDistribution',
  int: 'IntDistribution',
  categorical: 'CategoricalDistribution',
}

type Fields = Readonly<Record<string, unknown>>

function read(name: string | undefined, fields: Fields): Distribution | undefined {
  const { choices, low, high, log } = fields
  if (name === 'CategoricalDistribution') {
    return Array.isArray(choices) ? { kind: 'categorical', choices: choices.map(choiceOf) } : undefined
  }
  if (typeof low !== 'number' || typeof high !== 'number') return undefined
  const step = typeof fields.step === 'number' ? fields.step : null
  switch (name) {
    case 'FloatDistribution':
      return { kind: 'float', low, high, step, log: log === true }
    case 'UniformDistribution':
      return { kind: 'float', low, high, step: null, log: false }
    case 'LogUniformDistribution':
      return { kind: 'float', low, high, step: null, log: true }
    case 'DiscreteUniformDistribution':
      return typeof fields.q === 'number'
        ? { kind: 'float', low, high, step: fields.q, log: false }
        : undefined
    case 'IntDistribution':
      return { kind: 'int', low, high, step: step ?? 1, log: log === true }
    case 'IntUniformDistribution':
      return { kind: 'int', low, high, step: step ?? 1, log: false }
    case 'IntLogUniformDistribution':
      return { kind: 'int', low, high, step: 1, log: true }
    default:
      return undefined
  }
}

/** Python lets lists and objects be choices, with a warning; they are shown as their JSON. */
function choiceOf(choice: unknown): ParamValue {
  return typeof choice === 'object' && choice !== null ? stringifyPythonJson(choice) : (choice as ParamValue)
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function pythonFloat(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? `${value}.0` : String(value)
}

function unknownForm(text: string): InputError {
  return new InputError(
    `distribution ${text}: no float, int or categorical distribution of Optuna; open the study with the program that wrote it.`,
  )
}
