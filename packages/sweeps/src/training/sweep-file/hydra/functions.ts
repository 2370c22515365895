import { listed, nearest } from '../yaml/map-reader.js'
import { castValue, isCast } from './casts.js'
import {
  type HydraElement,
  HydraError,
  type HydraSweep,
  type HydraValue,
  isSweep,
  textOfElement,
} from './hydra-value.js'

export interface Argument {
  readonly name: string | undefined
  readonly value: HydraValue
}

const REFUSED: Readonly<Record<string, string>> = {
  shuffle:
    'the order means nothing to a sampler. Leave it out; a grid takes sampler: {grid: {shuffle: true}}.',
  glob: 'config groups are not looked up. List the options: choice(a, b).',
  extend_list: 'lists are not searched. List whole values: choice([1], [1, 2]).',
  json_str: 'a value is passed on as text anyway. Leave it out.',
}

const FUNCTIONS = ['choice', 'range', 'interval', 'tag', 'sort', 'int', 'float', 'str', 'bool']

/** What a function of the grammar gives (hydra/_internal/grammar/grammar_functions.py). @throws HydraError */
export function callFunction(name: string, given: readonly Argument[]): HydraValue {
  const refused = Object.hasOwn(REFUSED, name) ? REFUSED[name] : undefined
  if (refused !== undefined) throw new HydraError(`calls ${name}(): ${refused}`)
  checkNames(name, given)
  if (isCast(name)) return castValue(name, bound(name, given, ['value'], 1).value!)
  switch (name) {
    case 'choice':
      return choice(given)
    case 'range':
      return range(bound(name, given, ['start', 'stop', 'step'], 1))
    case 'interval':
      return interval(bound(name, given, ['start', 'end'], 2))
    case 'tag':
      return tag(given)
    case 'sort':
      return sort(given)
    default: {
      const near = nearest(name, FUNCTIONS)
      const mend = near === undefined ? `There are ${listed(FUNCTIONS)}.` : `Did you mean ${near}()?`
      throw new HydraError(`calls ${name}(), which there is not. ${mend} A text with brackets is quoted.`)
    }
  }
}

/** By position or by name, as Python binds them. */
function bound<N extends string>(
  call: string,
  given: readonly Argument[],
  names: readonly N[],
  least: number,
): { readonly [K in N]?: HydraValue } {
  const found: { [K in N]?: HydraValue } = {}
  for (const [i, { name, value }] of given.entries()) {
    const key = name === undefined ? names[i] : names.find((known) => known === name)
    if (key === undefined) {
      throw new HydraError(`gives ${call}() too much. It takes ${names.join(', ')}.`)
    }
    if (found[key] !== undefined) throw new HydraError(`gives ${call}() ${key} twice. Give it once.`)
    found[key] = value
  }
  const missing = names.slice(0, least).find((name) => found[name] === undefined)
  if (missing !== undefined) throw new HydraError(`gives ${call}() no ${missing}. Add it.`)
  return found
}

function checkNames(call: string, given: readonly Argument[]): void {
  const first = given.findIndex(({ name }) => name !== undefined)
  if (first >= 0 && given.slice(first).some(({ name }) => name === undefined)) {
    throw new HydraError(`gives ${call}() a value without a name after one with a name. Put it first.`)
  }
}

function choice(given: readonly Argument[]): HydraSweep {
  if (given.length === 0) throw new HydraError('calls choice() without values. Give at least one.')
  const items = given.map(({ name, value }) => {
    if (name !== undefined) throw new HydraError(`gives choice() ${name}=. Give values alone.`)
    if (isSweep(value)) throw new HydraError(`has ${value.kind}() within choice(). Write it alone.`)
    return value
  })
  return { kind: 'choice', items, tags: [] }
}

