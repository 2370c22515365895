import { importances, type StudySnapshot } from '@thresher/core'
import { isSeedName } from './run.js'

/** How much each parameter tells of whether a run is good. Plain data. */
interface ParameterImportance {
  readonly name: string
  /** Its share; they sum to 1. */
  readonly share: number
  /** The smallest and largest share where any one run is left out. */
  readonly range: readonly [low: number, high: number] | null
}

export interface ImportanceReport {
  readonly parameters: readonly ParameterImportance[]
  readonly runs: number
  /** Whether there are runs enough to take the shares at their word. */
  readonly reliable: boolean
}

/**
 * PED-ANOVA describes the best tenth of the runs by a density: below this many these are fewer than three, and no
 * density. A limit of ours, as no paper gives one.
 */
const RELIABLE_RUNS = 30
const LEAST_RUNS = 4
/** Leaving one out of more changes little, and takes long. */
const MOST_LEFT_OUT = 200

/**
 * The importance of each parameter that varies (core's PED-ANOVA), with how far it moves where one run is left out.
 * Empty below four runs.
 */
export function importanceOf(study: StudySnapshot): ImportanceReport {
  const runs = study.trials.filter(
    ({ state, values }) => state === 'COMPLETE' && Number.isFinite(values?.[0]),
  )
  const params = varyingParams({ ...study, trials: runs })
  if (runs.length < LEAST_RUNS || params.length < 2)
    return { parameters: [], runs: runs.length, reliable: false }
  const sharesOf = (trials: StudySnapshot['trials']) => importances({ ...study, trials }, { params })
  const shares = sharesOf(runs)
  const others =
    runs.length > MOST_LEFT_OUT
      ? []
      : runs
          .map((_, left) => runs.filter((__, i) => i !== left))
          // A parameter that only the run left out had is no parameter of the others.
          .filter((trials) => params.every((name) => trials.some((trial) => trial.params.has(name))))
          .map(sharesOf)
  return {
    parameters: [...shares].map(([name, share]) => {
      const seen = others.map((other) => other.get(name)!)
      return { name, share, range: seen.length === 0 ? null : [Math.min(...seen), Math.max(...seen)] }
    }),
    runs: runs.length,
    reliable: runs.length >= RELIABLE_RUNS,
  }
}

function varyingParams({ trials }: StudySnapshot): string[] {
  const seen = new Map<string, Set<unknown>>()
  for (const { params } of trials) {
    for (const [name, value] of params) seen.set(name, (seen.get(name) ?? new Set()).add(value))
  }
  return [...seen].filter(([name, values]) => values.size > 1 && !isSeedName(name)).map(([name]) => name)
}
