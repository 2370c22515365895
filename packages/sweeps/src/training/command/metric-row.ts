/** What a trainer logged at one moment. */
export interface MetricRow {
  /** What the trainer counts by, where it says so: its epoch. */
  readonly epoch: number | undefined
  readonly metrics: ReadonlyMap<string, number>
}

/** Names that say when, not how well. */
const CLOCKS: ReadonlySet<string> = new Set([
  'epoch',
  'step',
  'global_step',
  '_step',
  '_timestamp',
  '_runtime',
])
const MOST_DEPTH = 8
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/
const WORDS: ReadonlyMap<string, number> = new Map([
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['infinity', Number.POSITIVE_INFINITY],
])

/** The number that a text is, as Python and C print numbers, `nan` and `-inf` included; undefined for anything else. */
export function numberIn(text: string): number | undefined {
  const trimmed = text.trim()
  if (NUMBER.test(trimmed)) return Number(trimmed)
  const [, sign, word] = /^([+-]?)([a-z]+)$/i.exec(trimmed) ?? []
  const value = WORDS.get(word?.toLowerCase() ?? '')
  return value === undefined ? undefined : sign === '-' ? -value : value
}

/**
 * The row that an object holds: its numbers by name, those of inner objects by names with dots; undefined where it has
 * none.
 */
export function rowOfObject(object: object): MetricRow | undefined {
  const numbers = new Map<string, number>()
  gather(object, '', 0, numbers)
  return rowOf(numbers)
}

/** The row of some numbers, the trainer's clocks among them; undefined where there are no others. */
export function rowOf(numbers: ReadonlyMap<string, number>): MetricRow | undefined {
  const metrics = new Map([...numbers].filter(([name]) => !CLOCKS.has(name)))
  return metrics.size === 0 ? undefined : { epoch: numbers.get('epoch'), metrics }
}

function gather(object: object, prefix: string, depth: number, into: Map<string, number>): void {
  for (const [key, value] of Object.entries(object)) {
    if (typeof value === 'number') into.set(prefix + key, value)
    else if (typeof value === 'object' && value !== null && !Array.isArray(value) && depth < MOST_DEPTH) {
      gather(value, `${prefix}${key}.`, depth + 1, into)
    }
  }
}