function range({
  start,
  stop,
  step,
}: {
  start?: HydraValue
  stop?: HydraValue
  step?: HydraValue
}): HydraSweep {
  const first = stop === undefined ? { value: 0, whole: true } : numberOf('range', start!)
  const last = numberOf('range', stop ?? start!)
  const stride = step === undefined ? { value: 1, whole: true } : numberOf('range', step)
  if (stride.value === 0) throw new HydraError('has a range with step 0. Give another step.')
  const empty = stride.value > 0 ? first.value >= last.value : first.value <= last.value
  if (empty)
    throw new HydraError(`has a range without values, from ${first.value} to ${last.value}. Mend it.`)
  const whole = first.whole && last.whole && stride.whole
  return { kind: 'range', start: first.value, stop: last.value, step: stride.value, whole, tags: [] }
}

function interval({ start, end }: { start?: HydraValue; end?: HydraValue }): HydraSweep {
  const low = numberOf('interval', start!).value
  const high = numberOf('interval', end!).value
  if (low > high) throw new HydraError(`has an interval from ${low} to ${high}. Put the smaller one first.`)
  return { kind: 'interval', start: low, end: high, whole: false, tags: [] }
}

function tag(given: readonly Argument[]): HydraSweep {
  const last = given.at(-1)
  if (last === undefined || !isSweep(last.value) || (last.name !== undefined && last.name !== 'sweep')) {
    throw new HydraError('calls tag() without a sweep. End it with an interval, a range or a choice.')
  }
  const tags = given.slice(0, -1).map(({ value, name }) => {
    if (name === undefined && value.kind === 'scalar' && value.form === 'text') return value.value as string
    throw new HydraError('gives tag() something else than words and a sweep. Write tag(log, interval(a, b)).')
  })
  return { ...last.value, tags }
}

function sort(given: readonly Argument[]): HydraValue {
  const named = (name: string) => given.find((argument) => argument.name === name)?.value
  const unknown = given.find(({ name }) => name !== undefined && !['sweep', 'list', 'reverse'].includes(name))
  if (unknown !== undefined)
    throw new HydraError(`gives sort() ${unknown.name}=. It takes sweep, list and reverse.`)
  const reverse = named('reverse')
  if (reverse !== undefined && (reverse.kind !== 'scalar' || reverse.form !== 'bool')) {
    throw new HydraError('gives sort() a reverse that is neither true nor false. Give one of them.')
  }
  const down = reverse?.kind === 'scalar' && reverse.value === true
  const values = given.flatMap(({ name, value }) => (name === 'reverse' ? [] : [value]))
  const [first] = values
  if (first === undefined) throw new HydraError('calls sort() without values. Give some.')
  if (values.length > 1) {
    const items = values.map((value) => {
      if (!isSweep(value)) return value
      throw new HydraError(`has ${value.kind}() among several values of sort(). Sort it alone.`)
    })
    return { kind: 'choice', items: sorted(items, down), tags: [] }
  }
  if (first.kind === 'choice') return { ...first, items: sorted(first.items, down) }
  if (first.kind === 'list') return { ...first, items: sorted(first.items, down) }
  if (first.kind === 'interval')
    throw new HydraError('sorts an interval, which has no order. Leave sort() out.')
  // The values of a range are the same in either order.
  return first
}

function sorted(items: readonly HydraElement[], down: boolean): HydraElement[] {
  const keys = items.map((item) => {
    if (item.kind === 'scalar' && item.form !== 'null')
      return { item, key: item.value as string | number | boolean }
    throw new HydraError(`sorts ${textOfElement(item)}, which has no order. Leave sort() out.`)
  })
  const kind = (key: unknown) => (typeof key === 'string' ? 'text' : 'number')
  if (keys.some(({ key }) => kind(key) !== kind(keys[0]!.key))) {
    throw new HydraError('sorts texts and numbers together. Keep to one of them.')
  }
  keys.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  const ordered = keys.map(({ item }) => item)
  return down ? ordered.reverse() : ordered
}

function numberOf(call: string, value: HydraValue): { readonly value: number; readonly whole: boolean } {
  if (value.kind === 'scalar' && (value.form === 'int' || value.form === 'float')) {
    if (Number.isFinite(value.value)) return { value: value.value as number, whole: value.form === 'int' }
  }
  const found = isSweep(value) ? `${value.kind}()` : textOfElement(value)
  throw new HydraError(`gives ${call}() ${found}. Give a number.`)
}
