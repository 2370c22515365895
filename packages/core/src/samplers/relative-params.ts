import { parsePythonJson, stringifyPythonJson } from '../python-json.js'
import type { ParamValue } from '../space/distribution.js'
import type { AttributeValue, TrialRecord } from '../trial/trial-record.js'

/** What Optuna's relational storage once allowed in one attribute. */
const PIECE = 2045

/**
 * The attributes by which Optuna's samplers tell other processes what they drew for a trial that has not asked for
 * all of it yet (Optuna 5.0, samplers/_tpe and _gp): pieces of a JSON text under `<prefix>:relative_params:<i>`.
 */
export function relativeAttributes(
  prefix: 'tpe' | 'gp',
  params: ReadonlyMap<string, ParamValue>,
): Map<string, AttributeValue> {
  // ASCII alone, as Python writes it: no piece may end within a character.
  const text = stringifyPythonJson(Object.fromEntries(params)).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  const attributes = new Map<string, AttributeValue>()
  for (let start = 0; start < text.length; start += PIECE) {
    attributes.set(`${prefix}:relative_params:${start / PIECE}`, text.slice(start, start + PIECE))
  }
  return attributes
}

/**
 * A trial's parameters, and where it is RUNNING also those that were drawn but not asked for yet, as far as they can
 * be read: Optuna writes the pieces one after another.
 */
export function jointDrawOf(trial: TrialRecord, prefix: 'tpe' | 'gp'): ReadonlyMap<string, ParamValue> {
  if (trial.state !== 'RUNNING') return trial.params
  let text = ''
  for (let i = 0; ; i++) {
    const piece = trial.systemAttributes.get(`${prefix}:relative_params:${i}`)
    if (typeof piece !== 'string') break
    text += piece
  }
  const drawn = read(text)
  return drawn === undefined ? trial.params : new Map([...Object.entries(drawn), ...trial.params])
}

function read(text: string): Record<string, ParamValue> | undefined {
  try {
    const value: unknown = parsePythonJson(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, ParamValue>) : undefined
  } catch {
    return undefined
  }
}
