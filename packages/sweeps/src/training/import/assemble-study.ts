import {
  type AddedTrial,
  type AttributeValue,
  type Direction,
  type Distribution,
  InputError,
} from '@thresher/core'
import { quote } from '../../files/quote.js'
import { RUN_FACTS } from '../analysis/run.js'
import { chooseMetric, directionOf } from './choose-metric.js'
import { guessDistribution } from './guess-distribution.js'
import type { ImportedStudy, ImportFormat } from './imported-study.js'
import type { SourceRun } from './source-run.js'

/** What a person says of the study; the rest is guessed. */
export interface AssembleOptions {
  readonly name: string
  readonly format: ImportFormat
  readonly source: string
  readonly metric?: string | undefined
  readonly direction?: Direction | undefined
  /** The run that the others are held against, by name; `baseline` where there is a run of that name. */
  readonly baseline?: string | undefined
}

/**
 * Makes a study of runs: its metric and direction, distributions that hold what was seen, and a trial a run.
 * @throws InputError where no metric is found, or no run is the baseline that was asked for.
 */
export function assembleStudy(runs: readonly SourceRun[], options: AssembleOptions): ImportedStudy {
  const { name, format, source } = options
  const notices: string[] = []
  const metric = chooseMetric(source, runs, options.metric)
  const direction = options.direction ?? directionOf(metric)
  if (options.metric === undefined || options.direction === undefined) {
    notices.push(
      `${source}: the metric is ${metric}, ${direction === 'maximize' ? 'higher' : 'lower'} is better.`,
    )
  }
  const isBaseline = baselineOf(runs, options.baseline, source, notices)
  const finished = runs.filter(({ state }) => state !== 'unfinished')
  if (finished.length < runs.length) {
    notices.push(
      `${source}: ${runs.length - finished.length} of ${runs.length} runs are not finished: left out.`,
    )
  }
  const distributions = distributionsOf(finished)
  const trials = finished.map((run) => trialOf(run, metric, distributions, isBaseline(run)))
  const failed = trials.filter(({ state }) => state === 'FAIL').length
  if (failed > 0)
    notices.push(`${source}: ${failed} of ${trials.length} runs have no ${metric}: kept as failed.`)
  if (failed === trials.length) {
    throw new InputError(`${source}: no run has a finite ${quote(metric)}. Give another --metric.`)
  }
  return { name, format, source, metrics: [metric], directions: [direction], trials, notices }
}

function baselineOf(
  runs: readonly SourceRun[],
  asked: string | undefined,
  source: string,
  notices: string[],
): (run: SourceRun) => boolean {
  const wanted = (asked ?? 'baseline').toLowerCase()
  const marked = asked === undefined ? runs.filter(({ baseline }) => baseline) : []
  const found = marked.length > 0 ? marked : runs.filter((run) => run.name?.toLowerCase() === wanted)
  const [first] = found
  if (first === undefined) {
    if (asked !== undefined) {
      const names = runs.flatMap((run) => (run.name === undefined ? [] : [run.name]))
      const known =
        names.length === 0
          ? 'its runs have no names'
          : `it has ${names.slice(0, 12).join(', ')}${names.length > 12 ? ', ...' : ''}`
      throw new InputError(`--baseline: ${source} has no run ${quote(asked)}; ${known}.`)
    }
    notices.push(
      `${source}: no run is named baseline; --baseline NAME says what the others are held against.`,
    )
    return () => false
  }
  const settings = found.map(({ params }) => JSON.stringify([...params]))
  const other = settings.findIndex((setting) => setting !== settings[0])
  if (other > 0) {
    throw new InputError(
      `${found[other]!.place}: a second baseline has other parameters. Mark one setting only.`,
    )
  }
  return (run) => found.includes(run)
}

function distributionsOf(runs: readonly SourceRun[]): ReadonlyMap<string, Distribution> {
  const names = new Set(runs.flatMap(({ params }) => [...params.keys()]))
  return new Map(
    [...names].map((name) => {
      const values = runs.map(({ params }) => params.get(name)).filter((value) => value !== undefined)
      return [name, guessDistribution(name, values)]
    }),
  )
}

function trialOf(
  run: SourceRun,
  metric: string,
  distributions: ReadonlyMap<string, Distribution>,
  baseline: boolean,
): AddedTrial {
  const value = run.metrics.get(metric)
  const finite = value !== undefined && Number.isFinite(value)
  const state =
    run.state === 'FAIL' || (!finite && run.state !== 'PRUNED') ? 'FAIL' : (run.state ?? 'COMPLETE')
  const { start, complete, seed } = run
  return {
    state: state as 'COMPLETE' | 'PRUNED' | 'FAIL',
    ...(state !== 'FAIL' && finite && { value }),
    params: run.params,
    distributions: new Map([...run.params.keys()].map((name) => [name, distributions.get(name)!])),
    intermediate: run.curves.get(metric) ?? new Map(),
    userAttributes: factsOf(run),
    baseline,
    ...(seed !== undefined && { seed }),
    ...(complete !== undefined && { complete, ...(start !== undefined && { start }) }),
  }
}

function factsOf(run: SourceRun): ReadonlyMap<string, AttributeValue> {
  const { name, epochs, seconds, metrics, unknown, facts, place } = run
  const entries: [string, AttributeValue | undefined][] = [
    [RUN_FACTS.name, name],
    [RUN_FACTS.epochs, epochs],
    [RUN_FACTS.seconds, seconds],
    [RUN_FACTS.metrics, metrics.size > 0 ? Object.fromEntries(metrics) : undefined],
    [RUN_FACTS.unknown, unknown.length > 0 ? unknown : undefined],
    ['source', place],
    ['columns', Object.keys(facts).length > 0 ? facts : undefined],
  ]
  return new Map(entries.filter((entry): entry is [string, AttributeValue] => entry[1] !== undefined))
}
