import { InputError, type ParamValue, type Storage, watchStudy } from '@thresher/core'
import type { ReportOptions } from '@thresher/sweeps'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { nearest } from './nearest.js'
import { collected, oneOf } from './values.js'

const SCALES = ['fraction', 'percent', 'plain'] as const
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** What the analysis of a study is told on the command line. */
export interface AnalysisOptions {
  readonly baseline?: string
  readonly noise?: number
  readonly equivalence?: number
  readonly scale?: (typeof SCALES)[number]
  readonly where?: readonly string[]
  readonly target?: number
}

export function withAnalysisOptions(command: Command): Command {
  return withNoiseOptions(
    command
      .option(
        '--baseline <run>',
        'the run that the others are held against (default: the one that is marked)',
      )
      .option('--where <name=value>', 'only runs with this value, and the baseline; repeatable', collected)
      .option('--target <value>', 'the value of the metric that is enough', number),
  )
}

/** What a comparison takes for noise. */
export function withNoiseOptions(command: Command): Command {
  return command
    .option('--noise <points>', 'standard deviation of runs of one setting, in points', positive)
    .option('--equivalence <points>', 'a difference that does not matter, in points', positive)
    .addOption(
      new Option(
        '--scale <kind>',
        `what the metric's numbers are: ${SCALES.join(', ')} (default: by its values)`,
      ).argParser(oneOf(SCALES)),
    )
}

/** A number of any sign. */
function number(text: string): number {
  const value = Number(text)
  if (!NUMBER.test(text) || !Number.isFinite(value)) {
    throw new InvalidArgumentError('It is a number such as 0.1.')
  }
  return value
}

export function positive(text: string): number {
  const value = number(text)
  if (value <= 0) throw new InvalidArgumentError('It is a number above 0, such as 0.1.')
  return value
}

/** A study as it stands in a storage. @throws InputError where there is none of that name, naming those there are. */
export async function openStudy(storage: Storage, name: string) {
  const names = (await storage.listStudies()).map((study) => study.name)
  if (!names.includes(name)) {
    const close = nearest(name, names)
    const known =
      names.length === 0
        ? 'it holds none'
        : `it holds ${names.slice(0, 12).join(', ')}${names.length > 12 ? ', ...' : ''}`
    throw new InputError(
      `${storage.url}: no study "${name}"; ${close === undefined ? known : `did you mean ${close}?`}${close === undefined && names.length === 0 ? '. Import one with thresher import.' : ''}`,
    )
  }
  return watchStudy({ name, storage })
}

type OpenStudy = Awaited<ReturnType<typeof openStudy>>

/** What reportOn() is told, by the options and the study's own words. */
export function reportOptions(study: OpenStudy, options: AnalysisOptions): ReportOptions {
  const { noise, equivalence, scale, target } = options
  return {
    metric: { name: study.metricNames?.[0] ?? 'value', target },
    scale,
    noise,
    equivalence,
    baseline: options.baseline === undefined ? undefined : numberOfRun(study, options.baseline, '--baseline'),
    where: new Map((options.where ?? []).map((text) => assignment(study, text))),
  }
}

/** The trial of a run's name, else of that number. @throws InputError where there is none, or several. */
export function numberOfRun(study: OpenStudy, run: string, option: string): number {
  const named = study.trials.filter(
    ({ state, userAttributes }) => state === 'COMPLETE' && userAttributes.get('run') === run,
  )
  const [first] = named
  if (first !== undefined) return first.number
  const numbered = /^\d+$/.test(run) ? study.trials[Number(run)] : undefined
  if (numbered !== undefined && numbered.userAttributes.get('run') === undefined) return numbered.number
  const names = study.trials.map(({ number: at, userAttributes }) => String(userAttributes.get('run') ?? at))
  throw new InputError(
    `${option}: study "${study.name}" has no complete run ${run}; it has ${[...new Set(names)].slice(0, 12).join(', ')}${names.length > 12 ? ', ...' : ''}.`,
  )
}

/** `batch_size=32`, with the value as the study holds it. */
function assignment(study: OpenStudy, text: string): [string, ParamValue] {
  const at = text.indexOf('=')
  if (at < 1) throw new InputError(`--where ${text}: write name=value, such as batch_size=32.`)
  const [name, written] = [text.slice(0, at), text.slice(at + 1)]
  const values = study.trials.flatMap(({ params }) => (params.has(name) ? [params.get(name)!] : []))
  const held = values.find((value) =>
    typeof value === 'number' ? NUMBER.test(written) && value === Number(written) : String(value) === written,
  )
  return [name, held === undefined ? written : held]
}

/** `lr=0.00045` or `lr=0.0003,0.0006`: where a parameter's groups are cut. */
export function cutsOf(texts: readonly string[]): ReadonlyMap<string, readonly number[]> {
  return new Map(
    texts.map((text) => {
      const at = text.indexOf('=')
      const numbers = text.slice(at + 1).split(',')
      if (at < 1 || !numbers.every((each) => NUMBER.test(each))) {
        throw new InputError(`--cut ${text}: write name=number or name=number,number, such as lr=0.00045.`)
      }
      return [text.slice(0, at), numbers.map(Number)]
    }),
  )
}
