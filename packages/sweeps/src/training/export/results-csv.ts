import type { AttributeValue, ParamValue, StudySnapshot, TrialRecord } from '@thresher/core'
import { isBaseline, seedOf } from '@thresher/core'
import { nameOf, RUN_FACTS, secondsOf } from '../analysis/run.js'

const FIXED = ['run', 'number', 'state', 'baseline', 'seed', 'epochs', 'seconds']

/**
 * The trials of a study as a CSV table, a row a trial, in the words that the import of tables knows: run, number,
 * state, baseline, seed, the objectives, parameters, epochs, seconds, and the other metrics. Values that are not known
 * are blank; columns without any value are left out. Parameters whose names would be taken for something else make all
 * parameters begin with `params_`, as in Optuna's data frames.
 */
export function resultsCsv(study: StudySnapshot, metricNames: readonly string[] | undefined): string {
  const { trials } = study
  const objectives = study.directions.map(
    (_, i) => metricNames?.[i] ?? (study.directions.length === 1 ? 'value' : `values_${i}`),
  )
  const params = unionOf(trials.map(({ params: own }) => own.keys()))
  const metrics = unionOf(trials.map((trial) => Object.keys(metricsOf(trial)))).filter(
    (name) => !objectives.includes(name),
  )
  const taken = new Set([...FIXED, ...objectives, ...metrics])
  const prefix = params.some((name) => taken.has(name)) ? 'params_' : ''
  const columns: [name: string, cell: (trial: TrialRecord) => unknown][] = [
    ['run', nameOf],
    ['number', ({ number }) => number],
    ['state', ({ state }) => state],
    ['baseline', (trial) => (isBaseline(trial) ? true : undefined)],
    ['seed', seedOf],
    ...objectives.map((name, i): [string, (trial: TrialRecord) => unknown] => [
      name,
      ({ values }) => values?.[i],
    ]),
    ...params.map((name): [string, (trial: TrialRecord) => unknown] => [
      prefix + name,
      (trial) => trial.params.get(name) satisfies ParamValue | undefined,
    ]),
    ['epochs', ({ userAttributes }) => userAttributes.get(RUN_FACTS.epochs)],
    ['seconds', secondsOf],
    ...metrics.map((name): [string, (trial: TrialRecord) => unknown] => [
      name,
      (trial) => metricsOf(trial)[name],
    ]),
  ]
  const always = new Set(['run', 'number', 'state', ...objectives])
  const kept = columns.filter(
    ([name, cell]) => always.has(name) || trials.some((trial) => cell(trial) !== undefined),
  )
  const rows = [kept.map(([name]) => name), ...trials.map((trial) => kept.map(([, cell]) => cell(trial)))]
  return rows.map((row) => `${row.map(cellText).join(',')}\n`).join('')
}

function metricsOf({ userAttributes }: TrialRecord): Readonly<Record<string, AttributeValue>> {
  const held = userAttributes.get(RUN_FACTS.metrics)
  return typeof held === 'object' && held !== null && !Array.isArray(held)
    ? (held as Readonly<Record<string, AttributeValue>>)
    : {}
}

function unionOf(lists: readonly Iterable<string>[]): string[] {
  return [...new Set(lists.flatMap((list) => [...list]))]
}

/** RFC 4180; what begins or ends with a blank is quoted too, as readers trim. */
function cellText(value: unknown): string {
  if (value === undefined) return ''
  const text = String(value)
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
