import { readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { InputError, type ParamValue } from '@thresher/core'
import { parse } from 'yaml'
import { fileError } from '../../files/file-error.js'
import { quote } from '../../files/quote.js'
import { readText } from '../../files/read-text.js'
import { measuredIn } from './cells.js'
import type { RunState, SourceRun } from './source-run.js'
import { isNumber } from './table.js'

/** MLflow's RunStatus, by its words and by its numbers. */
const STATES: Readonly<Record<string, RunState>> = {
  FINISHED: 'COMPLETE',
  FAILED: 'FAIL',
  KILLED: 'PRUNED',
  RUNNING: 'unfinished',
  SCHEDULED: 'unfinished',
  1: 'unfinished',
  2: 'unfinished',
  3: 'COMPLETE',
  4: 'FAIL',
  5: 'PRUNED',
}

/** The runs of an MLflow folder, and what their experiment is called. */
export interface MlflowRuns {
  readonly name: string
  readonly runs: readonly SourceRun[]
}

/**
 * Reads the runs of an MLflow file store: `mlruns/EXPERIMENT/RUN/` with meta.yaml, params/ and metrics/. Of each metric
 * the last value counts, and all are kept as its course. Deleted runs are left out.
 * @param path the store, an experiment in it
 * @param experiment its folder or name, where the store has several with runs
 * @throws InputError with the file of what cannot be read.
 */
export async function readMlflow(path: string, experiment: string | undefined): Promise<MlflowRuns> {
  const folders = await experimentFolders(path)
  const found: MlflowRuns[] = []
  for (const folder of folders) {
    const meta = await readMeta(folder)
    const name = typeof meta.name === 'string' ? meta.name : folder
    const id = String(meta.experiment_id ?? '')
    if (experiment !== undefined && experiment !== name && experiment !== id) continue
    const runs: SourceRun[] = []
    for (const run of await subfolders(folder)) {
      const read = await readRun(join(folder, run))
      if (read !== undefined) runs.push(read)
    }
    if (runs.length > 0) found.push({ name, runs: runs.toSorted(byStart) })
  }
  const [first] = found
  if (first === undefined) {
    throw new InputError(
      `${path}: holds no runs${experiment === undefined ? '' : ` of an experiment ${quote(experiment)}`}. Name an mlruns folder, or one of an experiment.`,
    )
  }
  if (found.length > 1) {
    throw new InputError(
      `${path}: has runs of ${found.length} experiments; give --from one of ${found.map(({ name }) => quote(name)).join(', ')}.`,
    )
  }
  return first
}

/** Whether a folder looks like a file store of MLflow's, or an experiment of one. */
export async function isMlflow(path: string): Promise<boolean> {
  return (await experimentFolders(path)).length > 0
}

async function experimentFolders(path: string): Promise<string[]> {
  if (await isExperiment(path)) return [path]
  const folders = (await subfolders(path)).map((name) => join(path, name))
  const kept: string[] = []
  for (const folder of folders) if (await isExperiment(folder)) kept.push(folder)
  return kept
}

async function isExperiment(path: string): Promise<boolean> {
  const names = await entriesOf(path)
  if (!names.includes('meta.yaml')) return false
  return 'experiment_id' in (await readMeta(path)) && !names.includes('params')
}

async function readRun(folder: string): Promise<SourceRun | undefined> {
  const names = await entriesOf(folder)
  if (!names.includes('meta.yaml')) return undefined
  const meta = await readMeta(folder)
  if (meta.lifecycle_stage === 'deleted' || meta.run_id === undefined) return undefined
  const params = new Map<string, ParamValue>()
  for (const [name, file] of await filesIn(join(folder, 'params'))) {
    const { text } = await readText(file)
    params.set(name, paramIn(text))
  }
  const seed = [...params].find(([name, value]) => /(^|[._])seed$/i.test(name) && Number.isSafeInteger(value))
  if (seed !== undefined) params.delete(seed[0])
  const metrics = new Map<string, number>()
  const curves = new Map<string, ReadonlyMap<number, number>>()
  for (const [name, file] of await filesIn(join(folder, 'metrics'))) {
    const curve = await readCurve(file)
    const last = [...curve.values()].at(-1)
    if (last === undefined) continue
    metrics.set(name, last)
    curves.set(name, curve)
  }
  const state = STATES[String(meta.status)]
  if (state === undefined) {
    throw new InputError(
      `${join(folder, 'meta.yaml')}: status is ${quote(String(meta.status))}, which MLflow does not have. Mend it.`,
    )
  }
  return {
    place: folder,
    name: typeof meta.run_name === 'string' && meta.run_name !== '' ? meta.run_name : String(meta.run_id),
    state,
    params,
    unknown: [],
    metrics,
    curves,
    seed: seed?.[1] as number | undefined,
    baseline: false,
    epochs: undefined,
    seconds: undefined,
    start: timeIn(meta.start_time),
    complete: timeIn(meta.end_time),
    facts: { id: String(meta.run_id) },
  }
}

type Meta = Readonly<Record<string, unknown>>

async function readMeta(folder: string): Promise<Meta> {
  const file = join(folder, 'meta.yaml')
  const { text } = await readText(file)
  let meta: unknown
  try {
    meta = parse(text)
  } catch (error) {
    const [line] = (error as { linePos?: readonly { line: number }[] }).linePos ?? []
    throw new InputError(
      `${file}${line === undefined ? '' : `:${line.line}`}: is no YAML. Copy the folder again.`,
      {
        cause: error,
      },
    )
  }
  if (typeof meta !== 'object' || meta === null || Array.isArray(meta)) {
    throw new InputError(`${file}: is no MLflow meta.yaml. Copy the folder again.`)
  }
  return meta as Meta
}

/** Lines of `milliseconds value step`, in the order in which they were logged; of a step twice, the last. */
async function readCurve(file: string): Promise<ReadonlyMap<number, number>> {
  const { text } = await readText(file)
  const values = new Map<number, number>()
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const [, value, step = '0', ...rest] = line.trim().split(/\s+/)
    if (value === undefined || rest.length > 2 || !/^-?\d+$/.test(step)) {
      throw new InputError(
        `${file}:${i + 1}: is not "time value step". The file may be cut off; copy it again.`,
      )
    }
    values.set(
      Number(step),
      measuredIn(value, { path: file, line: i + 1, column: 'the value' }) ?? Number.NaN,
    )
  }
  return new Map([...values].sort(([a], [b]) => a - b))
}

/** MLflow keeps parameters as Python's str() writes them. */
function paramIn(text: string): ParamValue {
  const word = text.trim()
  if (isNumber(word)) return Number(word)
  if (word === 'True') return true
  if (word === 'False') return false
  return word === 'None' ? null : word
}

function timeIn(milliseconds: unknown): Date | undefined {
  return typeof milliseconds === 'number' && milliseconds > 0 ? new Date(milliseconds) : undefined
}

/** Every file below a folder by its path from there, with `/`: names of metrics may have some. */
async function filesIn(folder: string): Promise<[name: string, file: string][]> {
  let found: string[]
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    found = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw fileError(folder, error)
  }
  return found.sort().map((file) => [relative(folder, file).split(sep).join('/'), file])
}

async function subfolders(path: string): Promise<string[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true })
    return entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => name)
      .sort()
  } catch (error) {
    throw fileError(path, error)
  }
}

async function entriesOf(path: string): Promise<string[]> {
  return readdir(path).catch((error: unknown) => {
    throw fileError(path, error)
  })
}

function byStart(a: SourceRun, b: SourceRun): number {
  return (a.start?.getTime() ?? 0) - (b.start?.getTime() ?? 0)
}
