import { InputError } from '../errors.js'
import { stringifyPythonJson } from '../python-json.js'
import type { AttributeValue } from '../trial/trial-record.js'

/** What a study keeps besides its trials, and what is checked when it is resumed. */
const FACT_NAMES = [
  'sampler',
  'pruner',
  'seed',
  'budget',
  'space',
  'duplicates',
  'seeds',
  'baseline',
  'heartbeat',
] as const

export type FactName = (typeof FACT_NAMES)[number]

export type Facts = { readonly [K in FactName]?: AttributeValue }

/** The facts among what a storage holds for a study. */
export function factsOf(held: ReadonlyMap<string, AttributeValue>): Facts {
  const facts: Partial<Record<FactName, AttributeValue>> = {}
  for (const name of FACT_NAMES) {
    const value = held.get(name)
    if (value !== undefined) facts[name] = value
  }
  return facts
}

/** Facts as a storage takes them. */
export function factMap(facts: Facts): ReadonlyMap<string, AttributeValue> {
  return new Map(Object.entries(facts))
}

export function sameFacts(a: Facts, b: Facts): boolean {
  return canonical(a) === canonical(b)
}

/**
 * The facts that a resumed study goes on with: those it holds, but for the ones that it lacks or that are named in
 * `change`.
 * @throws InputError where something else is asked for than the study holds.
 */
export function resumeFacts(study: string, held: Facts, asked: Facts, change: readonly FactName[]): Facts {
  for (const name of change) {
    if (!FACT_NAMES.includes(name)) {
      throw new InputError(`change names ${name}; it can name ${FACT_NAMES.join(', ')}.`)
    }
    if (name === 'space') {
      throw new InputError(
        'change names the space; load the study and call migrateSpace(), which says what stays usable.',
      )
    }
  }
  const facts: Partial<Record<FactName, AttributeValue>> = { ...held }
  for (const name of FACT_NAMES) {
    const value = asked[name]
    if (value === undefined) continue
    const current = held[name]
    if (current === undefined || change.includes(name)) facts[name] = value
    else if (canonical(current) !== canonical(value)) throw difference(study, name, current, value)
  }
  return facts
}

function difference(study: string, name: FactName, held: AttributeValue, asked: AttributeValue): InputError {
  const mend =
    name === 'space'
      ? 'leave it out, load the study and call migrateSpace() to change it'
      : `leave it out to go on as before, or say change: ['${name}'] to change it from here on`
  return new InputError(`study "${study}": its ${name} is ${shown(held)}, not ${shown(asked)}; ${mend}.`)
}

function shown(value: AttributeValue): string {
  if (value === null) return 'none'
  if (typeof value === 'object' && !Array.isArray(value) && 'name' in value && 'options' in value) {
    return `${value.name} ${stringifyPythonJson(value.options)}`
  }
  return stringifyPythonJson(value)
}

/** A text that two facts share where they mean the same: keys in order. */
function canonical(value: AttributeValue): string {
  return stringifyPythonJson(sorted(value))
}

function sorted(value: AttributeValue): AttributeValue {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, entry]) => [key, sorted(entry)]))
}
