import { isBaseline, type ParamValue, seedOf, type TrialRecord } from '@thresher/core'

/**
 * User attributes of a trial that the analysis reads, besides the core's. A training sweep writes `metrics`; an import
 * writes whatever its source says.
 */
export const RUN_FACTS = {
  /** What the run is called where it comes from. */
  name: 'run',
  /** How many epochs it was trained. */
  epochs: 'epochs',
  /** How long it took, where its start and end are not the trial's own. */
  seconds: 'seconds',
  /** Every other number by name: precision, recall, the accuracies of stages. */
  metrics: 'metrics',
  /** Parameters that it had, of which nobody wrote down the value. */
  unknown: 'unknown',
} as const

/** A finished training run, as the analysis sees it. */
export interface Run {
  /** The trial's. */
  readonly number: number
  /** For people: the name that it came with, else the trial's number. */
  readonly name: string
  /** But for a seed that was passed as one. */
  readonly params: ReadonlyMap<string, ParamValue>
  readonly unknown: readonly string[]
  /** In the metric's unit; finite. */
  readonly value: number
  readonly seed: number | undefined
  readonly baseline: boolean
  readonly epochs: number | undefined
  readonly seconds: number | undefined
  readonly metrics: ReadonlyMap<string, number>
  /** Reports by step. */
  readonly curve: ReadonlyMap<number, number>
}

/** The run of a COMPLETE trial; undefined of any other, and of one whose value is infinite. */
export function runOf(trial: TrialRecord): Run | undefined {
  const value = trial.values?.[0]
  if (trial.state !== 'COMPLETE' || value === undefined || !Number.isFinite(value)) return undefined
  const { params, seed } = withoutSeed(trial)
  return {
    number: trial.number,
    name: nameOf(trial),
    params,
    unknown: unknownOf(trial),
    value,
    seed,
    baseline: isBaseline(trial),
    epochs: epochsOf(trial),
    seconds: secondsOf(trial),
    metrics: metricsOf(trial),
    curve: trial.intermediate,
  }
}

/** Whether a parameter is the seed of a run: W&B's sweeps and Hydra's have it among the others. */
export function isSeedName(name: string): boolean {
  return /(^|[._/])(random_?)?seed$/i.test(name)
}

/** A trial's parameters and its seed; one that is among the parameters where the trial says none itself. */
function withoutSeed(trial: TrialRecord): Pick<Run, 'params' | 'seed'> {
  const own = seedOf(trial)
  const found = [...trial.params].find(([name, value]) => isSeedName(name) && Number.isSafeInteger(value))
  if (own !== undefined || found === undefined) return { params: trial.params, seed: own }
  return {
    params: new Map([...trial.params].filter(([name]) => name !== found[0])),
    seed: found[1] as number,
  }
}

/** What people call a trial: the name that it came with, else its number. */
export function nameOf({ userAttributes, number }: TrialRecord): string {
  const name = userAttributes.get(RUN_FACTS.name)
  return typeof name === 'string' && name !== '' ? name : String(number)
}

/** How long a trial took; undefined where nobody knows. */
export function secondsOf({ userAttributes, start, complete }: TrialRecord): number | undefined {
  const said = userAttributes.get(RUN_FACTS.seconds)
  if (typeof said === 'number' && said >= 0) return said
  if (start === undefined || complete === undefined) return undefined
  const seconds = (complete.getTime() - start.getTime()) / 1000
  // A run that was only written down begins and ends at once.
  return seconds > 0 ? seconds : undefined
}

function epochsOf({ userAttributes, intermediate }: TrialRecord): number | undefined {
  const said = userAttributes.get(RUN_FACTS.epochs)
  if (typeof said === 'number' && said >= 0) return said
  const steps = [...intermediate.keys()]
  const last = steps.at(-1)
  // Some count epochs from 0, some from 1.
  return last === undefined ? undefined : steps[0] === 0 ? last + 1 : last
}

function metricsOf({ userAttributes }: TrialRecord): ReadonlyMap<string, number> {
  const held = userAttributes.get(RUN_FACTS.metrics)
  if (typeof held !== 'object' || held === null || Array.isArray(held)) return new Map()
  return new Map(Object.entries(held).filter((entry): entry is [string, number] => Number.isFinite(entry[1])))
}

function unknownOf({ userAttributes }: TrialRecord): readonly string[] {
  const held = userAttributes.get(RUN_FACTS.unknown)
  return Array.isArray(held) ? held.filter((name) => typeof name === 'string') : []
}
