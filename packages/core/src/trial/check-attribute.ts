import { InputError } from '../errors.js'
import type { AttributeValue } from './trial-record.js'

/**
 * Checks that a storage gives an attribute back as it was set: null, booleans, numbers, strings, and arrays and plain
 * objects of these.
 * @throws InputError
 */
export function checkAttribute(key: string, value: unknown): void {
  if (typeof key !== 'string' || key === '') {
    throw new InputError(`an attribute's name is ${key === '' ? 'empty' : typeof key}; give it a name.`)
  }
  const found = unstorable(value, new Set())
  if (found === undefined) return
  throw new InputError(
    `attribute ${key}: ${found} cannot be stored; give null, booleans, numbers, strings, or arrays and plain objects of these.`,
  )
}

/**
 * Attributes as a storage takes them; those that are undefined are as if they were not there.
 * @throws InputError as {@link checkAttribute}
 */
export function checkedAttributes(
  given: Iterable<readonly [string, AttributeValue | undefined]>,
): Map<string, AttributeValue> {
  const checked = new Map<string, AttributeValue>()
  for (const [key, value] of given) {
    if (value === undefined) continue
    checkAttribute(key, value)
    checked.set(key, value)
  }
  return checked
}

/** What of a value no JSON can hold, in words; entries of objects that are undefined are as if they were not there. */
function unstorable(value: unknown, around: Set<object>): string | undefined {
  if (value === null || ['boolean', 'number', 'string'].includes(typeof value)) return undefined
  if (value === undefined) return 'undefined'
  if (typeof value !== 'object') return `a ${typeof value}`
  if (around.has(value)) return 'an object that contains itself'
  const prototype: unknown = Object.getPrototypeOf(value)
  // An object of another realm, such as a test runner's, has that realm's Object.prototype.
  const plain = Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null
  if (!plain) return `a ${(prototype as object).constructor?.name || 'class instance'}`
  around.add(value)
  const entries = Array.isArray(value) ? value : Object.values(value).filter((entry) => entry !== undefined)
  for (const entry of entries) {
    const found = unstorable(entry, around)
    if (found !== undefined) return found
  }
  around.delete(value)
  return undefined
}
