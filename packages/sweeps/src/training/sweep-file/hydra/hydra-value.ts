/** A single value of Hydra's override grammar; `form` is what it looked like, on which casts depend. */
export interface HydraScalar {
  readonly kind: 'scalar'
  readonly form: 'int' | 'float' | 'bool' | 'null' | 'text' | 'quoted'
  readonly value: number | string | boolean | null
}

interface HydraList {
  readonly kind: 'list'
  readonly items: readonly HydraElement[]
}

interface HydraMap {
  readonly kind: 'map'
  readonly entries: readonly (readonly [key: string, value: HydraElement])[]
}

export type HydraElement = HydraScalar | HydraList | HydraMap

interface HydraChoice {
  readonly kind: 'choice'
  readonly items: readonly HydraElement[]
  readonly tags: readonly string[]
}

/** start, start + step, ... as long as it is before stop, which is left out. */
export interface HydraRange {
  readonly kind: 'range'
  readonly start: number
  readonly stop: number
  readonly step: number
  /** Whether its numbers are whole ones. */
  readonly whole: boolean
  readonly tags: readonly string[]
}

export interface HydraInterval {
  readonly kind: 'interval'
  readonly start: number
  readonly end: number
  /** Whether it was cast to int. */
  readonly whole: boolean
  readonly tags: readonly string[]
}

export type HydraSweep = HydraChoice | HydraRange | HydraInterval
export type HydraValue = HydraElement | HydraSweep

export function isSweep(value: HydraValue): value is HydraSweep {
  return value.kind === 'choice' || value.kind === 'range' || value.kind === 'interval'
}

/** What is wrong with an expression, and the mend; whoever knows the file says where. */
export class HydraError extends Error {
  override readonly name = 'HydraError'
}

/** An element as the grammar writes it, for messages and for lists and maps that are passed on as text. */
export function textOfElement(element: HydraElement): string {
  if (element.kind === 'list') return `[${element.items.map(textOfElement).join(',')}]`
  if (element.kind === 'map') {
    return `{${element.entries.map(([key, value]) => `${escaped(key)}:${textOfElement(value)}`).join(',')}}`
  }
  if (element.form === 'quoted') return quoted(element.value as string)
  if (element.form === 'float') return pythonFloat(element.value as number)
  return element.form === 'text' ? escaped(element.value as string) : String(element.value)
}

/** The text between single quotes: backslashes before a quote are doubled, and the quote escaped. */
function quoted(text: string): string {
  return `'${text.replace(/(\\*)('|$)/g, (_, slashes: string, end: string) => `${slashes}${slashes}${end === '' ? '' : "\\'"}`)}'`
}

function escaped(text: string): string {
  return text.replace(/[\\()[\]{}:=, \t]/g, (char) => `\\${char}`)
}

/** A float as Python's str writes it. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf'
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2')
  }
  const text = String(value)
  return Number.isInteger(value) ? `${text}.0` : text
}
