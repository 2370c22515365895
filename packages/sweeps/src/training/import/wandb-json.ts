import { type AttributeValue, InputError, type ParamValue } from '@thresher/core'
import { quote } from '../../files/quote.js'
import { readText } from '../../files/read-text.js'
import { entriesInOrder, parseJson } from '../../polygons/json-text.js'
import { type SourceRun, stateOf } from './source-run.js'

/**
 * Reads an export of W&B's runs: a list of objects with `config` and `summary` (as `wandb.Api().runs` gives them), that
 * list under `runs`, one object a line, or the columns that a pandas data frame of them writes. Nested names are joined
 * with dots; W&B's own entries, which begin with `_`, are left out, but for the run time.
 * @throws InputError where it is no such export.
 */
export async function readWandbRuns(path: string): Promise<SourceRun[]> {
  const { text, replaced } = await readText(path)
  if (replaced) throw new InputError(`${path}: is not UTF-8. Save the file as UTF-8.`)
  const runs = listOf(path, text)
  if (runs.length === 0) throw new InputError(`${path}: holds no runs. Export them again.`)
  return runs.map(({ place, value }) => runOf(place, value))
}

const DEEPEST = 64

interface Placed {
  readonly place: string
  readonly value: object
}

function listOf(path: string, text: string): Placed[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  // One object a line: only a pretty-printed document has a line that ends within it.
  if (lines.length > 1 && lines.every((line) => /^\s*\{.*\}\s*$/.test(line))) {
    return text.split('\n').flatMap((line, i) => {
      if (line.trim() === '') return []
      return [checked(`${path}:${i + 1}`, parseJson(line, { path, line: i + 1 }))]
    })
  }
  const parsed = parseJson(text, { path })
  const inner = isObject(parsed) && Array.isArray(parsed.runs) ? parsed.runs : parsed
  const list = Array.isArray(inner) ? inner : isObject(inner) ? fromColumns(inner) : undefined
  if (list === undefined) {
    throw new InputError(
      `${path}: is no list of runs. Export a list of objects with name, config and summary.`,
    )
  }
  return list.map((value, i) => checked(`${path}: run ${i + 1}`, value))
}

/** `{"name": {"0": "a"}, "config": {"0": {...}}}` by rows; one run alone as a list of it. */
function fromColumns(columns: Readonly<Record<string, unknown>>): unknown[] | undefined {
  if ('config' in columns && 'summary' in columns) {
    const { config, summary } = columns
    if (!isObject(config) || !isObject(summary)) return undefined
    const keys = entriesInOrder(summary).map(([key]) => key)
    if (!keys.every((key) => /^\d+$/.test(key))) return [columns]
    return keys.map((_, at) =>
      Object.fromEntries(
        Object.entries(columns).map(([name, values]) => [
          name,
          isObject(values) ? entriesInOrder(values)[at]?.[1] : undefined,
        ]),
      ),
    )
  }
  return undefined
}

function checked(place: string, value: unknown): Placed {
  if (isObject(value) && isObject(value.config) && isObject(value.summary)) return { place, value }
  throw new InputError(`${place}: has no config and summary. Export objects with name, config and summary.`)
}

function runOf(place: string, run: object): SourceRun {
  const { name, id, state, config, summary, created_at: created } = run as Readonly<Record<string, unknown>>
  const measured = flatten(place, summary as object)
  const set = flatten(place, config as object)
  const metrics = new Map<string, number>()
  for (const [key, value] of measured) {
    if (key.startsWith('_')) continue
    // What is not finite stands as a word, or as null.
    if (typeof value === 'number') metrics.set(key, value)
    else if (value === null || value === 'NaN') metrics.set(key, Number.NaN)
  }
  const params = new Map([...set].filter(([key]) => !key.startsWith('_') && !isSeed(key)))
  const seed = [...set].find(([key, value]) => isSeed(key) && Number.isSafeInteger(value))
  const runtime = measured.get('_runtime') ?? measured.get('_wandb.runtime')
  const epochs = measured.get('epoch') ?? measured.get('epochs')
  return {
    place,
    name: typeof name === 'string' ? name : typeof id === 'string' ? id : undefined,
    state: stateIn(place, state),
    params,
    unknown: [],
    metrics,
    seed: seed?.[1] as number | undefined,
    baseline: false,
    epochs: typeof epochs === 'number' ? epochs : undefined,
    seconds: typeof runtime === 'number' ? runtime : undefined,
    start: undefined,
    complete: undefined,
    curves: new Map(),
    facts: {
      ...(typeof id === 'string' && { id }),
      ...(typeof created === 'string' && { created }),
    } satisfies Record<string, AttributeValue>,
  }
}

function isSeed(name: string): boolean {
  return /(^|[._])seed$/i.test(name)
}

function stateIn(place: string, state: unknown) {
  if (state === undefined || state === null) return undefined
  const known = typeof state === 'string' ? stateOf(state) : undefined
  if (known !== undefined) return known
  throw new InputError(
    `${place}: state is ${quote(String(state))}; a run is finished, failed, crashed, killed or running. Mend it.`,
  )
}

/** Leaves by their names, joined with dots; `{"value": ...}` as W&B's config.yaml has them is its value. */
function flatten(place: string, object: object, prefix = '', depth = 0): Map<string, ParamValue> {
  if (depth > DEEPEST)
    throw new InputError(`${place}: is nested more than ${DEEPEST} deep. Flatten it before export.`)
  const leaves = new Map<string, ParamValue>()
  for (const [key, value] of entriesInOrder(object)) {
    const name = prefix + key
    const inner =
      isObject(value) &&
      'value' in value &&
      Object.keys(value).every((each) => each === 'value' || each === 'desc')
        ? value.value
        : value
    if (isObject(inner))
      for (const [path, leaf] of flatten(place, inner, `${name}.`, depth + 1)) leaves.set(path, leaf)
    else leaves.set(name, Array.isArray(inner) ? JSON.stringify(inner) : (inner as ParamValue))
  }
  return leaves
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
